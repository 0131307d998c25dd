package io.github.venicevideo.ledger.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.OpenLedger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Work that goes on beside a job's state, with a lease of its own. */
@Timeout(180)
class ErrandsTest {

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final MovableClock clock = open.clock();
    private final Ledger ledger = open.ledger();

    @Test
    void anErrandHoldsUpNothingAndIsGivenBackByItself() {
        park();
        assertThat(ledger.leases().claim(Due.UNSENT, OpenLedger.LEASE)).isEmpty();
        file();

        Job told = open.claim(Due.UNSENT);
        assertThat(told.id()).isEqualTo("1");
        assertThat(ledger.leases().claim(Due.UNSENT, OpenLedger.LEASE)).isEmpty();
        ledger.parkedJobs().answeredToSend(ledger.jobs().find("1").orElseThrow(), "Anna answered resubmit");
        assertThat(open.take().id()).isEqualTo("1");

        ledger.errands().later(Due.UNSENT, told, Duration.ofMinutes(1));
        assertThat(ledger.leases().claim(Due.UNSENT, OpenLedger.LEASE)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        Job again = open.claim(Due.UNSENT);
        ledger.events().told(again);
        ledger.errands().release(Due.UNSENT, again);
        Job last = open.claim(Due.UNSENT);
        ledger.events().sent(ledger.events().unsent("1").get(0).id());
        ledger.events().told(last);
        clock.advance(OpenLedger.LEASE.plusSeconds(1));
        assertThat(ledger.leases().claim(Due.UNSENT, OpenLedger.LEASE)).isEmpty();
    }

    @Test
    void whatAnErrandNotesBearsTheStateThatTheJobHasComeToMeanwhile() {
        open.record("1");
        Job sent = ledger.transitions().submitting(open.take());
        Job before = ledger.transitions().generating(sent, "model", "q", Optional.empty(), clock.instant(), clock.instant());
        ledger.transitions().failed(open.claim(Due.GENERATING), Reason.EXPIRED, "m", Optional.empty());

        ledger.remaps().unpriced(before, "What it costs cannot be had");

        assertThat(ledger.jobs().history("1")).last().extracting(HistoryEntry::state).isEqualTo(JobState.FAILED);
    }

    @Test
    void aLeaseThatIsRenewedHolds() {
        park();
        file();
        Job job = open.claim(Due.UNSENT);
        clock.advance(OpenLedger.LEASE.minusSeconds(1));
        ledger.errands().renew(Due.UNSENT, job, OpenLedger.LEASE);
        clock.advance(OpenLedger.LEASE.minusSeconds(1));

        assertThat(ledger.leases().claim(Due.UNSENT, OpenLedger.LEASE)).isEmpty();
    }

    @Test
    void aLateWorkerDoesNotTouchTheLeaseOfTheNext() {
        park();
        file();
        Job late = open.claim(Due.UNSENT);
        clock.advance(OpenLedger.LEASE.plusMillis(1));
        Job next = open.claim(Due.UNSENT);

        ledger.errands().release(Due.UNSENT, late);
        assertThat(ledger.leases().claim(Due.UNSENT, OpenLedger.LEASE)).isEmpty();
        ledger.errands().later(Due.UNSENT, late, Duration.ZERO);
        assertThat(ledger.leases().claim(Due.UNSENT, OpenLedger.LEASE)).isEmpty();
        assertThat(ledger.errands().tries(Due.UNSENT, "1")).isZero();

        ledger.errands().renew(Due.UNSENT, late, Duration.ofHours(1));
        clock.advance(OpenLedger.LEASE.plusMillis(1));
        assertThat(open.claim(Due.UNSENT).leaseOwner()).isPresent().isNotEqualTo(next.leaseOwner());
    }

    @Test
    void aLateWorkerEndsNothingThatWasBegunAnewMeanwhile() {
        deliver();
        Job late = open.claim(Due.CLEANUP);
        clock.advance(OpenLedger.LEASE.plusMillis(1));
        Job next = open.claim(Due.CLEANUP);

        ledger.cleanUps().deleted(late, "The remote copy was deleted");
        assertThat(cleanUps()).containsExactly("open");
        ledger.cleanUps().later(late, clock.instant(), "Too busy");
        assertThat(ledger.leases().claim(Due.CLEANUP, OpenLedger.LEASE)).isEmpty();

        ledger.cleanUps().deleted(next, "The remote copy was deleted");
        assertThat(cleanUps()).containsExactly("deleted");
        assertThat(ledger.jobs().history("1")).last().extracting(HistoryEntry::message)
                .isEqualTo(Optional.of("The remote copy was deleted"));
    }

    @Test
    void theStateOfItsJobIsNotInTheHandsOfAnErrand() {
        park();
        file();
        Job errand = open.claim(Due.UNSENT);

        assertThatThrownBy(() -> ledger.transitions().failed(errand, Reason.REFUSED, "m", Optional.empty()))
                .isInstanceOf(LeaseLostException.class);
        ledger.leases().release(errand, Duration.ofHours(1));
        assertThat(ledger.jobs().find("1").orElseThrow().dueAt()).isEqualTo(clock.instant());
    }

    private void park() {
        open.record("1");
        ledger.transitions().parked(open.take(), Reason.IN_DOUBT, "m", Optional.empty());
        ledger.events().written(ledger.events().unwritten("1").get(0).id(), "parked");
    }

    private void file() {
        ledger.transitions().filed(open.claim(Due.UNFILED), "/parked/1");
    }

    private void deliver() {
        open.record("1");
        Job job = ledger.transitions().submitting(open.take());
        ledger.transitions().generating(job, "model", "queue-1", Optional.empty(), clock.instant(), clock.instant());
        ledger.transitions().retrieved(open.claim(Due.GENERATING), new Video(9, "sha", 5_000, 96, 96));
        ledger.transitions().delivered(open.claim(Due.RETRIEVED));
    }

    /** The state of each. */
    private List<String> cleanUps() {
        return ledger.jdbi().withHandle(handle -> handle.createQuery("SELECT state FROM errand WHERE kind = 'cleanup'")
                .mapTo(String.class).list());
    }
}
