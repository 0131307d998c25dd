package io.github.venicevideo.venice;

import java.time.Duration;

/**
 * How something is tried that may fail for good and is too dear to be given up soon: a few times after moments that double,
 * since most trouble passes, then at distances that double, so that these together span a given time.
 *
 * @param tries how many there are, at least 2
 * @param first the pause after the first failure
 * @param span the time that the long pauses take together
 */
public record Patience(int tries, Duration first, Duration span) {

    private static final int MOST_MOMENTS = 4;
    /** So that moments are not longer than what is called long, where that is short. */
    private static final int SHARE = 8;

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
        int moments = Math.max(1, Math.min(MOST_MOMENTS, tries - 2));
        if (failures <= moments) {
            Duration moment = first.multipliedBy(1L << (Math.max(failures, 1) - 1));
            Duration longest = span.dividedBy(SHARE);
            return failures <= 1 || moment.compareTo(longest) < 0 ? moment : longest;
        }
        int pauses = tries - 1 - moments;
        long shares = (1L << Math.max(pauses, 0)) - 1;
        return shares < 1 ? span : span.multipliedBy(1L << (Math.min(failures, tries - 1) - moments - 1)).dividedBy(shares);
    }
}
