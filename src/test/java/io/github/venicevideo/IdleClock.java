package io.github.venicevideo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;

/**
 * Runs fast while nothing is under way in a context, and stands still meanwhile: what a program and its sandbox do takes
 * no time, and what they wait for passes quickly. On a machine that is busy it runs slower, as everything does.
 */
public final class IdleClock extends Clock implements AutoCloseable {

    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private volatile Instant now = Instant.parse("2026-11-01T12:00:00Z");

    /** @param step how much passes in each idle millisecond */
    public void run(CamelContext context, Duration step) {
        ticker.scheduleWithFixedDelay(() -> {
            if (context.getInflightRepository().size() == 0) {
                now = now.plus(step);
            }
        }, 1, 1, TimeUnit.MILLISECONDS);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
