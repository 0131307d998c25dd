package io.github.venicevideo.venice.answer;

import java.time.Instant;

/**
 * Too fast, or too busy: nothing is lost, ask again later (contract, "Errors", 429 and 503).
 *
 * @param until when, at least a second and at most ten minutes after the answer
 * @param told whether the server named that time; if not, the caller's own back-off may be longer
 * @param message what the server said
 */
public record Wait(Instant until, boolean told, String message)
        implements QueueOutcome, RetrieveOutcome, QuoteOutcome, CompleteOutcome {

    private static final int SHORTEST_SECONDS = 1;
    private static final int UNTOLD_SECONDS = 15;

    /** For a 429: the later of the window's reset and {@code Retry-After}. */
    static Wait untilReset(Answer answer, ApiError error) {
        return until(answer, error, RateHeaders.of(answer).latest().orElse(null));
    }

    /** For a 503, whose rate headers speak of the window and not of the trouble: {@code Retry-After} only. */
    static Wait retryAfter(Answer answer, ApiError error) {
        return until(answer, error, RateHeaders.of(answer).retryAfter().orElse(null));
    }

    private static Wait until(Answer answer, ApiError error, Instant told) {
        Instant now = Instant.ofEpochMilli(answer.receivedAt());
        if (told == null) {
            return new Wait(now.plusSeconds(UNTOLD_SECONDS), false, error.message());
        }
        Instant soonest = now.plusSeconds(SHORTEST_SECONDS);
        return new Wait(told.isBefore(soonest) ? soonest : told, true, error.message());
    }
}
