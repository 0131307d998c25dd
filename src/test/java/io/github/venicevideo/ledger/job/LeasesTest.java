package io.github.venicevideo.ledger.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.LedgerTest;
import io.github.venicevideo.ledger.OpenLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has which job in hand, and for how long. */
@Timeout(180)
class LeasesTest {

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final MovableClock clock = open.clock();
    private final Ledger ledger = open.ledger();

    @Test
    void theJobThatWaitedLongestIsTakenFirst() {
        open.record("3");
        clock.advance(Duration.ofSeconds(1));
        open.record("1");
        open.record("2");

        assertThat(List.of(open.take().id(), open.take().id(), open.take().id())).containsExactly("3", "1", "2");
        assertThat(ledger.leases().claim(Due.RECEIVED, OpenLedger.LEASE)).isEmpty();
    }

    @Test
    void aJobIsNotTakenBeforeItIsDue() {
        open.record("1");
        ledger.leases().release(open.take(), Duration.ofSeconds(10));

        clock.advance(Duration.ofMillis(9_999));
        assertThat(ledger.leases().claim(Due.RECEIVED, OpenLedger.LEASE)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(ledger.leases().claim(Due.RECEIVED, OpenLedger.LEASE)).isPresent();
    }

    @Test
    void aLeaseThatEndedIsTakenOverAndItsFormerOwnerCanChangeNothing() {
        open.record("1");
        Job first = open.take();
        clock.advance(OpenLedger.LEASE.plusMillis(1));
        Job second = open.take();

        assertThatThrownBy(() -> ledger.transitions().submitting(first)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> ledger.transitions().failed(first, Reason.REFUSED, "m", Optional.empty()))
                .isInstanceOf(LeaseLostException.class);
        ledger.leases().release(first, Duration.ZERO);
        ledger.leases().renew(first, Duration.ofHours(1));

        assertThat(ledger.transitions().submitting(second).state()).isEqualTo(JobState.SUBMITTING);
        assertThat(ledger.jobs().history("1")).hasSize(2);
    }

    @Test
    void whatIsInHandHereIsNotTakenWhenItsLeaseHasEnded() {
        open.record("1");
        Job job = open.take();
        ledger.inHand().begin(job);
        clock.advance(OpenLedger.LEASE.plusMinutes(5));

        assertThat(ledger.leases().claim(Due.RECEIVED, OpenLedger.LEASE)).isEmpty();
        assertThat(ledger.leases().claim("1", Due.RECEIVED, OpenLedger.LEASE)).isEmpty();
        assertThat(ledger.transitions().submitting(job).attempts()).isEqualTo(1);
        ledger.transitions().parked(job, Reason.IN_DOUBT, "m", Optional.empty());
        ledger.events().written(ledger.events().unwritten("1").get(0).id(), "parked");
        Job filing = open.claim(Due.UNFILED);
        ledger.inHand().begin(filing);
        ledger.transitions().filed(filing, "/parked/1");
        Job answered = ledger.parkedJobs().claim(ledger.jobs().find("1").orElseThrow(), OpenLedger.LEASE).orElseThrow();
        ledger.inHand().begin(answered);
        Job told = open.claim(Due.UNSENT);
        ledger.inHand().begin(told);
        clock.advance(OpenLedger.LEASE.plusMinutes(5));
        assertThat(ledger.parkedJobs().claim(answered, OpenLedger.LEASE)).isEmpty();
        assertThat(ledger.leases().claim(Due.UNSENT, OpenLedger.LEASE)).isEmpty();

        ledger.inHand().end(answered);
        ledger.inHand().end(told);
        assertThat(ledger.parkedJobs().claim(answered, OpenLedger.LEASE)).isPresent();
        assertThat(ledger.leases().claim(Due.UNSENT, OpenLedger.LEASE)).isPresent();
    }

    @Test
    void aLeaseThatIsRenewedHolds() {
        open.record("1");
        Job job = open.take();
        clock.advance(OpenLedger.LEASE.minusSeconds(1));
        ledger.leases().renew(job, OpenLedger.LEASE);
        clock.advance(OpenLedger.LEASE.minusSeconds(1));

        assertThat(ledger.leases().claim(Due.RECEIVED, OpenLedger.LEASE)).isEmpty();
        assertThat(ledger.transitions().submitting(job).attempts()).isEqualTo(1);
    }

    @Test
    void manyClaimantsNeverGetTheSameJob() throws Exception {
        ledger.newJobs().record(IntStream.range(0, 60).mapToObj(number -> LedgerTest.job("job-" + number)).toList());
        ExecutorService claimants = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<String>>> each = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                each.add(() -> {
                    List<String> taken = new ArrayList<>();
                    for (Optional<Job> job = ledger.leases().claim(Due.RECEIVED, OpenLedger.LEASE); job.isPresent();
                            job = ledger.leases().claim(Due.RECEIVED, OpenLedger.LEASE)) {
                        taken.add(job.get().id());
                    }
                    return taken;
                });
            }
            List<String> taken = new ArrayList<>();
            for (Future<List<String>> result : claimants.invokeAll(each)) {
                taken.addAll(result.get());
            }
            assertThat(taken).hasSize(60).doesNotHaveDuplicates();
        } finally {
            claimants.shutdownNow();
        }
    }

    @Test
    void whatIsRecordedIsThereAfterARestartAndClaimsOfTheDeadAreFree() {
        open.record("1");
        open.take();
        open.restart();

        assertThat(ledger.leases().claim(Due.RECEIVED, OpenLedger.LEASE)).map(Job::id).contains("1");
    }

    @Test
    void whoWaitsForWorkIsWokenByTheChangeThatMakesIt() throws Exception {
        long seen = ledger.wakeups().version(Due.RECEIVED);
        open.record("1");

        ledger.wakeups().await(Due.RECEIVED, seen, Duration.ofHours(1).toMillis());

        assertThat(ledger.wakeups().version(Due.RECEIVED)).isGreaterThan(seen);
        assertThat(ledger.wakeups().version(Due.GENERATING)).isZero();
    }
}
