package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.cli.VeniceVideoMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the pages tell people to type, typed as it stands there, beside a program that runs. */
class ReadmeIT {

    @TempDir
    private Path folder;

    @Test
    @Timeout(420)
    void aFirstBundleIsMadeAndCheckedAsTheReadmeSays() throws Exception {
        assumeThat(Path.of("target/venice-video-routes.jar")).exists();
        Files.createSymbolicLink(folder.resolve("target"), Path.of("target").toAbsolutePath());
        Files.createSymbolicLink(folder.resolve("examples"), Path.of("examples").toAbsolutePath());

        try (Child program = Child.startProgram(folder, List.of(), Map.of("VENICE_CONSOLE_PORT", "0"), VeniceVideoMain.class)) {
            program.awaitText("Drop bundles into", Stage.PATIENCE);
            assertThat(commands("(mkdir|cp|echo) .*venice-sandbox.*")).hasSize(3).allSatisfy(command ->
                    assertThat(type(command)).startsWith("0"));
            assertThat(commands("java .* --validate .*")).isNotEmpty().allSatisfy(command ->
                    assertThat(type(command)).startsWith("0").contains("SANDBOX", ": valid", "Price: "));
            await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(folder.resolve("venice-sandbox/videos/canal.mp4")));
            assertThat(type("java -jar target/venice-video-routes.jar --why canal")).startsWith("0").contains("The video is at videos");
            assertThat(commands("java -jar target/venice-video-routes.jar --(jobs|spend|backup).*")).hasSize(3)
                    .allSatisfy(command -> assertThat(type(command)).startsWith("0"));
            program.awaitText("2-image: the remote copy is deleted", Stage.PATIENCE);
            program.awaitText("2-image: done", Stage.PATIENCE);
            SampleLog.hold(program.output(), folder);
        }
    }

    private static List<String> commands(String like) throws IOException {
        String pages = Files.readString(Path.of("README.md")) + Files.readString(Path.of("docs/operators.md"));
        return Pattern.compile("(?ms)^```sh\n(.*?)^```$").matcher(pages).results()
                .flatMap(block -> block.group(1).lines()).filter(line -> line.matches(like)).toList();
    }

    /** The exit status, and what was printed. */
    private String type(String command) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("VENICE_") || name.endsWith("JAVA_OPTIONS"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(command).isTrue();
            return process.exitValue() + " " + Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
