package io.github.venicevideo.api;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which of the jobs in the making is asked about next. It is asked whenever the limit on questions allows one,
 * so it says what that one is spent on, and not how many there are.
 */
public interface PollPlan {

    /**
     * The job to ask about now.
     *
     * @param jobs those that may be asked about
     * @param speeds what is known of the models, by name; of a model that is missing nothing is known yet
     * @return empty when no job is worth a question yet
     */
    Optional<InFlight> next(Collection<InFlight> jobs, Map<String, ModelSpeed> speeds, Instant now);
}
