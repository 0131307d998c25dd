package io.github.venicevideo.venice;

import java.time.Duration;

/**
 * How something is tried that may fail for good and is too dear to be given up soon: once more after a moment, then at
 * distances that double, so that all tries together span a given time.
 *
 * @param tries how many there are, at least 2
 * @param first the pause after the first failure
 * @param span the time from the second try to the last
 */
public record Patience(int tries, Duration first, Duration span) {

    /** Whether nothing is left to be tried after so many failures. */
    public boolean isOver(int failures) {
        return failures >= tries;
    }

    /**
     * The pause after a failure.
     *
     * @param failures how many there were, from 1
     */
    public Duration after(int failures) {
        if (failures <= 1) {
            return first;
        }
        long shares = (1L << (tries - 2)) - 1;
        return shares < 1 ? span : span.multipliedBy(1L << (Math.min(failures, tries - 1) - 2)).dividedBy(shares);
    }
}
