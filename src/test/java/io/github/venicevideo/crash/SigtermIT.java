package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.VeniceVideoMain;
import io.github.venicevideo.sandbox.Call;
import io.github.venicevideo.sandbox.Hold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is run by people and by scripts: its first line, its settings, its lock, SIGTERM. */
class SigtermIT {

    /** What container platforms leave it, with a little for the process itself to end. */
    private static final Duration STOP = Duration.ofSeconds(22);
    private static final List<String> SMALL = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");

    private static final List<String> NAMES = List.of("slow", "asked", "sent");

    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void theSandboxStopsCleanlyAndGoesOnInSmallMemory() throws Exception {
        Path home = folder.resolve("own home");
        Map<String, String> environment = Map.of("VENICE_HOME", home.toString(), "VENICE_CONSOLE_PORT", "0");
        try (Child first = Child.startProgram(folder, SMALL, environment, VeniceVideoMain.class)) {
            first.awaitText("accepted as", Stage.PATIENCE);
            assertThat(first.lines().get(0)).contains("SANDBOX");
            stop(first);
        }
        assertThat(home.resolve("videos")).as("made so far").satisfiesAnyOf(
                videos -> assertThat(videos).doesNotExist(),
                videos -> assertThat(videos(home)).hasSizeLessThan(3));
        try (Child second = Child.startProgram(folder, SMALL, environment, VeniceVideoMain.class)) {
            try {
                await().atMost(Duration.ofSeconds(90)).until(() -> new LedgerFile(home).isQuiet(3));
            } catch (ConditionTimeoutException e) {
                throw new AssertionError(new LedgerFile(home).states() + second.output(), e);
            }
            assertThat(videos(home)).as("videos" + second.output()).hasSize(3);
            assertThat(new LedgerFile(home).states().values()).allMatch(state -> state.startsWith("delivered"));
            stop(second);
        }
        assertThat(folder.resolve("venice-sandbox")).doesNotExist();
    }

    /**
     * One video is in the making, one question is never answered, and one POST is under way when the program is told to
     * stop: the POST is let finish, the question is not waited for, and nothing is in doubt.
     */
    @Test
    @Timeout(150)
    void aStopInTheMiddleMakesNothingDoubtful() throws Exception {
        try (Stage stage = Stage.in(folder)) {
            stage.station().with("venice.drops", "drop,slow,asked,sent");
            Path config = config(stage);
            try (Child first = program(stage, config)) {
                drop(stage, "slow");
                first.awaitText("slow: accepted as", Stage.PATIENCE);
                assertThat(first.lines().get(0)).contains(stage.sandbox().apiUrl()).doesNotContain("SANDBOX");
                assertThat(first.output()).contains(config.toString()).doesNotContain("test-key");
                aSecondOneRefusesToStart(stage, config);
                Hold question = stage.sandbox().faults().hold(Call.RETRIEVE, Hold.Point.BEFORE_WORK);
                drop(stage, "asked");
                assertThat(question.awaitHeld(Stage.PATIENCE)).as(first.output()).isTrue();
                Hold post = stage.sandbox().faults().hold(Call.QUEUE, Hold.Point.BEFORE_WORK);
                drop(stage, "sent");
                assertThat(post.awaitHeld(Stage.PATIENCE)).as(first.output()).isTrue();
                first.terminate();
                assertThat(first.await(line -> line.contains("sent: accepted"), Duration.ofSeconds(2)))
                        .as("the answer, which is still held").isEmpty();
                assertThat(first.isAlive()).as("waits for the answer").isTrue();
                post.release();
                assertThat(first.awaitExit(STOP)).as(first.output()).isIn(0, Child.TERMINATED);
            }
            assertThat(Aftermath.unanswered(stage.home())).isEmpty();
            try (Child second = program(stage, config)) {
                for (String name : NAMES) {
                    second.await(line -> line.contains(name + ": done"), Stage.PATIENCE);
                }
                stop(second);
                Aftermath aftermath = stage.aftermath();
                for (String name : NAMES) {
                    aftermath.check(name, prompt(name), End.DELIVERED);
                }
                aftermath.checkHome();
                assertThat(stage.sandbox().accepted()).hasSize(NAMES.size());
            }
        }
    }

    private void aSecondOneRefusesToStart(Stage stage, Path config) throws Exception {
        try (Child other = program(stage, config)) {
            assertThat(other.awaitExit(Stage.PATIENCE)).as(other.output()).isNotIn(0, Child.TERMINATED);
            assertThat(other.output()).contains("Another program is using the ledger").contains("venice.home")
                    .doesNotContain("\tat ");
        }
    }

    private static void drop(Stage stage, String name) throws IOException {
        stage.drop(name, name, Bundles.text(prompt(name), Bundles.SLOW_MODEL));
    }

    private static String prompt(String name) {
        return "A gondola, " + name;
    }

    private static void stop(Child child) throws InterruptedException {
        child.terminate();
        assertThat(child.awaitExit(STOP)).as(child.output()).isIn(0, Child.TERMINATED);
    }

    private Child program(Stage stage, Path config) throws IOException {
        return Child.startProgram(folder, List.of(), Map.of("VENICE_HOME", stage.home().toString()),
                VeniceVideoMain.class, "--config", config.toString());
    }

    /** All of the stage's settings but the home, which the environment names. */
    private Path config(Stage stage) throws IOException {
        Properties properties = new Properties();
        properties.putAll(stage.station().settings());
        properties.setProperty("venice.home", folder.resolve("not here").toString());
        Path file = folder.resolve("my settings.properties");
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private static List<Path> videos(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("videos"))) {
            return files.filter(file -> file.toString().endsWith(".mp4")).toList();
        }
    }
}
