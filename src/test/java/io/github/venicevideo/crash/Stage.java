package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.Station;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.sandbox.Sandbox;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A home, a sandbox that outlives every program that works in it, and those programs, one after the other. */
final class Stage implements AutoCloseable {

    /** How long a program may take to be up, or to come to a point. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** As the program says it of itself when it is started by its users. */
    static final String LOGGING = "-Dlogback.configurationFile=venice-video/logback.xml";

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final List<String> NO_OPTIONS = List.of();

    private final Path folder;
    private final Station station;
    private boolean clients;
    private Child child;

    private Stage(Path folder, Station station) {
        this.folder = folder;
        this.station = station;
    }

    static Stage in(Path folder) throws IOException {
        Path root = Files.createDirectories(folder);
        SandboxOptions options = SandboxOptions.forTests(root.resolve("sandbox")).withSpread(0, 1)
                .withMedian(Bundles.SLOW_MODEL, Duration.ofSeconds(2));
        return in(root, options);
    }

    static Stage in(Path folder, SandboxOptions options) throws IOException {
        Path root = Files.createDirectories(folder);
        Station station = Station.in(root, options)
                .with("venice.submit.workers", "32")
                .with("venice.poll.workers", "32")
                .with("venice.deliver.workers", "32")
                .with("venice.gate.probe-interval", "500ms")
                .with("venice.events.uri", "file:" + root.resolve("events"));
        return new Stage(root, station);
    }

    /** Gives its programs the clients of brokers. */
    Stage withClients() {
        clients = true;
        return this;
    }

    Station station() {
        return station;
    }

    Sandbox sandbox() {
        return station.sandbox();
    }

    Path home() {
        return station.home();
    }

    Home folders() {
        return Home.at(station.home());
    }

    LedgerFile ledger() {
        return new LedgerFile(station.home());
    }

    void drop(String drop, String bundle, Map<String, byte[]> files) throws IOException {
        Bundles.drop(home().resolve(drop), bundle, files);
    }

    /** Starts a program, and waits until it is up. */
    Child start(List<String> stops, List<String> calls) throws IOException, InterruptedException {
        return start(NO_OPTIONS, stops, calls);
    }

    Child start() throws IOException, InterruptedException {
        return start(List.of(), List.of());
    }

    Child start(List<String> jvmOptions, List<String> stops, List<String> calls)
            throws IOException, InterruptedException {
        launch(jvmOptions, stops, calls).awaitLine("READY", PATIENCE);
        return child;
    }

    /** Starts a program that may still be on its way up. */
    Child launch() throws IOException {
        return launch(NO_OPTIONS);
    }

    /** The same with options for its JVM. */
    Child launch(List<String> jvmOptions) throws IOException {
        return launch(jvmOptions, List.of(), List.of());
    }

    private Child launch(List<String> jvmOptions, List<String> stops, List<String> calls) throws IOException {
        close(child);
        for (String stop : stops) {
            assertThat(Steps.every()).as("steps of the routes, where a program is to stop")
                    .contains(stop.substring(stop.indexOf(':') + 1, stop.indexOf('@')));
        }
        Path file = CrashingProgram.write(folder.resolve("settings.properties"), station.settings(), stops, calls);
        List<String> options = new ArrayList<>(List.of(LOGGING));
        options.addAll(jvmOptions);
        child = clients ? Child.startWithClients(folder, options, Map.of(), CrashingProgram.class, file.toString())
                : Child.start(folder, options, Map.of(), CrashingProgram.class, file.toString());
        return child;
    }

    /** The program that was started last. */
    Child child() {
        return child;
    }

    /** Waits until so many jobs have come to rest, and no answer waits to be taken. */
    void awaitQuiet(int jobs) {
        awaitQuiet(jobs, PATIENCE);
    }

    /** The same for many jobs. */
    void awaitQuiet(int jobs, Duration atMost) {
        try {
            Awaitility.await().atMost(atMost).pollInterval(LOOK).until(() -> !isAnswerWaiting() && ledger().isQuiet(jobs));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Not all of " + jobs + " jobs came to rest: " + ledger().states()
                    + child.output(), e);
        }
    }

    /** A job that a person has answered is not at rest, though it is still parked. Answers go this way, so it is looked in this order. */
    private boolean isAnswerWaiting() throws IOException {
        try (Stream<Path> parked = Files.list(folders().parked())) {
            if (parked.anyMatch(folder -> Files.exists(folder.resolve("answer.json")))) {
                return true;
            }
        }
        if (!Files.isDirectory(folders().answers())) {
            return false;
        }
        try (Stream<Path> taken = Files.list(folders().answers())) {
            return taken.anyMatch(answer -> answer.getFileName().toString().endsWith(".json"));
        }
    }

    Aftermath aftermath() {
        return Aftermath.of(station, folder.resolve("events"));
    }

    @Override
    public void close() throws IOException {
        close(child);
        station.close();
    }

    private static void close(Child child) {
        if (child != null) {
            child.close();
        }
    }
}
