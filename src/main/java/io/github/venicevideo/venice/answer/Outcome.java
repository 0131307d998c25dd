package io.github.venicevideo.venice.answer;

import java.util.Locale;

/** What an answer, or the want of one, means for its job. */
public sealed interface Outcome permits QueueOutcome, RetrieveOutcome, QuoteOutcome, CompleteOutcome {

    /** Its name, such as {@code needs-consent}. */
    default String key() {
        return keyOf(getClass());
    }

    /** The name of all outcomes of a type. */
    static String keyOf(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
