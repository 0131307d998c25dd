package io.github.venicevideo.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.venicevideo.MovableClock;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.Client;
import io.github.venicevideo.sandbox.Sandbox;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From PROCESSING to the video, and its end; both ways of fetching. */
@Timeout(180)
class RetrieveTest {

    private static final String PRIVATE = "wan-2-2-a14b-text-to-video";

    @TempDir
    Path dir;
    private final MovableClock clock = new MovableClock();
    private Sandbox sandbox;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.forTests(dir).withClock(clock).withSpread(0, 1)
                .withMedian(Duration.ofSeconds(10)).withMaxDownloads(2));
        client = new Client(sandbox);
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    @Test
    void saysProcessingInMillisecondsThenSendsTheVideo() throws Exception {
        JsonNode queued = client.queueText().json();
        clock.advance(Duration.ofMillis(9_999));

        Client.Answer working = client.retrieve(queued);
        assertThat(working.json().path("status").asText()).isEqualTo("PROCESSING");
        assertThat(working.json().path("average_execution_time").asLong()).isEqualTo(10_000);
        assertThat(working.json().path("execution_duration").asLong()).isEqualTo(9_999);

        clock.advance(Duration.ofMillis(1));
        Client.Answer done = client.retrieve(queued);
        assertThat(done.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(done.header("Content-Length")).isEqualTo(Integer.toString(done.body().length));
        assertThat(sandbox.accepted().get(0).videoSha256())
                .hasValue(DigestUtils.sha256Hex(done.body()));
        assertThat(client.retrieve(queued).body()).isEqualTo(done.body());
    }

    @Test
    void aPromptWithTheMarkerTakesSixtyTimesAsLong() throws Exception {
        JsonNode queued = client.queueText("prompt", "Slowly " + Sandbox.SLOW_MARKER).json();
        clock.advance(Duration.ofSeconds(599));
        assertThat(client.retrieve(queued).json().path("status").asText()).isEqualTo("PROCESSING");

        clock.advance(Duration.ofSeconds(1));
        assertThat(client.retrieve(queued).header("Content-Type")).isEqualTo("video/mp4");
    }

    @Test
    void knowsOnlyTheModelThatTheQueueAnsweredAndTheTwoFields() throws Exception {
        String id = client.queueText().json().path("queue_id").asText();

        assertThat(retrieve("wan-2-7-image-to-video", id, "")).isEqualTo(404);
        assertThat(retrieve("wan-2-7-text-to-video", "no-such", "")).isEqualTo(404);
        assertThat(retrieve("wan-2-7-text-to-video", id, ", \"prompt\": \"x\"")).isEqualTo(400);
        assertThat(client.post("/video/retrieve", "{\"queue_id\": \"" + id + "\"}").status()).isEqualTo(400);
        assertThat(retrieve("wan-2-7-text-to-video", id, "")).isEqualTo(200);
    }

    @Test
    void completeDeletes() throws Exception {
        JsonNode queued = client.queueText().json();
        assertThat(client.complete(queued).status()).isEqualTo(400);
        clock.advance(Duration.ofSeconds(10));

        assertThat(client.complete(queued).json().path("success").asBoolean()).isTrue();
        assertThat(client.retrieve(queued).status()).isEqualTo(404);
        assertThat(sandbox.accepted().get(0).state()).isEqualTo(AcceptedJob.State.DELETED);
    }

    @Test
    void deleteOnCompletionDeletesAsItIsSent() throws Exception {
        JsonNode queued = client.queueText().json();
        clock.advance(Duration.ofSeconds(10));

        assertThat(retrieve("wan-2-7-text-to-video", queued.path("queue_id").asText(),
                ", \"delete_media_on_completion\": true")).isEqualTo(200);
        assertThat(client.retrieve(queued).status()).isEqualTo(404);
    }

    @Test
    void forgetsAVideoAfterADay() throws Exception {
        JsonNode queued = client.queueText().json();
        clock.advance(Duration.ofHours(24));

        assertThat(client.retrieve(queued).status()).isEqualTo(404);
    }

    @Test
    void privateModelsHandOutALinkOnAnotherPort() throws Exception {
        JsonNode queued = client.queueText("model", PRIVATE).json();
        String url = queued.path("download_url").asText();
        assertThat(url).contains(":" + sandbox.downloadPort() + "/").contains("%2F+");
        assertThat(client.download("GET", url).status()).isEqualTo(404);
        clock.advance(Duration.ofSeconds(10));

        assertThat(client.retrieve(queued).json().path("status").asText()).isEqualTo("COMPLETED");
        Client.Answer video = client.download("GET", url);
        assertThat(video.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(video.body()).hasSizeGreaterThan(1000);

        assertThat(client.download("DELETE", url).status()).isEqualTo(204);
        assertThat(client.download("GET", url).status()).isEqualTo(404);
        assertThat(client.retrieve(queued).status()).isEqualTo(404);
    }

    @Test
    void aLinkWantsNoKeyAndItsExactQuery() throws Exception {
        String url = client.queueText("model", PRIVATE).json().path("download_url").asText();
        clock.advance(Duration.ofSeconds(10));

        assertThat(client.download("GET", url, "Authorization", "Bearer x").status()).isEqualTo(400);
        assertThat(client.download("GET", url.replace("%2F+", "/+")).status()).isEqualTo(403);
        assertThat(client.download("GET", url.substring(0, url.indexOf('?'))).status()).isEqualTo(403);
        assertThat(client.download("GET", url).status()).isEqualTo(200);
        assertThat(sandbox.requests(Call.DOWNLOAD)).extracting(LoggedRequest::authorized)
                .containsExactly(true, false, false, false);
    }

    @Test
    void aLinkWearsOut() throws Exception {
        String url = client.queueText("model", PRIVATE).json().path("download_url").asText();
        clock.advance(Duration.ofSeconds(10));

        for (int status : new int[] {200, 200, 429, 410, 410}) {
            assertThat(client.download("GET", url).status()).isEqualTo(status);
        }
    }

    @Test
    void aLinkExpires() throws Exception {
        String url = client.queueText("model", PRIVATE).json().path("download_url").asText();
        clock.advance(Duration.ofHours(24));

        assertThat(client.download("GET", url).status()).isEqualTo(410);
    }

    @Test
    void jobsLinksAndPortsOutliveAKillInTheMiddleOfALine() throws Exception {
        JsonNode kept = client.queueText("model", PRIVATE).json();
        JsonNode deleted = client.queueText().json();
        clock.advance(Duration.ofSeconds(10));
        client.complete(deleted);
        String api = sandbox.apiUrl();
        sandbox.close();
        Files.writeString(dir.resolve("jobs.jsonl"), "{\"event\": \"accepted\", \"job\": {\"queue_id\": \"ha",
                StandardOpenOption.APPEND);

        start();
        assertThat(sandbox.apiUrl()).isEqualTo(api);
        assertThat(client.download("GET", kept.path("download_url").asText()).status()).isEqualTo(200);
        assertThat(client.retrieve(deleted).status()).isEqualTo(404);
        JsonNode later = client.queueText().json();
        sandbox.close();

        start();
        assertThat(sandbox.accepted()).extracting(AcceptedJob::queueId).containsExactly(
                kept.path("queue_id").asText(), deleted.path("queue_id").asText(), later.path("queue_id").asText());
    }

    @Test
    void aPortThatIsStillBeingClosedIsWaitedFor() throws Exception {
        int api = URI.create(sandbox.apiUrl()).getPort();
        sandbox.close();
        ServerSocket late = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Files.writeString(dir.resolve("ports.json"), "{\"api\": " + api + ", \"download\": " + late.getLocalPort() + "}");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
            try {
                late.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));

        start();

        closing.get(10, TimeUnit.SECONDS);
        assertThat(URI.create(client.queueText("model", PRIVATE).json().path("download_url").asText()).getPort())
                .isEqualTo(late.getLocalPort());
    }

    @Test
    void spreadsTimesAroundTheTypicalOne() {
        Timing timing = new Timing(SandboxOptions.defaults(dir).withMedian(Duration.ofSeconds(10)));
        Model model = new Model("m", "m", false, Model.Family.OTHER, Set.of(), Set.of(),
                Set.of(), false, 1, 1, 1, List.of(), Set.of(), false,
                References.of(MissingNode.getInstance()), Optional.empty(), false);

        long[] times = IntStream.range(0, 2000).mapToLong(i -> timing.drawMillis(model, i)).sorted()
                .toArray();
        assertThat(times[1000]).isBetween(9_500L, 10_500L);
        assertThat(timing.p80Millis(model)).isBetween(times[1500], times[1700]);
    }

    private int retrieve(String model, String queueId, String more) throws Exception {
        return client.post("/video/retrieve",
                "{\"model\": \"" + model + "\", \"queue_id\": \"" + queueId + "\"" + more + "}").status();
    }

    @Test
    void listsModelsWithTheirConstraintsAndTheKeysLimits() throws Exception {
        JsonNode models = client.withKey(null).get("/models?type=video").json().path("data");
        assertThat(models).hasSizeGreaterThan(15).allSatisfy(model -> {
            assertThat(model.at("/model_spec/constraints").properties().stream().map(Map.Entry::getKey))
                    .contains("aspect_ratios", "resolutions", "durations", "model_type", "audio",
                            "audio_configurable", "prompt_character_limit");
            assertThat(model.at("/model_spec/privacy").asText()).isIn("private", "anonymized");
        });
        assertThat(client.get("/api_keys/rate_limits").json().path("data").path("rateLimits")).isNotEmpty();
    }
}
