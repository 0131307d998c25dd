package io.github.venicevideo.venice;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Micro-dollars: millionths of a US dollar, in which prices and limits are kept and added up, exactly. */
public final class MicroUsd {

    private static final int DIGITS = 6;

    private MicroUsd() {
    }

    /**
     * An amount in micro-dollars.
     *
     * @throws ArithmeticException when it has more than six decimals, or is beyond what a {@code long} holds
     */
    public static long of(BigDecimal usd) {
        return usd.movePointRight(DIGITS).longValueExact();
    }

    /**
     * A price in micro-dollars, rounded up: it is never taken for less than it is.
     *
     * @throws ArithmeticException when it is beyond what a {@code long} holds
     */
    public static long ofPrice(BigDecimal usd) {
        return usd.movePointRight(DIGITS).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /** The amount in USD, with six decimals. */
    public static BigDecimal toUsd(long micros) {
        return BigDecimal.valueOf(micros, DIGITS);
    }

    /** The amount in USD as people write it, such as {@code 0.5}. */
    public static String text(long micros) {
        return toUsd(micros).stripTrailingZeros().toPlainString();
    }
}
