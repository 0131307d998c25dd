package io.github.venicevideo.venice.answer;

/** What an answer means, as a route chooses on it. */
public sealed interface Outcome permits QueueOutcome, RetrieveOutcome, QuoteOutcome, CompleteOutcome {

    /** The name that a route's {@code choice} compares with, such as {@code needs-consent}. */
    String key();
}
