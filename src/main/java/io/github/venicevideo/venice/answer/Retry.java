package io.github.venicevideo.venice.answer;

import java.time.Instant;
import java.util.Optional;

/**
 * The provider, or something on the way, is in trouble; the call changes nothing and may be made again, with
 * back-off (contract, "Errors", 500 to 504).
 *
 * @param status HTTP status; a 500 on retrieve may be this job's stored failure, so it gets a few tries only
 * @param notBefore when {@code Retry-After} allows it, at most ten minutes after the answer
 * @param message what was wrong with the answer
 * @param readable whether the API itself gave it, and not something on the way
 */
public record Retry(int status, Optional<Instant> notBefore, String message, boolean readable)
        implements RetrieveOutcome, QuoteOutcome, CompleteOutcome {

    /** A call that ended without an answer of the API. */
    public Retry(int status, Optional<Instant> notBefore, String message) {
        this(status, notBefore, message, false);
    }

    static Retry of(Answer answer, String message) {
        return of(answer, message, false);
    }

    static Retry of(Answer answer, String message, boolean readable) {
        return new Retry(answer.status(), RateHeaders.of(answer).retryAfter(), message, readable);
    }

    /** Whether the API refuses the question, in a way that the contract does not know. */
    public boolean isRefusal() {
        return readable && status >= 400 && status < 500;
    }
}
