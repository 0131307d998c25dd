package io.github.venicevideo.venice;

/** What an answer to {@code POST /video/quote} means. */
public sealed interface QuoteOutcome extends Outcome permits QuoteOutcome.Priced, Refused, Wait, AccountTrouble, Retry {

    /**
     * A price. It proves no more than a price: the queue may still refuse the request.
     *
     * @param microUsd millionths of a US dollar, rounded up, within 0 to 10,000 USD
     */
    record Priced(long microUsd) implements QuoteOutcome {
        @Override
        public String key() {
            return "priced";
        }
    }
}
