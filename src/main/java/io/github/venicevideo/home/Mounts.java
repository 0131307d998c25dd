package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is mounted, as Linux tells it (proc(5), mountinfo). A rename crosses no mount, even where one file system is mounted at
 * two places, as for containers and services.
 *
 * @param lines of mountinfo; none on other platforms
 */
record Mounts(List<String> lines) {

    private static final Path TOLD = Path.of("/proc/self/mountinfo");
    private static final int POINT = 4;
    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    static Mounts now() throws IOException {
        return new Mounts(Files.isReadable(TOLD) ? Files.readAllLines(TOLD) : List.of());
    }

    /** The mount that a path, without links in it, lies on; empty where the platform does not tell. */
    Optional<Path> of(Path path) {
        Optional<Path> found = Optional.empty();
        for (String line : lines) {
            String[] fields = line.split(" ");
            if (fields.length > POINT) {
                Path point = Path.of(ESCAPED.matcher(fields[POINT]).replaceAll(octal ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(octal.group(1), 8)))));
                // Of two at one place the later hides the earlier.
                if (path.startsWith(point) && found.filter(longer -> longer.getNameCount() > point.getNameCount()).isEmpty()) {
                    found = Optional.of(point);
                }
            }
        }
        return found;
    }
}
