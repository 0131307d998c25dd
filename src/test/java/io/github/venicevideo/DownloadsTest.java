package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.DiskRoom;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import io.github.venicevideo.venice.client.LocalDownloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A finished video that cannot be fetched is tried as often as the provider bears; then its job fails, and can go on. */
@Order(1)
@Timeout(300)
@ResourceLock("levels of loggers")
class DownloadsTest {

    private static final long ROOMY = 1_000_000_000_000L;
    private static final String PRIVATE = """
            {"model": "wan-2-2-a14b-text-to-video", "prompt": "%s", "duration": "5s"}""";

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
    private static final Level LEVEL = ROOT.getLevel();

    @TempDir
    private static Path folder;
    private static Station station;
    private static final AtomicLong FREE = new AtomicLong(ROOMY);

    @BeforeAll
    static void start() throws Exception {
        LOG.start();
        ROOT.setLevel(Level.INFO);
        ROOT.addAppender(LOG);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceDownloadClient", LocalDownloads.client(Duration.ofSeconds(6)));
        context.getRegistry().bind("veniceDisk", new DiskRoom(FREE::get, 500_000_000));
        station = Station.quick(folder).with("venice.download.max-size", "1").with("venice.api.timeout", "6s")
                .startImpatient(context);
    }

    @AfterEach
    void mend() {
        FREE.set(ROOMY);
        station.sandbox().faults().clear();
    }

    /** After all that went well and wrong here: whoever has a download_url, has the video. */
    @AfterAll
    static void stop() throws Exception {
        ROOT.detachAppender(LOG);
        ROOT.setLevel(LEVEL);
        List<String> secrets = station.sandbox().accepted().stream().flatMap(job -> job.downloadUrl().stream())
                .map(url -> url.substring(url.indexOf("sig="))).toList();
        try {
            station.stop();
            assertThat(secrets).isNotEmpty();
            assertThat(LOG.list).isNotEmpty().allSatisfy(event -> assertThat(secrets)
                    .noneMatch(secret -> told(event).contains(secret)));
            assertThat(files()).isNotEmpty().allSatisfy(file -> assertThat(secrets)
                    .as(file.toString()).noneMatch(secret -> content(file).contains(secret)));
        } finally {
            station.close();
        }
    }

    private static String told(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(event.getFormattedMessage());
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            text.append('\n').append(cause.getMessage());
        }
        return text.toString();
    }

    /** All that the program has written, but for what only its owner may enter. */
    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(station.home())) {
            return all.filter(Files::isRegularFile).filter(file -> {
                String first = station.home().relativize(file).getName(0).toString();
                return !first.equals(".work") && !first.equals(".ledger");
            }).toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> transfersThatBreak() {
        return Stream.of(
                Arguments.of("cut", Fault.truncate(1_000), "remature"),
                Arguments.of("stalled", Fault.slow(10), "min-speed"));
    }

    @ParameterizedTest
    @MethodSource("transfersThatBreak")
    void aLinkIsCalledThreeTimesAndThenTheJobFailsAndCanBeTakenUpAgain(String name, Fault fault, String says)
            throws Exception {
        FaultRule rule = station.sandbox().faults().every(Call.DOWNLOAD, fault);
        station.dropReady(name, Map.of("request.json", PRIVATE.formatted(name)));

        JsonNode job = station.awaitFailed(name);

        assertThat(job.path("reason").asText()).isEqualTo("download-failed");
        assertThat(rule.hits()).isEqualTo(3);
        assertThat(job.path("message").asText()).contains("in 3 tries").contains(says);
        assertThat(station.text("failed/" + name + "/ERROR.txt")).contains("nothing is paid twice");
        rule.disarm();
        AcceptedJob accepted = station.accepted(job);
        assertThat(accepted.deleted()).isFalse();
    }

    @Test
    void aFailedDownloadIsTakenUpAgainWithoutPaying() throws Exception {
        FaultRule rule = station.sandbox().faults().every(Call.RETRIEVE, Fault.truncate(1_000));
        station.dropReady("resumed", Map.of("prompt.txt", "resumed"));
        JsonNode failed = station.awaitFailed("resumed");
        assertThat(failed.path("reason").asText()).isEqualTo("download-failed");
        assertThat(rule.hits()).isEqualTo(8);

        rule.disarm();
        Files.move(station.home().resolve("failed/resumed"), station.drop().resolve("resumed"),
                StandardCopyOption.ATOMIC_MOVE);
        JsonNode job = station.awaitDone("resumed");

        assertThat(job.path("job_id")).isEqualTo(failed.path("job_id"));
        assertThat(station.posted("resumed")).hasSize(1);
    }

    @Test
    void aVideoThatIsTooLargeIsFetchedOnce() throws Exception {
        FaultRule rule = station.sandbox().faults().every(Call.RETRIEVE, Fault.unmeasured(3_000_000));
        station.dropReady("too large", Map.of("prompt.txt", "too large"));

        JsonNode job = station.awaitFailed("too large");

        assertThat(job.path("reason").asText()).isEqualTo("download-failed");
        assertThat(job.path("message").asText()).contains("venice.download.max-size");
        assertThat(job.path("queue_id").asText()).isNotEmpty();
        assertThat(rule.hits()).isEqualTo(1);
    }

    @Test
    void aVideoWithoutALengthIsAVideo() throws Exception {
        station.sandbox().faults().next(1, Call.RETRIEVE, Fault.unmeasured(0));
        station.dropReady("no length", Map.of("prompt.txt", "no length"));

        station.awaitDone("no length");

        assertThat(station.video("no length")).isNotEmptyFile();
    }

    @Test
    void aFullDiskPausesIsToldAndLosesNothing() throws Exception {
        station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200, "{\"status\": \"PROCESSING\"}"));
        station.dropReady("full", Map.of("prompt.txt", "full"));
        station.dropReady("full too", Map.of("prompt.txt", "full too"));
        station.awaitPosted("full");
        station.awaitPosted("full too");
        FREE.set(400_000_000);
        station.sandbox().faults().clear();
        await().atMost(Station.PATIENCE).until(() -> waitingForRoom("full") && waitingForRoom("full too"));
        assertThat(diskHealth()).contains("400 MB are free").contains("venice.disk.min-free leaves 500 MB");

        FREE.set(ROOMY);
        station.awaitDone("full");
        station.awaitDone("full too");

        assertThat(station.posted("full")).hasSize(1);
        assertThat(diskHealth()).isEmpty();
        assertThat(said("waits, and so does whatever else has no room")).as("said once, and once more where the first has less to find room for").hasSizeLessThan(3);
        assertThat(said("There is room on the disk again")).isNotEmpty();
    }

    @Test
    void whatCouldNotBeFetchedIsNotPaidForWhileTheDiskIsFull() throws Exception {
        FREE.set(400_000_000);
        await().atMost(Station.PATIENCE).until(() -> !said("Nothing is sent to the queue").isEmpty());
        station.dropReady("unpaid", Map.of("prompt.txt", "unpaid"));
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .anyMatch(job -> job.bundle().equals("unpaid")));
        station.dropReady("refused", Map.of("request.json", "{\"model\": 1}"));
        station.awaitFailed("refused");
        assertThat(station.posted("unpaid")).isEmpty();

        FREE.set(ROOMY);
        station.awaitDone("unpaid");

        assertThat(station.posted("unpaid")).hasSize(1);
        assertThat(said("Jobs are sent to the queue again")).isNotEmpty();
    }

    @Test
    void aVideoThatDoesNotFitIsNotFetchedUntilItDoes() throws Exception {
        // Room for the bundle, which may still be held when its video is asked for, and none for a video of 4 kB.
        FREE.set(500_002_000);
        station.dropReady("just full", Map.of("request.json", PRIVATE.formatted("just full")));
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .anyMatch(job -> job.bundle().equals("just full") && station.ledger().downloads().needed(job.id()) > 1));
        assertThat(diskHealth()).contains("500 MB are free, a video needs 1 MB");

        FREE.set(ROOMY);
        JsonNode job = station.awaitDone("just full");

        assertThat(downloads(job)).as("GETs of the link").hasSizeLessThanOrEqualTo(2);
        assertThat(diskHealth()).isEmpty();
    }

    /** What the health says of the disk; empty when it is up. */
    private static String diskHealth() {
        HealthCheck.Result result = HealthCheckRegistry.get(station.context()).getCheck("venice-disk").orElseThrow().call();
        assertThat(result.getState() == HealthCheck.State.DOWN).isEqualTo(result.getMessage().isPresent());
        return result.getMessage().orElse("");
    }

    /** Whether it was taken in hand, and put off. */
    private static boolean waitingForRoom(String bundle) {
        return station.ledger().jobs().all().stream().anyMatch(job -> job.bundle().equals(bundle)
                && job.state() == JobState.GENERATING && job.dueAt().isAfter(station.clock().instant()));
    }

    private static List<String> said(String part) {
        return List.copyOf(LOG.list).stream().filter(event -> event.getThreadName().contains("(" + station.context().getName() + ")"))
                .map(ILoggingEvent::getFormattedMessage).filter(line -> line.contains(part)).toList();
    }

    @Test
    void redirectsAreFollowedByTheRuleThreeTimesAtMost() throws Exception {
        String here = "http://127.0.0.1:" + station.sandbox().downloadPort();
        redirected("to nowhere", "ftp://127.0.0.1/x", "neither https nor http");
        redirected("to a private address", "https://10.0.0.1/secret-path", "not in the public internet");
        redirected("to a name without address", "https://no-such-host.invalid/secret-path", "did not answer");
        redirected("in circles", here + "/videos/circle.mp4", "more than 3 times");
    }

    private static void redirected(String name, String location, String says) throws Exception {
        station.sandbox().faults().clear();
        FaultRule rule = station.sandbox().faults().every(Call.DOWNLOAD,
                Fault.answer(302, "text/plain", "").header("Location", location));
        station.dropReady(name, Map.of("request.json", PRIVATE.formatted(name)));

        JsonNode job = station.awaitFailed(name);

        assertThat(job.path("message").asText()).contains(says).doesNotContain("secret-path");
        assertThat(rule.hits()).isLessThanOrEqualTo(3 * 4);
    }

    @Test
    void aRedirectThatIsAllowedLeadsToTheVideo() throws Exception {
        station.sandbox().faults().every(Call.REVOKE, Fault.error(503));
        station.dropReady("elsewhere", Map.of("request.json", PRIVATE.formatted("elsewhere")));
        AcceptedJob there = station.accepted(station.awaitDone("elsewhere"));
        station.sandbox().faults().next(1, Call.DOWNLOAD,
                Fault.answer(307, "text/plain", "").header("Location", there.downloadUrl().orElseThrow()));
        station.dropReady("redirected", Map.of("request.json", PRIVATE.formatted("redirected")));

        JsonNode job = station.awaitDone("redirected");

        assertThat(Files.readAllBytes(station.video("redirected")))
                .isEqualTo(Files.readAllBytes(station.video("elsewhere")));
        assertThat(station.sandbox().requests(Call.DOWNLOAD)).noneMatch(LoggedRequest::authorized);
        assertThat(job.path("state").asText()).isEqualTo("delivered");
    }

    private static List<LoggedRequest> downloads(JsonNode job) {
        String id = job.path("queue_id").asText();
        return station.sandbox().requests(Call.DOWNLOAD).stream().filter(request -> request.target().contains(id)).toList();
    }
}
