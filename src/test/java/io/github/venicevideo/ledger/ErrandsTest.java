package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.venicevideo.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Work that goes on beside a job's state, with a lease of its own. */
@Timeout(60)
class ErrandsTest {

    private static final Duration LEASE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder, clock);
        ledger.start();
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void anErrandHoldsUpNothingAndIsGivenBackByItself() {
        park();
        assertThat(ledger.leases().claim(Due.UNSENT, LEASE)).isEmpty();
        file();

        Job told = claim(Due.UNSENT);
        assertThat(told.id()).isEqualTo("1");
        assertThat(ledger.leases().claim(Due.UNSENT, LEASE)).isEmpty();
        ledger.parkedJobs().answeredToSend(ledger.jobs().find("1").orElseThrow(), "Anna answered resubmit", Optional.empty());
        assertThat(claim(Due.RECEIVED).id()).isEqualTo("1");

        ledger.errands().later(Due.UNSENT, told, Duration.ofMinutes(1));
        assertThat(ledger.leases().claim(Due.UNSENT, LEASE)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        Job again = claim(Due.UNSENT);
        ledger.events().told(again);
        ledger.errands().release(Due.UNSENT, again);
        Job last = claim(Due.UNSENT);
        ledger.events().sent(ledger.events().unsent("1").get(0).id());
        ledger.events().told(last);
        clock.advance(LEASE.plusSeconds(1));
        assertThat(ledger.leases().claim(Due.UNSENT, LEASE)).isEmpty();
    }

    @Test
    void aLeaseThatIsRenewedHolds() {
        park();
        file();
        Job job = claim(Due.UNSENT);
        clock.advance(LEASE.minusSeconds(1));
        ledger.errands().renew(Due.UNSENT, job, LEASE);
        clock.advance(LEASE.minusSeconds(1));

        assertThat(ledger.leases().claim(Due.UNSENT, LEASE)).isEmpty();
    }

    @Test
    void aLateWorkerDoesNotTouchTheLeaseOfTheNext() {
        park();
        file();
        Job late = claim(Due.UNSENT);
        clock.advance(LEASE.plusMillis(1));
        Job next = claim(Due.UNSENT);

        ledger.errands().release(Due.UNSENT, late);
        assertThat(ledger.leases().claim(Due.UNSENT, LEASE)).isEmpty();
        ledger.errands().later(Due.UNSENT, late, Duration.ZERO);
        assertThat(ledger.leases().claim(Due.UNSENT, LEASE)).isEmpty();
        assertThat(ledger.errands().tries(Due.UNSENT, "1")).isZero();

        ledger.errands().renew(Due.UNSENT, late, Duration.ofHours(1));
        clock.advance(LEASE.plusMillis(1));
        assertThat(claim(Due.UNSENT).leaseOwner()).isPresent().isNotEqualTo(next.leaseOwner());
    }

    @Test
    void aLateWorkerEndsNothingThatWasBegunAnewMeanwhile() {
        deliver();
        Job late = claim(Due.CLEANUP);
        clock.advance(LEASE.plusMillis(1));
        Job next = claim(Due.CLEANUP);

        ledger.cleanUps().deleted(late, "The remote copy was deleted");
        assertThat(ledger.cleanUps().countByState()).containsOnly(entry("open", 1L));
        ledger.cleanUps().later(late, clock.instant(), "Too busy");
        assertThat(ledger.leases().claim(Due.CLEANUP, LEASE)).isEmpty();

        ledger.cleanUps().deleted(next, "The remote copy was deleted");
        assertThat(ledger.cleanUps().countByState()).containsOnly(entry("deleted", 1L));
        assertThat(ledger.jobs().history("1")).last().extracting(HistoryEntry::message)
                .isEqualTo(Optional.of("The remote copy was deleted"));
    }

    @Test
    void theStateOfItsJobIsNotInTheHandsOfAnErrand() {
        park();
        file();
        Job errand = claim(Due.UNSENT);

        assertThatThrownBy(() -> ledger.transitions().failed(errand, "r", "m", Optional.empty()))
                .isInstanceOf(LeaseLostException.class);
        ledger.leases().release(errand, Duration.ofHours(1));
        assertThat(ledger.jobs().find("1").orElseThrow().dueAt()).isEqualTo(clock.instant());
    }

    private void park() {
        ledger.newJobs().record(List.of(LedgerTest.job("1")));
        ledger.transitions().parked(claim(Due.RECEIVED), "in-doubt", "m", Optional.empty());
        ledger.events().written(ledger.events().unwritten("1").get(0).id(), "parked");
    }

    private void file() {
        ledger.transitions().filed(claim(Due.UNFILED), "/parked/1");
    }

    private void deliver() {
        ledger.newJobs().record(List.of(LedgerTest.job("1")));
        Job job = ledger.transitions().submitting(claim(Due.RECEIVED));
        ledger.transitions().generating(job, "model", "queue-1", Optional.empty(), clock.instant());
        ledger.transitions().retrieved(claim(Due.GENERATING), new Video(9, "sha", 5_000, 96, 96));
        ledger.transitions().delivered(claim(Due.RETRIEVED));
    }

    private Job claim(Due due) {
        return ledger.leases().claim(due, LEASE).orElseThrow();
    }
}
