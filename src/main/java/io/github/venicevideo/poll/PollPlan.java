package io.github.venicevideo.poll;

import java.time.Instant;
import java.util.Optional;

/** Decides when a job in the making is asked about. */
public interface PollPlan {

    /**
     * When to ask next.
     *
     * @param submittedAt when the API accepted the job
     * @param polledAt when it was asked about last; empty when never
     * @param averageMs the API's average for the model, in milliseconds; empty when not known yet
     */
    Instant nextPoll(Instant submittedAt, Optional<Instant> polledAt, Optional<Long> averageMs);
}
