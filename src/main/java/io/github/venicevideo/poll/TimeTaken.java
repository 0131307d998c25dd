package io.github.venicevideo.poll;

import io.github.venicevideo.api.ModelSpeed;
import io.github.venicevideo.ledger.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a video took, as far as two questions tell: it was still being made at the one, and was done at the other.
 * When they lie too far apart, as after a night in which nobody asked, that says nothing of its model.
 */
final class TimeTaken {

    private static final Duration CLOSE = Duration.ofMinutes(1);

    private TimeTaken() {
    }

    /**
     * The middle of the time in which it must have been done, which errs least.
     *
     * @param job as it was before this answer
     * @param speed what is known of its model
     * @return empty where the truth may be something else altogether
     */
    static Optional<Duration> of(Job job, Instant now, ModelSpeed speed) {
        if (job.troubleCount() > 0) {
            // The last answer did not say that it was still being made.
            return Optional.empty();
        }
        Instant submitted = job.submittedAt().orElse(job.createdAt());
        Duration age = Duration.between(submitted, now);
        Duration gap = job.polledAt().map(at -> Duration.between(at, now)).orElse(age);
        boolean close = gap.compareTo(CLOSE) <= 0 || gap.toMillis() <= speed.medianMs();
        boolean smallPart = gap.multipliedBy(2).compareTo(age) <= 0;
        boolean wellOrdered = !gap.isNegative() && age.compareTo(gap) >= 0;
        return wellOrdered && (close || smallPart)
                ? Optional.of(job.polledAt().isPresent() ? age.minus(gap.dividedBy(2)) : age) : Optional.empty();
    }
}
