package io.github.venicevideo.intake.names;

import io.github.venicevideo.home.OwnFiles;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * What lies in a bundle without being content: leavings of operating systems, unfinished copies, and our own
 * files in a bundle that comes back from {@code failed/}.
 */
public final class IgnoredNames {

    /** In lower case; Windows appends {@code .txt} to a name that is typed. */
    private static final Set<String> OURS = Set.of(OwnFiles.JOB, "error.txt", "action.md", OwnFiles.ANSWER,
            OwnFiles.ANSWER + ".txt", OwnFiles.ANSWER_FORM, OwnFiles.ANSWER_FORM + ".txt", "answer-refused.json",
            "answer-error.txt");

    private IgnoredNames() {
    }

    /** @param relative path of a file inside a bundle; ignored when any part of it is */
    public static boolean isIgnored(Path relative) {
        Path folders = relative.getParent();
        return folders != null && isIgnoredFolder(folders)
                || relative.getFileName() != null && isIgnored(relative.getFileName().toString());
    }

    /** @param relative path of a folder inside a bundle; ignored when any part of it is */
    public static boolean isIgnoredFolder(Path relative) {
        for (Path folder : relative) {
            if (isIgnoredFolder(folder.toString())) {
                return true;
            }
        }
        return false;
    }

    /** @param name of a file */
    public static boolean isIgnored(String name) {
        String lower = lower(name);
        return isHidden(lower) || isUnfinished(lower) || OURS.contains(lower) || Leavings.isFile(lower);
    }

    /** @param name of a folder */
    public static boolean isIgnoredFolder(String name) {
        String lower = lower(name);
        return lower.startsWith(".") || isUnfinished(lower) || Leavings.isFolder(lower);
    }

    /** A placeholder in a cloud's folder is hidden, and stands for something that is not. */
    private static boolean isHidden(String lower) {
        return lower.startsWith(".") && !StandIn.isHidden(lower);
    }

    private static boolean isUnfinished(String lower) {
        return lower.endsWith(".part") || lower.endsWith(".tmp");
    }

    private static String lower(String name) {
        return SafeNames.nfc(name).toLowerCase(Locale.ROOT);
    }
}
