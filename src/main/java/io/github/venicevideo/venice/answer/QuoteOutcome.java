package io.github.venicevideo.venice.answer;

/** What an answer to {@code POST /video/quote} means. */
public sealed interface QuoteOutcome extends Outcome permits QuoteOutcome.Priced, QuoteOutcome.NoPrice, MediaChanged, Refused, Wait, AccountTrouble, Retry {

    /**
     * A price. It proves no more than a price: the queue may still refuse the request.
     *
     * @param microUsd millionths of a US dollar, rounded up, above 0, at most 10,000 USD
     */
    record Priced(long microUsd) implements QuoteOutcome {
    }

    /**
     * No price, in this form of the question: a refusal of it, or a price of nothing. It proves nothing about the queue.
     *
     * @param refused whether the question was refused, so that asking the same again is of no use
     * @param message what was said, field by field
     */
    record NoPrice(boolean refused, String message) implements QuoteOutcome {
    }
}
