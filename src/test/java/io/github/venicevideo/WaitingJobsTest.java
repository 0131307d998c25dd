package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.heic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.Sandbox;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.fault.Fault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no fault of the job is waited out: it is kept, sent again, and accepted once. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WaitingJobsTest {

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.in(folder).with("venice.gate.probe-interval", "300ms").startImpatient();
    }

    @BeforeEach
    void disarm() {
        station.sandbox().faults().clear();
        station.sandbox().setBalance(BigDecimal.TEN);
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @Test
    void anEmptyAccountKeepsTheJobUntilThereIsMoneyAgain() throws Exception {
        station.sandbox().setBalance(BigDecimal.ZERO);
        station.dropReady("no money", Map.of("prompt.txt", "For no money"));
        await().atMost(Station.PATIENCE).until(() -> station.sandbox().requests(Call.QUEUE).stream()
                .filter(request -> request.status() == 402).count() >= 2);
        assertThat(job("no money").state()).isIn(JobState.RECEIVED, JobState.SUBMITTING);
        assertThat(station.home().resolve("failed/no money")).doesNotExist();

        station.sandbox().setBalance(BigDecimal.TEN);

        assertAcceptedOnce(station.awaitDone("no money"), "For no money");
    }

    @Test
    void aKeyThatIsRefusedKeepsTheJobUntilItWorks() throws Exception {
        station.sandbox().faults().next(2, Call.QUEUE, Fault.json(401, "{\"error\": \"Authentication failed\"}"));
        station.dropReady("no key", Map.of("prompt.txt", "With no key"));

        assertAcceptedOnce(station.awaitDone("no key"), "With no key");
        assertThat(station.posted("With no key")).extracting(LoggedRequest::status).containsExactly(401, 401, 200);
    }

    @Test
    void tooFastIsWaitedOutAsLongAsTheApiAsks() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.tooFast(1));
        station.dropReady("too fast", Map.of("prompt.txt", "Too fast"));

        assertAcceptedOnce(station.awaitDone("too fast"), "Too fast");
        assertThat(station.posted("Too fast")).hasSize(2);
        assertThat(station.posted("Too fast").get(1).at())
                .isAfterOrEqualTo(station.posted("Too fast").get(0).at().plusMillis(900));
    }

    @Test
    void aModelThatIsOverloadedIsTriedAgain() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.json(503, """
                {"error": {"message": "The model is overloaded.", "code": "MODEL_OVERLOADED"}}""")
                .header("Retry-After", "1"));
        station.dropReady("overloaded", Map.of("prompt.txt", "Overloaded"));

        assertAcceptedOnce(station.awaitDone("overloaded"), "Overloaded");
        assertThat(station.posted("Overloaded")).hasSize(2);
    }

    @Test
    void aConnectionThatIsClosedBeforeTheBodyWasReadIsTriedAgain() throws Exception {
        station.sandbox().faults().next(2, Call.QUEUE, Fault.closeBeforeReading());
        // More than the sockets' buffers hold: a smaller body may count as written, and then nobody can tell.
        station.dropReady("closed", Map.of("prompt.txt", "Closed at once", "image.heic", heic(12_000_000)));

        assertAcceptedOnce(station.awaitDone("closed"), "Closed at once");
        assertThat(station.ledger().jobs().find(station.awaitDone("closed").path("job_id").asText()).orElseThrow().attempts())
                .isEqualTo(3);
    }

    @Test
    void aConnectionThatBreaksInTheMiddleOfTheBodyIsTriedAgain() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.closeAfterReading(100_000));
        byte[] picture = heic(12_000_000);
        station.dropReady("broken", Map.of("prompt.txt", "Broken in the middle", "image.heic", picture));

        JsonNode job = station.awaitDone("broken");

        assertAcceptedOnce(job, "Broken in the middle");
        assertThat(station.accepted(job).media("/image_url")).isEqualTo(picture);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void anApiThatIsNotThereIsTriedAgain() throws Exception {
        station.sandbox().close();
        station.dropReady("refused", Map.of("prompt.txt", "Nobody there"));
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .anyMatch(job -> job.bundle().equals("refused") && job.troubleCount() > 1));
        assertThat(job("refused").message().orElse("")).contains("onnect");

        try (Sandbox again = Sandbox.start(SandboxOptions.forTests(folder.resolve("sandbox")))) {
            JsonNode job = station.awaitDone("refused");

            assertThat(again.requests(Call.QUEUE)).filteredOn(request ->
                    request.json().path("prompt").asText().equals("Nobody there")).hasSize(1);
            assertThat(again.accepted()).filteredOn(accepted ->
                    accepted.queueId().equals(job.path("queue_id").asText())).hasSize(1);
        }
    }

    private static Job job(String bundle) {
        return station.ledger().jobs().all().stream().filter(job -> job.bundle().equals(bundle)).findFirst().orElseThrow();
    }

    private static void assertAcceptedOnce(JsonNode job, String prompt) {
        assertThat(job.path("state").asText()).isEqualTo("delivered");
        assertThat(station.sandbox().accepted())
                .filteredOn(accepted -> accepted.request().path("prompt").asText().equals(prompt)).hasSize(1);
    }
}
