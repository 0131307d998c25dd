package io.github.venicevideo.ledger.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.OpenLedger;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.AccountTrouble;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gate before the queue, one for each key. */
@Timeout(180)
class GateTest {

    private static final KeyId KEY = KeyId.of("https://api", Optional.of("secret-key"));

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final MovableClock clock = open.clock();
    private Limits limits;

    @BeforeEach
    void begin() {
        limits = limits(KEY);
    }

    @Test
    void aKeyIsKnownByADigestThatDoesNotHoldIt() {
        assertThat(KEY.toString()).doesNotContain("secret");
        assertThat(KEY).isEqualTo(KeyId.of("https://api", Optional.of(" secret-key\n")))
                .isNotEqualTo(KeyId.of("https://api", Optional.of("other-key")))
                .isNotEqualTo(KeyId.of("sandbox", Optional.of("secret-key")));
    }

    @Test
    void anotherKeyHasABudgetAndAGateOfItsOwn() {
        Limits other = limits(KeyId.of("https://api", Optional.of("other-key")));
        spend(limits.queue());
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);

        assertThat(limits.queue().take()).isEmpty();
        assertThat(other.queue().take()).isPresent();
        assertThat(other.gate().closed()).isEmpty();
    }

    @Test
    void theGateIsClosedWithASentenceUntilAJobHasGoneThrough() {
        assertThat(limits.gate().closed()).isEmpty();
        limits.gate().trouble(new AccountTrouble("INSUFFICIENT_BALANCE", "No money"), false);
        restart();

        Gate.Closed closed = limits.gate().closed().orElseThrow();
        assertThat(closed.message()).contains("INSUFFICIENT_BALANCE").contains("No money");
        assertThat(closed.since()).isEqualTo(clock.instant());
        assertThat(closed.asking()).isTrue();
        assertThat(limits.gate().isProbeDue()).isFalse();
        assertThat(limits.gate().takeTrial()).isFalse();

        clock.advance(Duration.ofMinutes(5));
        assertThat(limits.gate().isProbeDue()).isTrue();
        assertThat(limits.gate().isProbeDue()).as("one probe in an interval").isFalse();
        open.record("1");
        limits.gate().probed();
        assertThat(limits.gate().closed()).isPresent();
        assertThat(limits.gate().takeTrial()).isTrue();
        assertThat(limits.gate().takeTrial()).as("one job at a time").isFalse();

        limits.gate().works();
        assertThat(limits.gate().closed()).isEmpty();
    }

    @Test
    void aProbeThatIsAnsweredOpensItWhereNoJobWaitsToTry() {
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), true);
        assertThat(limits.gate().closed()).map(Gate.Closed::asking).contains(false);

        clock.advance(Duration.ofMinutes(5));
        assertThat(limits.gate().isProbeDue()).isTrue();
        limits.gate().probed();

        assertThat(limits.gate().closed()).isEmpty();
    }

    @Test
    void aJobThatIsDueAfterTheNextProbeOrIsAnotherApisDoesNotKeepItClosed() {
        open.record("later");
        ledger().leases().release(open.take(), Duration.ofHours(2));
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        limits.gate().probed();
        assertThat(limits.gate().closed()).isEmpty();

        Limits other = limits(KeyId.of("https://other", Optional.of("secret-key")));
        open.record("here");
        other.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        other.gate().probed();
        assertThat(other.gate().closed()).isEmpty();

        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        limits.gate().probed();
        assertThat(limits.gate().closed()).map(Gate.Closed::trial).contains(true);
    }

    @Test
    void aProbeThatIsAnsweredWhileAJobIsOnItsWayLeavesTheVerdictToThatJob() {
        open.record("on the wire");
        ledger().transitions().submitting(open.take());
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);

        limits.gate().probed();

        assertThat(limits.gate().closed()).isPresent();
    }

    @Test
    void whoIsRefusedAgainHasUsedUpTheTrial() {
        open.record("waiting");
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        limits.gate().probed();

        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "Still no"), false);

        assertThat(limits.gate().takeTrial()).isFalse();
        assertThat(limits.gate().closed()).map(Gate.Closed::message).get().asString().contains("Still no");
    }

    @Test
    void aTrialThatIsGivenBackDoesNotOutliveItsGate() {
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        open.record("waiting");
        limits.gate().probed();
        Gate.Closed closed = limits.gate().closed().orElseThrow();
        assertThat(limits.gate().takeTrial()).isTrue();

        limits.gate().giveTrialBack(closed);
        assertThat(limits.gate().takeTrial()).isTrue();

        limits.gate().works();
        clock.advance(Duration.ofSeconds(1));
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        limits.gate().giveTrialBack(closed);
        assertThat(limits.gate().takeTrial()).isFalse();
    }

    @Test
    void aTrialThatIsGivenBackDoesNotComeBesideThatOfALaterProbe() {
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        open.record("waiting");
        probe();
        Gate.Closed first = limits.gate().closed().orElseThrow();
        assertThat(limits.gate().takeTrial()).isTrue();
        probe();
        assertThat(limits.gate().takeTrial()).isTrue();

        limits.gate().giveTrialBack(first);

        assertThat(limits.gate().takeTrial()).as("one job for each probe").isFalse();
    }

    @Test
    void twoDoubtsInARowCloseItAndWhatIsJudgedBetweenThemDoesNot() {
        limits.gate().doubt("reset");
        limits.gate().works();
        limits.gate().doubt("reset");
        assertThat(limits.gate().closed()).isEmpty();

        limits.gate().doubt("bad gateway");

        assertThat(limits.gate().closed()).map(Gate.Closed::message).get().asString()
                .contains("2 requests in a row").contains("bad gateway");
    }

    @Test
    void aClockThatIsSetBackDoesNotPutTheProbeOffForLong() {
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        clock.advance(Duration.ofHours(-1));

        assertThat(limits.gate().isProbeDue()).isTrue();
    }

    private Ledger ledger() {
        return open.ledger();
    }

    private void probe() {
        clock.advance(Duration.ofMinutes(5));
        assertThat(limits.gate().isProbeDue()).isTrue();
        limits.gate().probed();
    }

    private void restart() {
        open.restart();
        begin();
    }

    private Limits limits(KeyId key) {
        return new Limits(open.ledger(), key, clock, Settings.packaged());
    }

    private static void spend(RequestBudget budget) {
        boolean more = true;
        while (more) {
            more = budget.take().isPresent();
        }
    }
}
