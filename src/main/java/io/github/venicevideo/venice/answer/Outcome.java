package io.github.venicevideo.venice.answer;

import java.util.Locale;

/** What an answer, or the want of one, means for its job. */
public sealed interface Outcome permits QueueOutcome, RetrieveOutcome, QuoteOutcome, CompleteOutcome {

    /** Its name, such as {@code needs-consent}. */
    default String key() {
        return getClass().getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
