package io.github.venicevideo.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ForManyTest {

    private static final ForMany TOLD = new ForMany(7, 3_500_000, 0, Instant.parse("2026-11-03T10:00:00.123Z"));

    @Test
    void whatIsToldIsUnderstoodWhenItComesBack() {
        assertThat(TOLD).hasToString("7 jobs, 3.50 USD, parked until 2026-11-03T10:00:00.123Z");
        assertThat(ForMany.told(" " + TOLD + "\n")).contains(TOLD);
        ForMany unpriced = new ForMany(1, 0, 1, TOLD.until());
        assertThat(ForMany.told(unpriced.toString())).contains(unpriced);
    }

    @Test
    void whatIsOnlyLikeItIsNot() {
        assertThat(ForMany.told("")).isEmpty();
        assertThat(ForMany.told("yes")).isEmpty();
        assertThat(ForMany.told("7 jobs, 3.50 USD")).isEmpty();
        assertThat(ForMany.told("7 jobs, 3.50 USD, parked until tomorrow")).isEmpty();
        assertThat(ForMany.told("7 jobs, -3.50 USD, parked until 2026-11-03T10:00:00Z")).isEmpty();
    }

    @Test
    void moreThanWasToldIsNotAgreedTo() {
        assertThat(new ForMany(6, 3_000_000, 0, TOLD.until()).isWithin(TOLD)).isTrue();
        assertThat(new ForMany(8, 3_500_000, 0, TOLD.until()).isWithin(TOLD)).isFalse();
        assertThat(new ForMany(7, 3_500_001, 0, TOLD.until()).isWithin(TOLD)).isFalse();
        assertThat(new ForMany(7, 3_000_000, 1, TOLD.until()).isWithin(TOLD)).isFalse();
    }
}
