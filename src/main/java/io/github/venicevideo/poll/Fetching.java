package io.github.venicevideo.poll;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.limit.Breaker;
import io.github.venicevideo.venice.answer.Wait;
import java.util.Optional;

/**
 * Holds transfers back while many fail: where videos come from is out of reach then, and tries are few and dear. One at a time
 * tells whether it is there again, and the others wait without losing one of theirs.
 */
public final class Fetching {

    private static final int SERVER_ERROR = 500;

    private final Breaker breaker;
    private final Poll poll;

    public Fetching(Breaker breaker, Poll poll) {
        this.breaker = breaker;
        this.poll = poll;
    }

    /** Begins a transfer; or says until when the job's video is not to be fetched. */
    Optional<Wait> holds(Job job) {
        return breaker.begin() ? Optional.empty() : Optional.of(new Wait(poll.backedOff(job, Optional.of(breaker.nextAt())), true,
                "The video is finished; transfers fail at the moment, and one at a time is tried."));
    }

    /** A transfer begins that nobody can hold back: its bytes are coming. */
    void begun() {
        breaker.begun();
    }

    /** An answer that is no video; a refusal is that one job's own. */
    void answered(int status) {
        if (status >= SERVER_ERROR) {
            breaker.failed();
        } else {
            breaker.worked();
        }
    }

    void failed() {
        breaker.failed();
    }

    void worked() {
        breaker.worked();
    }
}
