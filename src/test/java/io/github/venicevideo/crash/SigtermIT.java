package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.cli.VeniceVideoMain;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Hold;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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

    /** What is in hand may take, and a little for the process itself to end; container platforms leave it 30 s. */
    private static final Duration STOP = Duration.ofSeconds(29);
    /** A slow answer, which the program waits for. */
    private static final Duration LATE = Duration.ofSeconds(10);
    private static final int MORE_THAN_ANY_BUFFER_HOLDS = 20_000_000;
    private static final List<String> SMALL = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");

    private static final List<String> NAMES = List.of("slow", "asked", "sent", "begun");

    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void theSandboxStopsCleanlyAndGoesOnInSmallMemory() throws Exception {
        Path home = folder.resolve("own home");
        Map<String, String> environment = Map.of("VENICE_HOME", home.toString(), "VENICE_CONSOLE_PORT", "0");
        try (ServerSocket other = new ServerSocket()) {
            listenOnUsualPort(other);
            aFirstRun(home);
        }
        assertThat(home.resolve("videos")).as("made so far").satisfiesAnyOf(
                videos -> assertThat(videos).doesNotExist(),
                videos -> assertThat(videos(home)).hasSizeLessThan(3));
        try (Child second = Child.startProgram(folder, SMALL, environment, VeniceVideoMain.class)) {
            awaitQuiet(home, 3, second);
            assertThat(videos(home)).as("videos" + second.output()).hasSize(3);
            assertThat(new LedgerFile(home).states().values()).allMatch(state -> state.startsWith("delivered"));
            stop(second);
        }
        assertThat(folder.resolve("venice-sandbox")).doesNotExist();
    }

    /**
     * One video is in the making, one question is never answered, and three POSTs are under way when the program is told
     * to stop. One is answered after ten seconds, and finishes. The others never are: one was read whole by the server, so
     * it may have been accepted; of the other the server read only the head, so it cannot have been. The program has
     * recorded that before it is gone, and sends only the last one again.
     */
    @Test
    @Timeout(180)
    void aStopInTheMiddleMakesNothingDoubtfulButWhatIsNeverAnswered() throws Exception {
        try (Stage stage = Stage.in(folder)) {
            stage.station().with("venice.drops", "drop,slow,asked,sent,whole,begun");
            Path config = config(stage);
            try (Child first = program(stage, config)) {
                drop(stage, "slow");
                first.awaitText("slow: accepted as", Stage.PATIENCE);
                assertThat(first.lines().get(0)).contains(stage.sandbox().apiUrl()).doesNotContain("SANDBOX");
                assertThat(first.output()).contains(config.toString()).doesNotContain("test-key");
                aSecondOneRefusesToStart(stage, config);
                Hold question = stage.sandbox().faults().hold(Call.RETRIEVE, Hold.Point.BEFORE_WORK);
                drop(stage, "asked");
                first.awaitText("asked: accepted as", Stage.PATIENCE);
                assertThat(question.awaitHeld(Stage.PATIENCE)).as(first.output()).isTrue();
                Hold post = held(stage, first, "sent", Hold.Point.BEFORE_WORK, Bundles.text(prompt("sent"), Bundles.SLOW_MODEL));
                held(stage, first, "whole", Hold.Point.BEFORE_WORK, Bundles.text(prompt("whole"), Bundles.SLOW_MODEL));
                held(stage, first, "begun", Hold.Point.BEFORE_BODY,
                        Bundles.image(prompt("begun"), Bundles.jpeg(MORE_THAN_ANY_BUFFER_HOLDS)));
                first.terminate();
                assertThat(first.await(line -> line.contains("sent: accepted"), LATE))
                        .as("the answer, which is still held").isEmpty();
                assertThat(first.isAlive()).as("waits for the answer").isTrue();
                post.release();
                assertThat(first.awaitExit(STOP.minus(LATE))).as(first.output()).isIn(0, Child.TERMINATED);
                assertThat(stage.ledger().states().toString()).as(first.output())
                        .contains("sent=generating", "whole=parked in-doubt", "begun=received")
                        .doesNotContain("submitting").containsOnlyOnce("in-doubt");
            }
            stage.sandbox().faults().clear();
            try (Child second = program(stage, config)) {
                awaitQuiet(stage.home(), NAMES.size() + 1, second);
                stop(second);
                Aftermath aftermath = stage.aftermath();
                for (String name : NAMES) {
                    aftermath.check(name, prompt(name), End.DELIVERED);
                }
                aftermath.check("whole", prompt("whole"), End.IN_DOUBT);
                aftermath.checkHome();
            }
        }
    }

    /** Drops a bundle, and waits until the server holds its POST. */
    private static Hold held(Stage stage, Child child, String name, Hold.Point at, Map<String, byte[]> files)
            throws Exception {
        Hold hold = stage.sandbox().faults().hold(Call.QUEUE, at);
        stage.drop(name, name, files);
        assertThat(hold.awaitHeld(Stage.PATIENCE)).as(name + child.output()).isTrue();
        return hold;
    }

    private void aSecondOneRefusesToStart(Stage stage, Path config) throws Exception {
        try (Child other = program(stage, config)) {
            assertThat(other.awaitExit(Stage.PATIENCE)).as(other.output()).isNotIn(0, Child.TERMINATED);
            assertThat(other.output()).contains("Another program is using the ledger").contains("venice.home")
                    .doesNotContain("\tat ");
        }
    }

    private void aFirstRun(Path home) throws Exception {
        try (Child first = Child.startProgram(folder, SMALL, Map.of("VENICE_HOME", home.toString()), VeniceVideoMain.class)) {
            first.awaitText("port 8080 is taken, so the console takes a free one", Stage.PATIENCE);
            first.awaitText("accepted as", Stage.PATIENCE);
            assertThat(first.lines().get(0)).contains("SANDBOX");
            stop(first);
        }
    }

    /** Listens on the console's usual port, unless somebody does already. */
    private static void listenOnUsualPort(ServerSocket socket) throws IOException {
        try {
            socket.bind(new InetSocketAddress("127.0.0.1", 8080));
        } catch (BindException e) {
            assertThat(e).hasMessageContaining("in use");
        }
    }

    private static void awaitQuiet(Path home, int jobs, Child child) {
        try {
            await().atMost(Duration.ofSeconds(90)).until(() -> new LedgerFile(home).isQuiet(jobs));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(new LedgerFile(home).states() + child.output(), e);
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
