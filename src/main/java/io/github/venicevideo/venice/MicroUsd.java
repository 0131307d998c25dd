package io.github.venicevideo.venice;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Micro-dollars: millionths of a US dollar, in which prices and limits are kept and added up, exactly. */
public final class MicroUsd {

    private static final int DIGITS = 6;
    private static final int CENTS = 2;

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

    /** The amount in USD, with two decimals, and up to six where they are needed. */
    public static BigDecimal toUsd(long micros) {
        BigDecimal shortest = BigDecimal.valueOf(micros, DIGITS).stripTrailingZeros();
        return shortest.scale() < CENTS ? shortest.setScale(CENTS) : shortest;
    }

    /** The same as a text, such as {@code 0.50}: all that is printed, logged or written has its amounts from here. */
    public static String text(long micros) {
        return toUsd(micros).toPlainString();
    }
}
