package io.github.venicevideo.sandbox.api;

import io.github.venicevideo.sandbox.call.ApiError;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The balance, in micro-dollars. */
public final class Account {

    /** The header that says what was there before a request. */
    static final String BEFORE = "x-venice-balance-usd";

    private long micros;

    public Account(BigDecimal usd) {
        set(usd);
    }

    static long micros(BigDecimal usd) {
        return usd.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    public static BigDecimal usd(long micros) {
        return BigDecimal.valueOf(micros, 6);
    }

    public synchronized void set(BigDecimal usd) {
        micros = micros(usd);
    }

    public synchronized BigDecimal balance() {
        return usd(micros);
    }

    /** @throws ApiError 402 when nothing is left: known before a body is read */
    synchronized void requireSome() {
        if (micros <= 0) {
            throw insufficient();
        }
    }

    /** @return the balance before, in US dollars. @throws ApiError 402 when it is short */
    synchronized BigDecimal charge(long price) {
        if (micros < price) {
            throw insufficient();
        }
        BigDecimal before = usd(micros);
        micros -= price;
        return before;
    }

    /** What {@code X-Balance-Remaining} says. */
    String header() {
        return balance().toPlainString();
    }

    private static ApiError insufficient() {
        return ApiError.nested(402, "billing_error", "INSUFFICIENT_BALANCE",
                "Insufficient USD or Diem balance to complete the request.");
    }
}
