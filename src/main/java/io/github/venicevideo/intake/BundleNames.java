package io.github.venicevideo.intake;

import java.util.Locale;
import java.util.Set;

/** What people call a bundle: the name it was dropped with, without the extension of a single file. */
final class BundleNames {

    private static final Set<String> EXTENSIONS = Set.of(".zip", ".json", ".yaml", ".yml", ".txt", ".md");

    private BundleNames() {
    }

    static String of(String dropped) {
        int dot = dropped.lastIndexOf('.');
        boolean known = dot > 0 && EXTENSIONS.contains(dropped.substring(dot).toLowerCase(Locale.ROOT));
        return known ? dropped.substring(0, dot) : dropped;
    }
}
