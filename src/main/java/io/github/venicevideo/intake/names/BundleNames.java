package io.github.venicevideo.intake.names;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people call a bundle: the name it was dropped with, without the extension of a single file. */
public final class BundleNames {

    private static final Set<String> EXTENSIONS = Set.of(".zip", ".json", ".yaml", ".yml", ".txt", ".md");
    private static final Pattern HIDDEN =
            Pattern.compile("(.+\\.(?:json|ya?ml|txt|md))\\.txt", Pattern.CASE_INSENSITIVE);

    private BundleNames() {
    }

    public static String of(String dropped) {
        String meant = meant(dropped);
        return isSingleFile(meant) ? meant.substring(0, meant.lastIndexOf('.')) : dropped;
    }

    /** Windows hides extensions, and appends {@code .txt} to what somebody typed with one: {@code request.json.txt}. */
    public static String meant(String fileName) {
        Matcher matcher = HIDDEN.matcher(fileName);
        return matcher.matches() ? matcher.group(1) : fileName;
    }

    /** Whether a file of that name is a bundle by itself. */
    public static boolean isSingleFile(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(name.substring(dot).toLowerCase(Locale.ROOT));
    }
}
