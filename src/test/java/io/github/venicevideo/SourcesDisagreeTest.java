package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.clip;
import static io.github.venicevideo.SampleMedia.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.venice.client.LocalDownloads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table "Where sources disagree" of the contract, row by row, against the strictest reading of it: whichever source is right,
 * the program does what is right. The rows on blocks after many failures are {@code FailureBudgetTest}'s.
 */
@Timeout(150)
class SourcesDisagreeTest {

    private static final String ASKED = "seedance-2-0-text-to-video-basic";
    private static final String PRIVATE = "wan-2-2-a14b-text-to-video";

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.in(folder, SandboxOptions.forTests(folder.resolve("sandbox")).withMedian(Duration.ofMillis(20))
                .withWorld(SandboxOptions.World.TODAY));
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceDownloadClient", LocalDownloads.client(Duration.ofSeconds(5)));
        station.startImpatient(context);
    }

    @AfterEach
    void mend() {
        station.sandbox().faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    static Stream<Arguments> resets() {
        return Stream.of(Arguments.of("seconds", 1L), Arguments.of("milliseconds", 1000L));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resets")
    void theResetOfALimitIsInSecondsOrInMilliseconds(String unit, long times) throws Exception {
        String reset = String.valueOf((Instant.now().getEpochSecond() + 2) * times);
        station.sandbox().faults().next(1, Call.QUEUE, Fault.json(429, "{\"error\": \"Rate limit exceeded.\"}")
                .header("x-ratelimit-reset-requests", reset));

        station.dropReady(unit, Map.of("prompt.txt", unit));

        station.awaitDone(unit);
        assertThat(station.posted(unit)).hasSize(2);
    }

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of("expired by 404", Fault.json(404, "{\"error\": \"Video generation request not found.\"}"), "expired"),
                Arguments.of("expired by 400", Fault.invalidRequestId(), "expired"),
                Arguments.of("a stored failure", Fault.error(500), "retrieve-failed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void aJobThatIsOverEnds(String name, Fault fault, String reason) throws Exception {
        station.sandbox().faults().every(Call.RETRIEVE, fault);

        station.dropReady(name, Map.of("prompt.txt", name));

        assertThat(station.awaitFailed(name).path("reason").asText()).isEqualTo(reason);
        assertThat(station.posted(name)).hasSize(1);
    }

    @Test
    void aServerErrorThatPassesIsAskedAgain() throws Exception {
        station.sandbox().faults().next(2, Call.RETRIEVE, Fault.error(500));

        station.dropReady("passing", Map.of("prompt.txt", "passing"));

        station.awaitDone("passing");
    }

    @Test
    void aRemoteCopyThatIsNotDeletedFailsNoDeliveredJob() throws Exception {
        station.sandbox().faults().every(Call.COMPLETE, Fault.json(400, "{\"error\": \"Cannot delete\"}"));

        station.dropReady("kept", Map.of("prompt.txt", "kept"));

        JsonNode job = station.awaitDone("kept");
        await().atMost(Station.PATIENCE).until(() -> station.sandbox().requests(Call.COMPLETE).stream().anyMatch(request ->
                request.queueId().equals(job.path("queue_id").asText())));
        assertThat(station.ledger().jobs().find(job.path("job_id").asText())).map(Job::state).contains(JobState.DELIVERED);
    }

    @Test
    void aQuoteProvesAPriceAndNotARequestThatIsValid() throws Exception {
        station.sandbox().faults().every(Call.QUEUE, Fault.json(400, "{\"error\": \"Invalid request parameters\","
                + " \"details\": {\"aspect_ratio\": {\"_errors\": [\"This model does not support aspect_ratio\"]}}}"));

        station.dropReady("dropped", Map.of("prompt.txt", "dropped"));

        JsonNode job = station.awaitFailed("dropped");
        assertThat(job.path("reason").asText()).isEqualTo("refused");
        assertThat(job.path("message").asText()).contains("aspect_ratio: This model does not support aspect_ratio");
        assertThat(station.sandbox().accepted()).noneMatch(accepted -> accepted.request().path("prompt").asText().equals("dropped"));
    }

    @Test
    void upscalingIsAskedForAsTheGuideSays() throws Exception {
        station.dropReady("larger", Map.of("video.mp4", clip("larger")));

        AcceptedJob accepted = station.accepted(station.awaitDone("larger"));

        assertThat(accepted.request().propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrder("model", "video_url");
    }

    /** The page of the model says otherwise; a refusal says what to add, and that is then sent. */
    @Test
    void orAsThePageOfItsModelSays() throws Exception {
        station.sandbox().faults().when(Call.QUEUE, request -> request.json().has("video_url") && !request.json().has("duration"),
                Fault.json(400, "{\"error\": \"Invalid request parameters\", \"details\": {\"duration\": {\"_errors\": [\"Required\"]},"
                        + " \"resolution\": {\"_errors\": [\"Required\"]}}}"));
        station.sandbox().faults().when(Call.QUEUE, request -> request.json().has("duration"), Fault.json(200,
                "{\"model\": \"topaz-video-upscale\", \"queue_id\": \"by-its-page\"}"));
        byte[] clip = clip("by its page");
        station.dropReady("by its page", Map.of("video.mp4", clip));

        assertThat(station.awaitFailed("by its page").path("message").asText()).contains("duration: Required")
                .contains("Add to a request.json in the bundle").contains("\"duration\": \"Auto\", \"resolution\": \"2x\"");

        station.dropReady("as told", Map.of("video.mp4", clip, "request.json",
                "{\"model\": \"topaz-video-upscale\", \"duration\": \"Auto\", \"resolution\": \"2x\"}"));
        await().atMost(Station.PATIENCE).until(() -> station.sandbox().requests(Call.RETRIEVE).stream().anyMatch(request ->
                request.queueId().equals("by-its-page")));
    }

    @Test
    void aFinishedUpscaleIsTheAnswerOrAnAddress() throws Exception {
        station.dropReady("in the answer", Map.of("video.mp4", clip("in the answer")));
        station.awaitDone("in the answer");
        station.sandbox().linkUpscales();

        station.dropReady("at an address", Map.of("video.mp4", clip("at an address")));

        station.awaitDone("at an address");
        assertThat(station.sandbox().requests(Call.DOWNLOAD)).isNotEmpty().noneMatch(request -> request.authorized());
        assertThat(station.sandbox().requests(Call.RETRIEVE)).allSatisfy(request ->
                assertThat(request.json().propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrder("model", "queue_id"));
    }

    @Test
    void aPrivateVideoThatNobodyGaveALinkForIsAskedOnAndNeverLost() throws Exception {
        station.sandbox().faults().when(Call.QUEUE, request -> request.json().path("prompt").asText().equals("no link"),
                Fault.json(200, "{\"model\": \"" + PRIVATE + "\", \"queue_id\": \"no-link\"}"));
        station.sandbox().faults().when(Call.RETRIEVE, request -> request.queueId().equals("no-link"),
                Fault.json(200, "{\"status\": \"COMPLETED\"}"));
        station.dropReady("no link", Map.of("request.json",
                "{\"model\": \"" + PRIVATE + "\", \"prompt\": \"no link\", \"duration\": \"5s\"}"));

        await().atMost(Station.PATIENCE).until(() -> station.sandbox().requests(Call.RETRIEVE).stream().filter(request ->
                request.queueId().equals("no-link")).count() > 10);

        assertThat(station.ledger().jobs().all()).filteredOn(job -> job.bundle().equals("no link")).extracting(Job::state)
                .containsExactly(JobState.GENERATING);
    }

    @Test
    void anIdThatIsNotListedWorksOrDoesNotAsTheQuoteSays() throws Exception {
        String request = "{\"model\": \"%s\", \"prompt\": \"%s\", \"duration\": \"5s\"}";
        station.dropReady("works", Map.of("request.json", request.formatted("seedance-2-0-text-to-video", "works")));
        station.dropReady("gone", Map.of("request.json", request.formatted("seedance-1-0-text-to-video", "gone")));

        station.awaitDone("works");
        JsonNode gone = station.awaitFailed("gone");
        assertThat(gone.path("reason").asText()).isEqualTo("refused");
        assertThat(gone.path("message").asText()).contains("spelt most like it", ASKED);
        assertThat(station.posted("gone")).isEmpty();
    }

    @Test
    void picturesAreLabelledByWhatTheirBytesAre() throws Exception {
        station.dropReady("labelled", Map.of("prompt.txt", "labelled", "image.png", jpeg("labelled")));

        AcceptedJob accepted = station.accepted(station.awaitDone("labelled"));

        assertThat(accepted.request().path("image_url").asText()).startsWith("sandbox-media:image/jpeg:");
    }
}
