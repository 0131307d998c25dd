package io.github.venicevideo.venice.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What an account holds, in millionths of each currency.
 *
 * @param usd micro-dollars
 * @param diem the same of the provider's own currency
 */
public record Balance(long usd, long diem) {

    private static final int DECIMALS = 6;
    private static final int LONGEST = 30;

    /** What the headers of an answer say was there before its call; empty where they say nothing. */
    public static Optional<Balance> before(Answer answer) {
        return of(answer.headers().get("x-venice-balance-usd"), answer.headers().get("x-venice-balance-diem"));
    }

    /** What an answer to {@code GET /billing/balance} says; empty where it says nothing. */
    public static Optional<Balance> now(Answer answer) {
        JsonNode balances = answer.success() ? answer.json().map(body -> body.path("balances"))
                .orElseGet(() -> Json.mapper().createObjectNode()) : Json.mapper().createObjectNode();
        return of(balances.path("usd").asText(null), balances.path("diem").asText(null));
    }

    private static Optional<Balance> of(String usd, String diem) {
        Optional<Long> dollars = micros(usd);
        Optional<Long> own = micros(diem);
        return dollars.isEmpty() && own.isEmpty() ? Optional.empty() : Optional.of(new Balance(dollars.orElse(0L), own.orElse(0L)));
    }

    private static Optional<Long> micros(String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text.strip()).setScale(DECIMALS, RoundingMode.HALF_UP).movePointRight(DECIMALS)
                    .longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return MicroUsd.text(usd) + " USD" + (diem == 0 ? "" : " and " + MicroUsd.text(diem) + " DIEM");
    }
}
