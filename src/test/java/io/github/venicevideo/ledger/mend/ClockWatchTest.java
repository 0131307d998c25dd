package io.github.venicevideo.ledger.mend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.OpenLedger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A clock that is set back makes nothing wait for longer than it would have. */
@Timeout(180)
class ClockWatchTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final MovableClock clock = open.clock();
    private final Ledger ledger = open.ledger();

    @Test
    void whatWaitsGoesOnWaitingForAsLong() {
        open.record("1");
        ledger.leases().release(open.take(), Duration.ofSeconds(10));
        setBack(HOUR);

        assertThat(ledger.jobs().find("1").orElseThrow().dueAt()).isEqualTo(clock.instant().plusSeconds(10));
    }

    @Test
    void whatIsInTheMakingIsAsOldAsItWas() {
        generating("1");
        Instant before = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        ledger.making().asked(open.claim(Due.GENERATING), Optional.empty(), clock.instant());
        setBack(HOUR);

        Job job = ledger.jobs().find("1").orElseThrow();
        assertThat(job.submittedAt()).contains(before.minus(HOUR));
        assertThat(job.polledAt()).contains(clock.instant());
        assertThat(ledger.leases().claim(Due.GENERATING, OpenLedger.LEASE)).isPresent();
    }

    @Test
    void aSmallStepIsLeftAlone() {
        open.record("1");
        Instant due = ledger.jobs().find("1").orElseThrow().dueAt();
        setBack(Duration.ofSeconds(59));

        assertThat(ledger.jobs().find("1").orElseThrow().dueAt()).isEqualTo(due);
    }

    /** Wrong by a year when the program was stopped, and right when it is started again. */
    @Test
    void aStepWhileTheProgramWasOffIsNoticedOnce() {
        Duration year = Duration.ofDays(365);
        clock.advance(year);
        open.record("1");
        clock.advance(year.negated());
        open.restart();
        Job job = open.take();
        ledger.leases().release(job, HOUR);
        open.restart();

        assertThat(ledger.jobs().find("1").orElseThrow().dueAt()).isEqualTo(clock.instant().plus(HOUR));
    }

    @Test
    void theDaysLimitEndsAtMidnightAllTheSame() {
        Instant midnight = clock.instant().plus(Duration.ofHours(12));
        held("1", midnight);
        setBack(HOUR);
        assertThat(ledger.jobs().find("1").orElseThrow().dueAt()).isEqualTo(midnight);

        held("2", midnight.plus(Duration.ofDays(365)));
        setBack(HOUR);
        assertThat(ledger.jobs().find("2").orElseThrow().dueAt()).as("no day ends so late").isEqualTo(clock.instant());
    }

    private void held(String id, Instant until) {
        open.record(id);
        ledger.transitions().overBudget(open.take(), "The day's limit", Optional.empty(), Optional.of(until));
        ledger.transitions().filed(open.claim(Due.UNFILED), "parked/bundle");
    }

    private void generating(String id) {
        open.record(id);
        ledger.transitions().generating(ledger.transitions().submitting(open.take()), "model", "q", Optional.empty(),
                clock.instant(), clock.instant());
    }

    private void setBack(Duration step) {
        ledger.clockWatch().look();
        clock.advance(step.negated());
        ledger.clockWatch().look();
    }
}
