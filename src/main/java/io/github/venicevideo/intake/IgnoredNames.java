package io.github.venicevideo.intake;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * What lies in a bundle without being content: leavings of operating systems, unfinished copies, and our own
 * files in a bundle that comes back from {@code failed/}.
 */
public final class IgnoredNames {

    private static final Set<String> NAMES =
            Set.of("thumbs.db", "desktop.ini", "__macosx", "@eadir", "job.json", "error.txt", "action.md");

    private IgnoredNames() {
    }

    /** @param relative path inside a bundle; ignored when any part of it is */
    public static boolean isIgnored(Path relative) {
        for (Path part : relative) {
            if (isIgnored(part.toString())) {
                return true;
            }
        }
        return false;
    }

    /** @param name one part of a path */
    static boolean isIgnored(String name) {
        String lower = SafeNames.nfc(name).toLowerCase(Locale.ROOT);
        return lower.startsWith(".") || lower.endsWith(".part") || lower.endsWith(".tmp")
                || NAMES.contains(lower) || isAnswer(lower);
    }

    // answer.json, answer-form.json, answer.json.txt; but "answering machine.png" is somebody's picture.
    private static boolean isAnswer(String lower) {
        return lower.matches("answer([^\\p{L}].*)?");
    }
}
