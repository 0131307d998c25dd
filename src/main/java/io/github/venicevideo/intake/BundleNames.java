package io.github.venicevideo.intake;

import java.util.Locale;
import java.util.Set;

/** What people call a bundle: the name it was dropped with, without the extension of a single file. */
final class BundleNames {

    private static final Set<String> EXTENSIONS = Set.of(".zip", ".json", ".yaml", ".yml", ".txt", ".md");

    private BundleNames() {
    }

    static String of(String dropped) {
        return isSingleFile(dropped) ? dropped.substring(0, dropped.lastIndexOf('.')) : dropped;
    }

    /** Whether a file of that name is a bundle by itself. */
    static boolean isSingleFile(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(name.substring(dot).toLowerCase(Locale.ROOT));
    }
}
