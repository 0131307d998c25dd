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
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 3;

    private final Clock clock;
    private int failures;
    private Instant next = Instant.MIN;

    Breaker(Clock clock) {
        this.clock = clock;
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

    synchronized void failed() {
        failures++;
        begun();
    }

    synchronized void worked() {
        failures = 0;
    }

    private Duration pause() {
        return FIRST.multipliedBy(1L << Math.min(Math.max(failures - IN_A_ROW, 0), MOST_DOUBLINGS));
    }
}
