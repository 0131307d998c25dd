package io.github.venicevideo.venice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MicroUsdTest {

    @Test
    void amountsAreExactAndPricesAreRoundedUp() {
        assertThat(MicroUsd.of(new BigDecimal("2.50"))).isEqualTo(2_500_000);
        assertThatThrownBy(() -> MicroUsd.of(new BigDecimal("0.0000001"))).isInstanceOf(ArithmeticException.class);
        assertThat(MicroUsd.ofPrice(new BigDecimal("0.0000001"))).isEqualTo(1);
        assertThat(MicroUsd.ofPrice(new BigDecimal("0.35"))).isEqualTo(350_000);
    }

    @Test
    void theyAreToldInDollars() {
        assertThat(MicroUsd.toUsd(350_000)).isEqualTo(new BigDecimal("0.35"));
        assertThat(MicroUsd.text(350_000)).isEqualTo("0.35");
        assertThat(MicroUsd.text(10_000_000)).isEqualTo("10.00");
        assertThat(MicroUsd.text(500_000)).isEqualTo("0.50");
        assertThat(MicroUsd.text(1)).isEqualTo("0.000001");
        assertThat(MicroUsd.text(0)).isEqualTo("0.00");
    }
}
