package io.github.venicevideo;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.PollPlan;
import io.github.venicevideo.assembly.Assembly;
import io.github.venicevideo.console.ConsoleAddress;
import io.github.venicevideo.console.ConsoleServer;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.MigratedLedger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.s3.UploadParts;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.Sandbox;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The whole program in a folder of its own, with a sandbox for an API: drop a bundle, see what arrives.
 */
public final class Station implements AutoCloseable {

    /** Any wait in a test ends after this. */
    public static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String KEY = "test-key";

    private final Path folder;
    private final Sandbox sandbox;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private CamelContext context;
    private String apiUrl;

    private Station(Path folder, Sandbox sandbox) {
        this.folder = folder;
        this.sandbox = sandbox;
        this.apiUrl = sandbox.apiUrl();
        settings.put("venice.api.key", KEY);
        settings.put("venice.home", folder.resolve("home").toString());
        settings.put("venice.download.allowed-hosts", "127.0.0.1");
        settings.put("venice.drop.settle", "100ms");
        settings.put("venice.drop.settle-prompt-only", "300ms");
        settings.put("venice.poll.min-interval", "50ms");
        settings.put("venice.retry.initial-delay", "100ms");
        settings.put("venice.retry.max-delay", "400ms");
        settings.put("venice.poll.give-up-after", "1s");
        settings.put("venice.ledger.idle", "100ms");
        settings.put("venice.console.port", "off");
        settings.put("venice.disk.min-free", "10");
        // Only tests of the limits wait for them.
        settings.put("venice.limits.queue-per-minute", "60000");
        settings.put("venice.limits.retrieve-per-minute", "60000");
        settings.put("venice.limits.failures", "100000");
        settings.put("venice.gate.probe-interval", "100ms");
    }

    /** A station that is not started yet; its sandbox is. */
    public static Station in(Path folder) throws IOException {
        return in(folder, SandboxOptions.forTests(folder.resolve("sandbox")));
    }

    /** A station whose videos take next to no time, for classes that wait for many of them. */
    public static Station quick(Path folder) throws IOException {
        return in(folder, SandboxOptions.forTests(folder.resolve("sandbox")).withMedian(Duration.ofMillis(20)));
    }

    public static Station in(Path folder, SandboxOptions options) throws IOException {
        Station station = new Station(folder, Sandbox.start(options));
        return options.world() == SandboxOptions.World.SEED ? station.withModelsOfTheSeed() : station;
    }

    /** Those that ask for consent, which nothing that is listed by now does. */
    private Station withModelsOfTheSeed() {
        return with("venice.defaults.model.text", "seedance-2-0-text-to-video")
                .with("venice.defaults.model.image", "seedance-2-0-image-to-video")
                .with("venice.defaults.model.references", "seedance-2-0-reference-to-video")
                .with("venice.defaults.model.elements", "").with("venice.defaults.model.video", "");
    }

    /** Changes a setting, for the next start. */
    public Station with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Takes a setting away, for the next start. */
    public Station without(String key) {
        settings.remove(key);
        return this;
    }

    /** Has the program call the sandbox through something else, such as a proxy that does harm. */
    public Station at(String otherUrl) {
        apiUrl = otherUrl;
        return this;
    }

    /** The settings that a program in a process of its own needs to be this station. */
    public Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("venice.api.url", apiUrl);
        return all;
    }

    public Station start() throws Exception {
        return start(new DefaultCamelContext());
    }

    /** Starts in a context that may have been prepared. */
    public Station start(CamelContext prepared) throws Exception {
        context = prepared;
        RememberingClassResolver.into(context);
        context.setInflightRepository(new PromptStop(context));
        context.getShutdownStrategy().setTimeout(10);
        Settings merged = Settings.packaged().with(settings());
        MigratedLedger.into(merged.text("venice.ledger.dir").map(Path::of).orElse(home().resolve(".ledger")));
        Assembly.addTo(context, merged, Api.at(apiUrl), ConsoleAddress.of(merged));
        context.start();
        return this;
    }

    /** Starts with a plan that asks about each job all the time, for classes that wait for many videos. */
    public Station startImpatient() throws Exception {
        return startImpatient(new DefaultCamelContext());
    }

    /** The same in a context that may have been prepared. */
    public Station startImpatient(CamelContext prepared) throws Exception {
        prepared.getRegistry().bind("venicePollPlan", (PollPlan) (jobs, speeds, now) -> jobs.stream()
                .filter(job -> !job.askedAt().orElse(job.submittedAt()).plusMillis(50).isAfter(now))
                .min(Comparator.comparing(job -> job.askedAt().orElse(job.submittedAt()))));
        return start(prepared);
    }

    /** Has a program stage what is 5 MB or more in parts of that size, the least that S3 takes: no test needs a large medium. */
    public static void stageInSmallParts(CamelContext prepared) {
        prepared.getRegistry().bind("veniceUploadParts", new UploadParts(5 << 20, 5 << 20));
    }

    public void stop() {
        if (context != null) {
            context.stop();
            context = null;
        }
    }

    /** The address of a path on the console, for a station whose {@code venice.console.port} is 0. */
    public URI console(String path) {
        return URI.create("http://127.0.0.1:" + context.hasService(ConsoleServer.class).port() + path);
    }

    public CamelContext context() {
        return context;
    }

    /** The clock that the program goes by. */
    public Clock clock() {
        return context.getRegistry().lookupByNameAndType("veniceClock", Clock.class);
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Ledger ledger() {
        return ledger(context);
    }

    /** The ledger of a context that a test prepared and started itself. */
    public Ledger ledger(CamelContext host) {
        return host.getRegistry().lookupByNameAndType("veniceLedger", Ledger.class);
    }

    public Path home() {
        return folder.resolve("home");
    }

    public Path drop() {
        return home().resolve("drop");
    }

    /** Drops a folder, whole, by one rename. Values are texts, or bytes. */
    public Station drop(String bundle, Map<String, ?> files) throws IOException {
        Path staged = Files.createTempDirectory(folder, "staged");
        for (Map.Entry<String, ?> file : files.entrySet()) {
            Path target = staged.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue() instanceof byte[] bytes ? bytes
                    : file.getValue().toString().getBytes(StandardCharsets.UTF_8));
        }
        Files.createDirectories(drop());
        Files.move(staged, drop().resolve(bundle), StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    /** Drops a folder with its {@code .ready} file, so that it is taken at once. */
    public Station dropReady(String bundle, Map<String, ?> files) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(files);
        all.put(".ready", "");
        return drop(bundle, all);
    }

    /** Drops a single file. */
    public Station dropFile(String name, byte[] content) throws IOException {
        Path staged = Files.createTempFile(folder, "staged", ".part");
        Files.write(staged, content);
        Files.createDirectories(drop());
        Files.move(staged, drop().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    /** Waits until the bundle lies in {@code done/}, and reads its {@code job.json}. */
    public JsonNode awaitDone(String bundle) {
        return awaitFiled("done", bundle);
    }

    public JsonNode awaitFailed(String bundle) {
        return awaitFiled("failed", bundle);
    }

    public JsonNode awaitParked(String bundle) {
        return awaitFiled("parked", bundle);
    }

    /** Waits until every job is delivered, failed or parked, and its bundle filed. */
    public List<Job> awaitQuiet() {
        await().atMost(PATIENCE).until(() -> {
            List<Job> jobs = ledger().jobs().all();
            return !jobs.isEmpty() && jobs.stream().allMatch(job -> job.filed()
                    && (job.state().isFinal() || job.state() == JobState.PARKED));
        });
        return ledger().jobs().all();
    }

    /** Waits for the first request to the queue with this prompt. */
    public LoggedRequest awaitPosted(String prompt) {
        return await("a request with the prompt " + prompt).atMost(PATIENCE)
                .until(() -> posted(prompt).stream().findFirst(), Optional::isPresent).orElseThrow();
    }

    /** The requests to the queue with this prompt. */
    public List<LoggedRequest> posted(String prompt) {
        return sandbox.requests(Call.QUEUE).stream()
                .filter(request -> request.json().path("prompt").asText().equals(prompt)).toList();
    }

    /** What the sandbox accepted as the job that this {@code job.json} tells of. */
    public AcceptedJob accepted(JsonNode job) {
        String queueId = job.path("queue_id").asText();
        return sandbox.accepted().stream().filter(accepted -> accepted.queueId().equals(queueId)).findFirst()
                .orElseThrow(() -> new AssertionError("Nothing was accepted as " + queueId + ": " + job));
    }

    /** The text of a file below the home. */
    public String text(String path) throws IOException {
        return Files.readString(home().resolve(path));
    }

    public Path video(String name) {
        return home().resolve("videos").resolve(name + ".mp4");
    }

    private JsonNode awaitFiled(String where, String bundle) {
        Path file = home().resolve(where).resolve(bundle).resolve("job.json");
        return await("a " + where + " bundle " + bundle).atMost(PATIENCE).ignoreExceptions()
                .until(() -> Json.mapper().readTree(Files.readAllBytes(file)), json -> {
                    String id = json.path("job_id").asText();
                    return ledger().jobs().find(id).filter(Job::filed).isPresent();
                });
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } finally {
            sandbox.close();
        }
    }
}
