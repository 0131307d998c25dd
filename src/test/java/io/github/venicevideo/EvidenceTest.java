package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever decides about a request in doubt is told what the account tells, and nothing is decided for them. */
@Timeout(180)
class EvidenceTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        station = Station.quick(folder).startImpatient();
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void anAnswerThatWasLostAfterItWasChargedIsToldAsCharged() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.acceptThenDrop());
        JsonNode job = parked("charged");

        assertThat(job.path("charge").asText()).isEqualTo("charged");
        assertThat(job.path("balance_now").asText()).contains("USD").isNotEqualTo(job.path("balance_before").asText());
        assertThat(station.text("parked/charged/ACTION.md")).contains("So: charged.").contains("no other job was sent meanwhile");
        assertThat(station.text("parked/charged/answer-form.json")).contains("\"answer\" : \"\"");
    }

    @Test
    void oneThatTheServerThrewAwayIsToldAsNotCharged() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.html(502));

        assertThat(parked("thrown away").path("charge").asText()).isEqualTo("not charged");
    }

    @Test
    void aRefusedBalanceTellsNothingAndClosesNothing() throws Exception {
        station.sandbox().faults().every(Call.BALANCE, Fault.json(401,
                "{\"error\": {\"code\": \"UNAUTHORIZED\", \"message\": \"Not with this key\"}}"));
        station.sandbox().faults().next(1, Call.QUEUE, Fault.acceptThenDrop());

        assertThat(parked("untold").path("charge").asText()).isEqualTo("cannot tell");
        assertThat(station.context().getRegistry().lookupByNameAndType("veniceLimits", Limits.class).gate().closed()).isEmpty();
    }

    @Test
    void everyAnswerOfTheQueueLeavesItsEvidenceInTheHistory() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.tooFast(1));
        station.dropReady("told", Map.of("prompt.txt", "told"));
        JsonNode job = station.awaitDone("told");

        assertThat(station.ledger().jobs().history(job.path("job_id").asText()))
                .anySatisfy(entry -> assertThat(entry.message()).hasValueSatisfying(said ->
                        assertThat(said).contains("The queue answered with 429").contains("CF-RAY ")))
                .anySatisfy(entry -> assertThat(entry.message()).hasValueSatisfying(said ->
                        assertThat(said).contains("The queue answered with 200").contains("balance before it")));
    }

    private JsonNode parked(String bundle) throws Exception {
        station.dropReady(bundle, Map.of("prompt.txt", bundle));
        JsonNode job = station.awaitParked(bundle);
        assertThat(job.path("reason").asText()).isEqualTo("in-doubt");
        return job;
    }
}
