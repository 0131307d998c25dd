package io.github.venicevideo.venice.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.MicroUsd;
import java.math.BigDecimal;
import java.util.Optional;

/** Judges the answers to {@code POST /video/quote} (contract, "POST /video/quote"). */
public final class QuoteAnswer {

    private static final BigDecimal HIGHEST_USD = BigDecimal.valueOf(10_000);

    private QuoteAnswer() {
    }

    public static QuoteOutcome of(Answer answer) {
        if (answer.success()) {
            return answer.json().map(body -> body.path("quote")).flatMap(QuoteAnswer::price)
                    .orElseGet(() -> Retry.of(answer, "The answer holds no price that can be used."));
        }
        ApiError error = ApiError.of(answer);
        Optional<AccountTrouble> trouble = AccountTrouble.of(error);
        if (trouble.isPresent()) {
            return trouble.get();
        }
        if (answer.status() == 429) {
            return Wait.untilReset(answer, error);
        }
        boolean judged = answer.status() >= 400 && answer.status() < 500 && answer.status() != 408;
        if (!judged || !error.readable()) {
            return Retry.of(answer, error.message());
        }
        Refused refused = Refused.of(error);
        return refused.isAboutModel() ? refused : new QuoteOutcome.NoPrice(true, refused.sentence());
    }

    private static Optional<QuoteOutcome> price(JsonNode quote) {
        if (!quote.isNumber() || !Double.isFinite(quote.doubleValue()) || quote.doubleValue() < 0
                || quote.doubleValue() > HIGHEST_USD.doubleValue()) {
            return Optional.empty();
        }
        if (quote.doubleValue() == 0) {
            return Optional.of(new QuoteOutcome.NoPrice(false, "Venice says that it costs nothing."));
        }
        return Optional.of(new QuoteOutcome.Priced(MicroUsd.ofPrice(BigDecimal.valueOf(quote.doubleValue()))));
    }
}
