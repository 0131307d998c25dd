package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is reserved follows its job. */
@Timeout(60)
class SpendTest {

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

        ledger.transitions().parked(open.take(), "needs-consent", "Taken back", Optional.empty());

        assertThat(ledger.spend().spent(today)).isZero();
    }
}
