package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log that the pages show, held by the log of a run: the same lines, whatever the times, ids, sizes and the pace were. */
final class SampleLog {

    /** What a newcomer is shown of a run of the sandbox. */
    private static final Pattern SHOWN = Pattern.compile("SANDBOX:|Drop bundles into|Videos go to|Dropped the sample|2-image: ");
    private static final Pattern LINE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO .*");
    private static final String PROGRESS = "TIME INFO  [JOB] 2-image: N % (N s of about N s)";
    private static final Path RENDERED = Path.of("target/sample-log.txt");

    private SampleLog() {
    }

    /**
     * Compares what the README shows with what was printed. Where they differ, what it should show is in
     * {@code target/sample-log.txt}.
     */
    static void hold(String output, Path folder) throws IOException {
        String place = folder.toRealPath() + "/";
        List<String> run = output.lines().filter(line -> LINE.matcher(line).matches() && SHOWN.matcher(line).find())
                .map(line -> line.replace(place, "…/")).toList();
        Files.write(RENDERED, run);

        List<String> shown = Pattern.compile("(?ms)^```\\w*\n(.*?)^```$").matcher(Files.readString(Path.of("README.md"))).results()
                .flatMap(block -> block.group(1).lines()).filter(line -> LINE.matcher(line).matches()).toList();
        assertThat(masked(shown)).as("README.md; what the run says is in " + RENDERED).containsExactlyInAnyOrderElementsOf(masked(run));
    }

    private static List<String> masked(List<String> lines) {
        Stream<String> masked = lines.stream().map(line -> line.replaceFirst("^\\S+", "TIME")
                .replaceAll("\\d{8}-\\d{6}-[a-z0-9]+", "JOB")
                .replaceAll("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "ID")
                .replaceAll("\\d+ (%|s\\b|kB)", "N $1"));
        // How often its progress is told, if at all, is the pace of the machine.
        return masked.filter(line -> !line.equals(PROGRESS)).toList();
    }
}
