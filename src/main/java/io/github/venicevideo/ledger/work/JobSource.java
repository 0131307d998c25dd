package io.github.venicevideo.ledger.work;

import io.github.venicevideo.ledger.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Chooses and claims the job that a consumer of {@code venice-jobs} works on next. It is asked when a worker is free,
 * and never waits: what has to wait holds neither worker nor lease meanwhile.
 */
public interface JobSource {

    /** @param lease how long the claim is to hold */
    Next next(Duration lease);

    /**
     * What there is to do.
     *
     * @param job the job, claimed
     * @param notBefore without a job: when asking again makes sense; empty when that is not known
     */
    record Next(Optional<Job> job, Optional<Instant> notBefore) {

        /** A job that was claimed. */
        public static Next of(Job job) {
            return new Next(Optional.of(job), Optional.empty());
        }

        /** Nothing now. */
        public static Next nothing() {
            return new Next(Optional.empty(), Optional.empty());
        }

        /** Nothing before that time. */
        public static Next notBefore(Instant at) {
            return new Next(Optional.empty(), Optional.of(at));
        }
    }
}
