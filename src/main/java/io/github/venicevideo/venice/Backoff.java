package io.github.venicevideo.venice;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How long to leave alone what has just failed: twice as long each time, up to a bound, and never all at once.
 *
 * @param initial the first pause
 * @param max the longest pause
 */
public record Backoff(Duration initial, Duration max) {

    private static final int MOST_DOUBLINGS = 30;

    /**
     * The pause after so many failures in a row.
     *
     * @param failures from 1
     * @return between half of the doubled pause and all of it, so that jobs that failed together do not come back together
     */
    public Duration after(int failures, RandomGenerator random) {
        double doubled = initial.toMillis() * Math.pow(2, Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS));
        double bounded = Math.min(doubled, max.toMillis());
        return Duration.ofMillis(Math.round(bounded * (0.5 + random.nextDouble() / 2)));
    }

    /**
     * Whether a pause is over.
     *
     * @param until its end, as it was reckoned when it began; one further ahead than any pause is from a clock that was set
     *        back since
     */
    public boolean isOver(Instant until, Instant now) {
        return !now.isBefore(until) || until.isAfter(now.plus(max));
    }
}
