package io.github.venicevideo.poll;

import java.util.Optional;

/** Whether there is anything to tell of a job that is still being made: a few times in its making, however often it is asked about. */
final class Progress {

    private static final int PARTS = 4;
    private static final long MINUTE = 60_000;

    private Progress() {
    }

    /**
     * Whether a quarter of its time is over since it was asked about last; where nobody knows how long it takes, whether it has been
     * twice as many minutes.
     *
     * @param before how long it had been in the making then, in milliseconds; negative: it was not asked about
     * @param now how long it has been by now
     * @param average how long such jobs take
     */
    static boolean isNews(long before, long now, Optional<Long> average) {
        return before < 0 || part(before, average) < part(now, average);
    }

    private static long part(long millis, Optional<Long> average) {
        return average.filter(usual -> usual > 0).map(usual -> Math.min(PARTS, PARTS * millis / usual))
                .orElseGet(() -> (long) Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, millis) / MINUTE));
    }
}
