package io.github.venicevideo.venice;

import java.time.Instant;
import java.util.Optional;

/**
 * The provider, or something on the way, is in trouble; the call changes nothing and may be made again, with
 * back-off (contract, "Errors", 500 to 504).
 *
 * @param status HTTP status; a 500 on retrieve may be this job's stored failure, so it gets a few tries only
 * @param notBefore when {@code Retry-After} allows it, at most ten minutes after the answer
 * @param message what was wrong with the answer
 */
public record Retry(int status, Optional<Instant> notBefore, String message)
        implements RetrieveOutcome, QuoteOutcome, CompleteOutcome {

    static Retry of(Answer answer, String message) {
        return new Retry(answer.status(), RateHeaders.of(answer).retryAfter(), message);
    }

    @Override
    public String key() {
        return "retry";
    }
}
