package io.github.venicevideo.ledger.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.LedgerTest;
import io.github.venicevideo.ledger.OpenLedger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is reserved follows its job. */
@Timeout(180)
public class SpendTest {

    private static final long PRICE = 500_000;

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final Ledger ledger = open.ledger();

    @Test
    void aJobThatWaitsForAPersonHoldsNoMoneyOfTheDay() {
        open.record("1");
        Job job = open.take();
        ledger.spend().reserve(job, PRICE, Optional.of(PRICE), Optional.empty(), ZoneOffset.UTC);
        LocalDate today = LocalDate.ofInstant(open.clock().instant(), ZoneOffset.UTC);
        ledger.leases().putBack(job);
        assertThat(ledger.spend().spent(today)).isEqualTo(PRICE);

        ledger.transitions().parked(open.take(), Reason.NEEDS_CONSENT, "Taken back", Optional.empty());

        assertThat(ledger.spend().spent(today)).isZero();
    }

    @Test
    void takesThatHaveReservedTheirPriceAreNotCountedAgainWhenOneOfThemComesBack() {
        List<NewJob> takes = IntStream.rangeClosed(1, 4).mapToObj(take -> take(take == 1 ? "1" : "1-" + take, take)).toList();
        ledger.newJobs().record(takes);
        Job first = open.take();
        Optional<Long> limit = Optional.of(4 * PRICE);
        assertThat(ledger.spend().reserve(first, PRICE, limit, Optional.empty(), ZoneOffset.UTC)).isEmpty();
        ledger.transitions().received(ledger.transitions().submitting(first), open.clock().instant(), "Too fast");

        for (int claimed = 0; claimed < 4; claimed++) {
            assertThat(ledger.spend().reserve(open.take(), PRICE, limit, Optional.empty(), ZoneOffset.UTC)).isEmpty();
        }

        assertThat(ledger.spend().spent(LocalDate.ofInstant(open.clock().instant(), ZoneOffset.UTC))).isEqualTo(4 * PRICE);
    }

    public static NewJob take(String id, int take) {
        NewJob job = LedgerTest.job(id);
        JobOptions options = new JobOptions(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false,
                take, 4);
        return new NewJob(id, job.bundle(), job.dropName(), job.reference(), job.state(), job.reason(), job.message(),
                job.detail(), job.api(), job.request(), options, job.contentHash() + take, job.model(), job.queueId(),
                job.downloadUrl(), job.submittedAt());
    }
}
