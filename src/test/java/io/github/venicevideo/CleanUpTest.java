package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is delivered is deleted at the provider's, and nothing else is; what cannot be deleted is tried again later. */
@Timeout(300)
class CleanUpTest {

    private static final String PRIVATE = """
            {"model": "wan-2-2-a14b-text-to-video", "prompt": "%s", "duration": "5s"}""";

    @TempDir
    private static Path folder;
    private static Station station;
    private static ShiftedClock clock;

    @BeforeAll
    static void start() throws Exception {
        clock = new ShiftedClock();
        station = Station.quick(folder).startImpatient(prepared());
    }

    private static CamelContext prepared() {
        CamelContext prepared = new DefaultCamelContext();
        prepared.getRegistry().bind("veniceClock", Clock.class, clock);
        return prepared;
    }

    @AfterEach
    void disarm() {
        station.sandbox().faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @Test
    void theRemoteCopyOfADeliveredVideoIsDeleted() throws Exception {
        JsonNode job = delivered("deleted", Map.of("prompt.txt", "deleted"));

        awaitDeleted(job);
        assertThat(asked(Call.COMPLETE, job)).singleElement().satisfies(request -> assertThat(request.json()).isEqualTo(
                Json.mapper().createObjectNode().put("model", job.path("model").asText())
                        .put("queue_id", job.path("queue_id").asText())));
        assertThat(history(job)).contains("The remote copy was deleted");
        assertThat(station.video("deleted")).isNotEmptyFile();
    }

    @Test
    void thePrivateModelsLinkIsRevokedWithoutTheKeyAndForgotten() throws Exception {
        JsonNode job = delivered("revoked", Map.of("request.json", PRIVATE.formatted("revoked")));

        awaitDeleted(job);
        String path = java.net.URI.create(station.accepted(job).downloadUrl().orElseThrow()).getRawPath();
        assertThat(station.sandbox().requests(Call.REVOKE)).filteredOn(request -> request.target().contains(path))
                .singleElement().satisfies(request -> assertThat(request.authorized()).isFalse());
        assertThat(station.ledger().downloadUrls().of(job.path("job_id").asText())).isEmpty();
    }

    @Test
    void aRefusalIsTriedAgainLaterAndNeverFailsTheJob() throws Exception {
        FaultRule rule = station.sandbox().faults().every(Call.COMPLETE, Fault.error(400));
        JsonNode job = delivered("refused", Map.of("prompt.txt", "refused"));
        await().atMost(Station.PATIENCE).until(() -> tries(job) == 1);
        assertThat(asked(Call.COMPLETE, job)).hasSize(1);

        clock.advance(Duration.ofMinutes(6));
        await().atMost(Station.PATIENCE).until(() -> tries(job) == 2);
        rule.disarm();
        clock.advance(Duration.ofHours(1));

        awaitDeleted(job);
        assertThat(station.ledger().jobs().find(job.path("job_id").asText()).orElseThrow().state()).hasToString("delivered");
    }

    @Test
    void whatCannotBeDeletedForADayIsLeftToExpire() throws Exception {
        station.sandbox().faults().every(Call.COMPLETE, Fault.html(502));
        JsonNode job = delivered("kept", Map.of("prompt.txt", "kept"));

        for (int tries = 1; tries < 10; tries++) {
            int done = tries;
            await().atMost(Station.PATIENCE).until(() -> tries(job) == done);
            clock.advance(Duration.ofHours(7));
        }
        await().atMost(Station.PATIENCE).until(() -> history(job).stream()
                .anyMatch(message -> message.startsWith("The remote copy was not deleted: ")));
        clock.advance(Duration.ofHours(48));

        delivered("after it", Map.of("prompt.txt", "after it"));
        assertThat(asked(Call.COMPLETE, job)).hasSize(10);
        assertThat(station.accepted(job).deleted()).isFalse();
    }

    @Test
    void whatIsParkedIsKeptAndARejectedJobsLinkIsRevoked() throws Exception {
        FaultRule rule = station.sandbox().faults().every(Call.DOWNLOAD, Fault.cutShort());
        station.dropReady("unverified", Map.of("request.json", PRIVATE.formatted("unverified")));
        JsonNode job = station.awaitParked("unverified");
        assertThat(job.path("reason").asText()).isEqualTo("unverified");
        rule.disarm();
        clock.advance(Duration.ofHours(1));
        delivered("meanwhile", Map.of("prompt.txt", "meanwhile"));
        assertThat(station.accepted(job).deleted()).isFalse();

        assertThat(station.text("parked/unverified/ACTION.md")).contains("its one link is revoked");

        answer("unverified", "reject");
        station.awaitFailed("unverified");
        assertThat(station.text("failed/unverified/ERROR.txt")).contains("cannot be fetched")
                .doesNotContain("asked for again");

        awaitDeleted(job);
        assertThat(asked(Call.COMPLETE, job)).isEmpty();
        assertThat(station.home().resolve("failed/unverified/unverified.mp4.part")).isNotEmptyFile();
    }

    @Test
    void nothingIsDeletedWhenItIsSwitchedOff() throws Exception {
        Path root = Files.createDirectories(folder.resolve("off"));
        try (Station off = Station.quick(root).with("venice.cleanup", "false").startImpatient(prepared())) {
            off.dropReady("off", Map.of("prompt.txt", "off"));
            JsonNode job = off.awaitDone("off");
            await().atMost(Station.PATIENCE).until(() -> off.ledger().jobs().history(job.path("job_id").asText()).stream()
                    .anyMatch(entry -> entry.message().orElse("").contains("venice.cleanup is false")));
            assertThat(off.accepted(job).deleted()).isFalse();
            assertThat(off.sandbox().requests(Call.COMPLETE)).isEmpty();
        }
    }

    private static JsonNode delivered(String bundle, Map<String, ?> files) throws Exception {
        station.dropReady(bundle, files);
        return station.awaitDone(bundle);
    }

    private static void awaitDeleted(JsonNode job) {
        await().atMost(Station.PATIENCE).until(() -> station.accepted(job).deleted());
        await().atMost(Station.PATIENCE).until(() -> history(job).contains("The remote copy was deleted"));
    }

    private static List<LoggedRequest> asked(Call call, JsonNode job) {
        return station.sandbox().requests(call).stream()
                .filter(request -> request.queueId().equals(job.path("queue_id").asText())).toList();
    }

    private static int tries(JsonNode job) {
        return station.ledger().cleanUps().tries(job.path("job_id").asText());
    }

    private static List<String> history(JsonNode job) {
        return station.ledger().jobs().history(job.path("job_id").asText()).stream()
                .map(HistoryEntry::message).map(message -> message.orElse("")).toList();
    }

    private static void answer(String bundle, String answer) throws Exception {
        Path form = station.home().resolve("parked").resolve(bundle).resolve("answer-form.json");
        ObjectNode filled = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(form));
        Files.write(form, Json.pretty(filled.put("answer", answer).put("by", "Anna")));
        Files.move(form, form.resolveSibling("answer.json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
