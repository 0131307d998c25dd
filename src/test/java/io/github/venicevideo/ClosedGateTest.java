package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.face;
import static io.github.venicevideo.SampleMedia.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.Revocation;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.Hold;
import io.github.venicevideo.venice.answer.AccountTrouble;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While the key, the account or the provider is in trouble nothing is sent but a probe now and then; nothing is lost. */
@Timeout(300)
class ClosedGateTest {

    private static final int BUNDLES = 30;

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void prepare() throws Exception {
        station = Station.quick(folder).with("venice.gate.probe-interval", "1h").with("venice.submit.workers", "1");
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void anEmptyAccountIsOneRefusalAndAProbeNowAndThen() throws Exception {
        anEmptyAccount(BUNDLES, Station.PATIENCE);
    }

    @Test
    @Tag("soak")
    @Timeout(900)
    void soItIsForThreeHundred() throws Exception {
        anEmptyAccount(300, Duration.ofMinutes(4));
    }

    private void anEmptyAccount(int bundles, Duration patience) throws Exception {
        station.sandbox().setBalance(BigDecimal.ZERO);
        dropAll(bundles);
        station.startImpatient();
        await().atMost(patience).until(() -> jobs(JobState.RECEIVED) == bundles && gateIsClosed());

        assertThat(statuses(Call.QUEUE)).containsExactly(402);
        assertThat(limits().gate().closed().orElseThrow().message()).contains("INSUFFICIENT_BALANCE");

        station.stop();
        station.with("venice.gate.probe-interval", "200ms").startImpatient();
        await().atMost(patience).until(() -> statuses(Call.RATE_LIMITS).size() >= 3 && statuses(Call.QUEUE).size() >= 2);
        int refused = statuses(Call.QUEUE).size();
        assertThat(refused).as("each probe lets one job try").isBetween(2, 1 + statuses(Call.RATE_LIMITS).size());

        station.sandbox().setBalance(BigDecimal.valueOf(1_000));
        await().atMost(patience).until(() -> jobs(JobState.DELIVERED) == bundles && station.ledger().jobs().all().stream().allMatch(Job::filed));

        assertThat(limits().gate().closed()).isEmpty();
        assertThat(statuses(Call.QUEUE).stream().filter(status -> status == 200)).hasSize(bundles);
        assertThat(station.sandbox().accepted()).hasSize(bundles);
    }

    @Test
    void anOutageParksTwoAndNotAllOfThem() throws Exception {
        station.sandbox().faults().every(Call.QUEUE, Fault.html(502));
        dropAll(BUNDLES);
        station.startImpatient();
        await().atMost(Station.PATIENCE).until(() -> jobs(JobState.RECEIVED) + jobs(JobState.PARKED) == BUNDLES
                && gateIsClosed());

        assertThat(jobs(JobState.PARKED)).isEqualTo(2);
        assertThat(statuses(Call.QUEUE)).hasSize(2);
        station.sandbox().faults().clear();
        station.stop();
        station.with("venice.gate.probe-interval", "200ms").startImpatient();
        await().atMost(Station.PATIENCE).until(() -> jobs(JobState.DELIVERED) == BUNDLES - 2);

        assertThat(jobs(JobState.PARKED)).isEqualTo(2);
    }

    @Test
    void quotesThatAreRefusedInBetweenDoNotMakeAnOutageParkMore() throws Exception {
        station.sandbox().faults().every(Call.QUEUE, Fault.html(502));
        station.sandbox().faults().when(Call.QUOTE, quote -> quote.json().path("duration").asText().equals("6s"),
                Fault.json(400, "{\"error\": \"No such duration\"}"));
        for (int i = 0; i < 10; i++) {
            station.dropReady("bundle-" + i, Map.of("request.json", "{\"prompt\": \"Prompt " + i + "\", \"duration\": \""
                    + (i % 2 == 0 ? "6s" : "5s") + "\"}"));
        }
        station.startImpatient();
        await().atMost(Station.PATIENCE).until(() -> gateIsClosed()
                && jobs(JobState.RECEIVED) + jobs(JobState.PARKED) + jobs(JobState.FAILED) == 10);

        assertThat(jobs(JobState.PARKED)).isEqualTo(2);
        assertThat(statuses(Call.QUEUE)).hasSize(2);
    }

    @Test
    void theOneTrialIsUsedUpByAQuoteThatFindsTheAccountRefused() throws Exception {
        dropAll(3);
        station.sandbox().faults().every(Call.QUOTE,
                Fault.json(403, "{\"error\": {\"code\": \"API_ACCESS_DISABLED\", \"message\": \"Disabled\"}}"));
        station.startImpatient();
        await().atMost(Station.PATIENCE).until(() -> gateIsClosed() && jobs(JobState.RECEIVED) == 3);
        int before = statuses(Call.QUOTE).size();

        limits().gate().probed();
        await().atMost(Station.PATIENCE).until(() -> !limits().gate().closed().orElseThrow().trial());

        assertThat(statuses(Call.QUOTE)).as("one worker, one quote").hasSize(before + 1);
        assertThat(statuses(Call.QUEUE)).isEmpty();
    }

    @Test
    void aKeyThatIsRefusedWhileAskingStopsTheQuestionsUntilItWorks() throws Exception {
        station.with("venice.gate.probe-interval", "1h");
        station.sandbox().faults().every(Call.RETRIEVE, Fault.json(401, "{\"error\": \"Authentication failed\"}"));
        station.dropReady("asked", Map.of("prompt.txt", "asked")).startImpatient();
        await().atMost(Station.PATIENCE).until(this::gateIsClosed);
        station.stop();

        assertThat(statuses(Call.RETRIEVE)).containsExactly(401);
        station.sandbox().faults().clear();
        station.with("venice.gate.probe-interval", "200ms").startImpatient();

        station.awaitDone("asked");
        assertThat(limits().gate().closed()).isEmpty();
    }

    @Test
    void theOneTrialIsForAJobThatIsSentAndNotForOneThatIsParkedBeforeIt() throws Exception {
        station.with("venice.budget.per-job", "0.40");
        station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 0.5}"));
        station.dropReady("dear", Map.of("prompt.txt", "dear")).startImpatient();
        station.awaitParked("dear");
        limits().gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        station.dropReady("dearer", Map.of("prompt.txt", "dearer"));
        await().atMost(Station.PATIENCE).until(() -> jobs(JobState.RECEIVED) == 1);

        limits().gate().probed();
        station.awaitParked("dearer");

        assertThat(statuses(Call.QUEUE)).isEmpty();
        assertThat(limits().gate().takeTrial()).as("the next job may still try").isTrue();
    }

    @Test
    void theOneTrialIsGivenBackByAJobWhoseConsentEndedRightBeforeItsPost() throws Exception {
        station.sandbox().policy("v9", "I may use this person's image.");
        ConsentStation people = new ConsentStation(station.startImpatient());
        people.drop("first", "The first", Map.of("image.png", face("Anna")));
        station.awaitParked("first");
        people.approve("first", "Ada Lovelace");
        station.awaitDone("first");
        limits().gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        Hold quote = station.sandbox().faults().hold(Call.QUOTE, Hold.Point.BEFORE_ANSWER);
        people.drop("later", "Later", Map.of("image.png", face("Anna")));
        await().atMost(Station.PATIENCE).until(() -> jobs(JobState.RECEIVED) == 1);
        limits().gate().probed();
        assertThat(quote.awaitHeld(Station.PATIENCE)).isTrue();

        station.context().getRegistry().lookupByNameAndType(ConsentStore.BEAN, ConsentStore.class).revoke(new Revocation(
                "taken-back", station.clock().instant(), "Anna Model", Revocation.Scope.MEDIUM, sha256(face("Anna")),
                Optional.empty()));
        quote.release();

        assertThat(station.awaitParked("later").path("asked_because").asText()).isEqualTo("revoked");
        assertThat(station.posted("Later")).isEmpty();
        assertThat(limits().gate().takeTrial()).as("the next job may still try").isTrue();
    }

    private void dropAll(int bundles) throws Exception {
        for (int i = 0; i < bundles; i++) {
            station.dropReady("bundle-" + i, Map.of("prompt.txt", "Prompt " + i));
        }
    }

    private boolean gateIsClosed() {
        return limits().gate().closed().isPresent();
    }

    private Limits limits() {
        return station.context().getRegistry().lookupByNameAndType("veniceLimits", Limits.class);
    }

    private long jobs(JobState state) {
        return station.ledger().jobs().all().stream().map(Job::state).filter(state::equals).count();
    }

    private List<Integer> statuses(Call call) {
        return station.sandbox().requests(call).stream().map(LoggedRequest::status).toList();
    }
}
