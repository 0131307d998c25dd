package io.github.venicevideo.intake.names;

import io.github.venicevideo.intake.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in for a file that is elsewhere: it has a name like the file's, and none of its content.
 *
 * @param code that it is refused with
 * @param hint how the file itself is had
 */
public record StandIn(ProblemCode code, String hint) {

    /** iCloud Drive, odrive, OneDrive on a Mac, Nextcloud, ownCloud, Google Drive and DVC. */
    private static final Pattern NAME = Pattern.compile(
            "\\.?.+\\.(icloud|cloudf?|nextcloud|owncloud|gdoc|gsheet|gslides|gdraw|dvc|url|webloc|lnk)");

    private static final Pattern TEXT = Pattern.compile("(?s)(?:\u00ef\u00bb\u00bf)?(?:"
            + "(?<lfs>version https://(?:git-lfs\\.github\\.com|hawser\\.github\\.com)/spec/.*)"
            + "|(?<annex>[./\\\\]*[^\\s]{0,200}annex[/\\\\]objects[/\\\\].*)"
            + "|(?<link>\\[InternetShortcut].*|\\[Desktop Entry].*))");
    private static final int LONGEST_POINTER = 32_768;
    private static final int READ_OF_IT = 1_024;
    private static final int SHORTEST_BLANK = 64;

    private static final String DOWNLOAD = "Let the cloud's program download it (in its menu: keep on this device, or"
            + " make available offline), and drop the bundle again.";
    private static final StandIn LINK =
            new StandIn(ProblemCode.LINK, "Put the file itself into the bundle.");

    /** @param lower a file's name, in lower case: whether it is hidden, and stands in for something that is not */
    static boolean isHidden(String lower) {
        return lower.startsWith(".") && lower.endsWith(".icloud");
    }

    /** A stand-in that a file's name tells. */
    public static Optional<StandIn> named(String name) {
        Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT));
        return matcher.matches() ? Optional.of(switch (matcher.group(1)) {
            case "gdoc", "gsheet", "gslides", "gdraw" -> new StandIn(ProblemCode.NOT_DOWNLOADED,
                    "It is a link to a document in Google Drive: download that, and put it in the link's place.");
            case "dvc" -> notFetched("dvc pull");
            case "url", "webloc", "lnk" -> LINK;
            default -> new StandIn(ProblemCode.NOT_DOWNLOADED, DOWNLOAD);
        }) : Optional.empty();
    }

    /**
     * A stand-in that a file's bytes tell.
     *
     * @param head its first bytes
     * @param bytes how many it has in all
     * @param blank whether they are all zero, as in a file that a cloud has set aside room for
     */
    public static Optional<StandIn> of(byte[] head, long bytes, boolean blank) {
        if (blank && bytes >= SHORTEST_BLANK) {
            return Optional.of(new StandIn(ProblemCode.NOT_DOWNLOADED,
                    "It holds nothing but zeros: its content is still in the cloud, or the copy broke off. " + DOWNLOAD));
        }
        if (bytes > LONGEST_POINTER) {
            return Optional.empty();
        }
        Matcher matcher = TEXT.matcher(
                new String(head, 0, Math.min(head.length, READ_OF_IT), StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(matcher.group("lfs") != null ? notFetched("git lfs pull")
                : matcher.group("annex") != null ? notFetched("git annex get") : LINK);
    }

    private static StandIn notFetched(String command) {
        return new StandIn(ProblemCode.NOT_DOWNLOADED, "It is a pointer to the file: fetch that with " + command
                + ", and drop the bundle again.");
    }
}
