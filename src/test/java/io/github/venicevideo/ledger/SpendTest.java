package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is reserved follows its job. */
@Timeout(60)
class SpendTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final long PRICE = 500_000;

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();

    @Test
    void aJobThatWaitsForAPersonHoldsNoMoneyOfTheDay() {
        Ledger ledger = new Ledger(folder, clock);
        ledger.start();
        try {
            ledger.newJobs().record(List.of(LedgerTest.job("1")));
            Job job = ledger.leases().claim(Due.RECEIVED, LEASE).orElseThrow();
            ledger.spend().reserve(job, PRICE, Optional.of(PRICE), Optional.empty(), ZoneOffset.UTC);
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            ledger.leases().putBack(job);
            assertThat(ledger.spend().spent(today)).isEqualTo(PRICE);

            ledger.transitions().parked(ledger.leases().claim(Due.RECEIVED, LEASE).orElseThrow(), "needs-consent",
                    "Taken back", Optional.empty());

            assertThat(ledger.spend().spent(today)).isZero();
        } finally {
            ledger.stop();
        }
    }
}
