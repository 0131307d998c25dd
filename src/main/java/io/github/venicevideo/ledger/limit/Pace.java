package io.github.venicevideo.ledger.limit;

/**
 * How calls are spread, so that no window of 60 seconds, wherever it begins, holds more of them than a limit.
 *
 * @param intervalMs between two calls that follow each other, in milliseconds
 * @param burst how many may go out at once after a pause
 */
public record Pace(long intervalMs, int burst) {

    private static final long WINDOW_MS = 60_000;
    private static final int MOST_AT_ONCE = 3;

    /**
     * The pace under a limit: 120 a minute come to a burst of 3 and 115 a minute, 40 to a burst of 2 and 38.
     * What is left out is for calls that are delayed on their way, and arrive closer together than they left.
     *
     * @param perMinute at least 1
     */
    public static Pace under(int perMinute) {
        int burst = Math.max(1, Math.min(MOST_AT_ONCE, perMinute / 20));
        int spare = perMinute / 60;
        // One millisecond more, so that the call at the end of a window falls into the next one.
        return new Pace(WINDOW_MS / Math.max(1, perMinute - burst - spare) + 1, burst);
    }

    /** How far ahead of time the next call may be booked. */
    long leadMs() {
        return (burst - 1) * intervalMs;
    }
}
