package io.github.venicevideo.venice.answer;

/** What an answer to {@code POST /video/complete} means. None of these fails a delivered job. */
public sealed interface CompleteOutcome extends Outcome
        permits CompleteOutcome.Deleted, CompleteOutcome.NotDeleted, Wait, AccountTrouble, Retry {

    /** The remote copy is gone, or was already. */
    record Deleted() implements CompleteOutcome {
    }

    /**
     * The server would not: record it, try again later.
     *
     * @param message what the server said
     */
    record NotDeleted(String message) implements CompleteOutcome {
    }
}
