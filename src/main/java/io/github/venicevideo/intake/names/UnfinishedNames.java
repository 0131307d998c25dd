package io.github.venicevideo.intake.names;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names that programs give to a copy while it is under way, and take away when it is whole. */
public final class UnfinishedNames {

    private static final List<String> ENDINGS = List.of(".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp",
            ".!sync", ".opdownload");
    /** rsync's {@code .NAME.XXXXXX}, of a name that has an ending of its own. */
    private static final Pattern RSYNC = Pattern.compile("\\..+\\.[A-Za-z0-9]{1,5}\\.[A-Za-z0-9]{6}");

    private UnfinishedNames() {
    }

    /** @param name of a file, without its folders */
    public static boolean isUnfinished(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(ending -> lower.length() > ending.length() && lower.endsWith(ending))
                || lower.startsWith(".syncthing.") || lower.startsWith("~syncthing~")
                || lower.startsWith("~") && lower.endsWith("tmp")
                || RSYNC.matcher(name).matches() && !StandIn.isHidden(lower);
    }
}
