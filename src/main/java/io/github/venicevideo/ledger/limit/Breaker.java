package io.github.venicevideo.ledger.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Speaks for all calls of a kind: when several in a row have failed, whichever jobs they were for, one call at a time tries
 * again, and the others wait without failing too. The first that is answered lets all go on.
 */
public final class Breaker {

    private static final int IN_A_ROW = 5;
    private static final int MOST_DOUBLINGS = 3;

    private final Clock clock;
    private final Duration first;
    private int failures;
    private Instant next = Instant.MIN;

    /** @param first the first pause; it doubles {@value #MOST_DOUBLINGS} times */
    Breaker(Clock clock, Duration first) {
        this.clock = clock;
        this.first = first;
    }

    /** Begins a call, where one may be made now. */
    public synchronized boolean begin() {
        boolean allowed = allows();
        if (allowed) {
            begun();
        }
        return allowed;
    }

    /** Whether calls have failed for so long that each that waits has waited as long as it would try by itself. */
    public synchronized boolean isLasting() {
        return failures >= IN_A_ROW + MOST_DOUBLINGS;
    }

    /** Whether a call may be made now. */
    public synchronized boolean allows() {
        Instant now = clock.instant();
        // A time further ahead than any pause is from a clock that was set back.
        return failures < IN_A_ROW || !next.isAfter(now) || next.isAfter(now.plus(pause()));
    }

    /** When the next call may be made that is not allowed now. */
    public synchronized Instant nextAt() {
        return next;
    }

    /** A call is about to be made; while others fail, it is the only one for a while. */
    public synchronized void begun() {
        if (failures >= IN_A_ROW) {
            next = clock.instant().plus(pause());
        }
    }

    /** A call has failed, through no fault of its own. */
    public synchronized void failed() {
        failures++;
        begun();
    }

    /** A call was answered. */
    public synchronized void worked() {
        failures = 0;
    }

    private Duration pause() {
        return first.multipliedBy(1L << Math.min(Math.max(failures - IN_A_ROW, 0), MOST_DOUBLINGS));
    }
}
