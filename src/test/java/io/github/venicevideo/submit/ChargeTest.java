package io.github.venicevideo.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.ledger.limit.Balances;
import io.github.venicevideo.venice.answer.Balance;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two balances tell of a request without an answer, and that they often tell nothing. */
class ChargeTest {

    private static final Instant SEEN = Instant.parse("2026-11-22T18:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "10000000, 9500000, 0, 500000, charged",
        "10000000, 9495001, 0, 500000, charged",
        "10000000, 9500000, 0, , charged",
        "10000000, 10000000, 0, 500000, not charged",
        "10000000, 9000000, 0, 500000, cannot tell",
        "10000000, 12000000, 0, 500000, cannot tell",
        "10000000, 9500000, 1, 500000, cannot tell",
        "10000000, 10000000, 2, 500000, cannot tell",
        ", 9500000, 0, 500000, cannot tell",
        "10000000, , 0, 500000, cannot tell"})
    void theRuleAsSoonAsAnythingElseRanIsThatNobodyCanTell(Long before, Long now, long others, Long price, String verdict) {
        assertThat(charge(before, now, others, price).verdict()).hasToString(verdict);
    }

    @Test
    void theSentenceSaysWhatIsKnown() {
        assertThat(charge(10_000_000L, 9_500_000L, 0, 500_000L).sentence())
                .contains("10.00 USD before (seen 2026-11-22T18:00:00Z)").contains("9.50 USD now").contains("no other job")
                .contains("So: charged.");
        assertThat(charge(null, null, 1, null).sentence()).contains("not known before").contains("could not be asked")
                .contains("1 other job was sent meanwhile").contains("So: cannot tell.");
    }

    private static Charge charge(Long before, Long now, long others, Long price) {
        return new Charge(Optional.ofNullable(before).map(usd -> new Balances.Seen(new Balance(usd, 0), SEEN)),
                Optional.ofNullable(now).map(usd -> new Balance(usd, 0)), others, Optional.ofNullable(price));
    }
}
