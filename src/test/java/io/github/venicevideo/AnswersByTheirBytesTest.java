package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.mp4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer about a video is what its bytes are, whatever it calls itself; and a video may wait where the answer says. */
@Order(1)
@Timeout(300)
class AnswersByTheirBytesTest {

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).with("venice.retry.max-delay", "100ms").startImpatient();
        station.sandbox().linkUpscales();
    }

    @AfterEach
    void mend() {
        station.sandbox().faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"video/mp4", "application/octet-stream"})
    void aStatusOrAPageThatCallsItselfAVideoIsNone(String type) throws Exception {
        station.sandbox().faults().next(3, Call.RETRIEVE, Fault.answer(200, type, " {\"status\": \"PROCESSING\"}"));
        station.sandbox().faults().next(10, Call.RETRIEVE, Fault.answer(200, type, "<html><body>Service unavailable</body></html>").whenDone());
        String bundle = "paged as " + type.substring(type.indexOf('/') + 1);
        station.dropReady(bundle, Map.of("prompt.txt", bundle));

        JsonNode job = station.awaitDone(bundle);

        assertThat(station.ledger().downloads().tries(job.path("job_id").asText())).isEqualTo(1);
    }

    @Test
    void aFailureThatCallsItselfAVideoIsAFailure() throws Exception {
        station.sandbox().faults().next(1, Call.RETRIEVE, Fault.answer(200, "video/mp4",
                "{\"status\": \"failed\", \"error\": {\"code\": \"BAD_LUCK\", \"message\": \"It went wrong\"}}").whenDone());
        station.dropReady("failing", Map.of("prompt.txt", "failing"));

        assertThat(station.awaitFailed("failing").path("message").asText()).contains("It went wrong");
    }

    @Test
    void aVideoThatCallsItselfJsonIsAVideo() throws Exception {
        station.dropReady("real", Map.of("prompt.txt", "real"));
        station.awaitDone("real");
        byte[] video = Files.readAllBytes(station.video("real"));
        Fault.Answer plain = Fault.json(200, "").whenDone();
        station.sandbox().faults().next(1, Call.RETRIEVE,
                new Fault.Answer(200, plain.contentType(), video, Map.of(), plain.phase()));
        station.dropReady("misnamed", Map.of("prompt.txt", "misnamed"));

        station.awaitDone("misnamed");

        assertThat(Files.readAllBytes(station.video("misnamed"))).isEqualTo(video);
    }

    @Test
    void whatDoesNotBeginAsAVideoIsAskedForAgainAndThenKept() throws Exception {
        FaultRule rule = station.sandbox().faults().every(Call.RETRIEVE, Fault.placeholder());
        station.dropReady("nothing", Map.of("prompt.txt", "nothing"));

        JsonNode job = station.awaitParked("nothing");

        assertThat(job.path("reason").asText()).isEqualTo("unverified");
        assertThat(job.path("message").asText()).contains("In 8 tries").contains("does not begin as an MP4");
        assertThat(rule.hits()).isGreaterThanOrEqualTo(8);
        assertThat(station.home().resolve("parked/nothing/unverified.mp4.part")).hasSize(1024);
    }

    @Test
    void anUpscaleIsFetchedFromTheAddressThatItsAnswerNames() throws Exception {
        station.dropReady("larger", Map.of("video.mp4", mp4(3)));

        JsonNode job = station.awaitDone("larger");

        String id = job.path("queue_id").asText();
        assertThat(station.video("larger")).isNotEmptyFile();
        List<LoggedRequest> fetches = station.sandbox().requests(Call.DOWNLOAD).stream()
                .filter(request -> request.target().contains(id)).toList();
        assertThat(fetches).hasSize(1).noneMatch(LoggedRequest::authorized);
        await().atMost(Station.PATIENCE).until(() -> station.accepted(job).deleted());
        assertThat(station.sandbox().requests(Call.REVOKE)).noneMatch(request -> request.target().contains(id));
        assertThat(station.ledger().downloadUrls().of(job.path("job_id").asText())).isEmpty();
        assertThat(job.toString()).doesNotContain("127.0.0.1:" + station.sandbox().downloadPort());
    }

    @Test
    void anAddressThatTheRuleRefusesIsNotCalledAndNotShown() throws Exception {
        station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200,
                "{\"status\": \"completed\", \"url\": \"https://10.0.0.1/secret-path\"}"));
        station.dropReady("led astray", Map.of("prompt.txt", "led astray"));

        assertThat(station.awaitFailed("led astray").path("message").asText()).contains("not in the public internet").doesNotContain("secret-path");
    }

    @Test
    void anAnswersAddressDoesNotTakeThePlaceOfTheQueues() throws Exception {
        station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200,
                "{\"status\": \"COMPLETED\", \"url\": \"https://10.0.0.1/secret-path\"}").whenDone());
        station.dropReady("private", Map.of("request.json",
                "{\"model\": \"wan-2-2-a14b-text-to-video\", \"prompt\": \"private\", \"duration\": \"5s\"}"));

        assertThat(station.awaitDone("private").path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void aVideoWithoutAnAddressIsAskedForOn() throws Exception {
        FaultRule rule = station.sandbox().faults().next(12, Call.RETRIEVE, Fault.json(200, "{\"status\": \"COMPLETED\"}").whenDone());
        station.dropReady("nowhere", Map.of("prompt.txt", "nowhere"));

        JsonNode job = station.awaitDone("nowhere");

        assertThat(rule.hits()).isEqualTo(12);
        assertThat(station.ledger().downloads().tries(job.path("job_id").asText())).isEqualTo(1);
    }
}
