package io.github.venicevideo;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * Lets a clock run fast while nothing is under way in a context, and stand still meanwhile: what a program and its sandbox do
 * takes no time, and what they wait for passes quickly. On a machine that is busy it runs slower, as everything does.
 */
public final class IdleTicker implements AutoCloseable {

    private static final Pattern CLAIMING = Pattern.compile("venice-jobs://(received|generating)");

    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final MovableClock clock;

    public IdleTicker(MovableClock clock) {
        this.clock = clock;
    }

    /** @param step how much passes in each idle millisecond */
    public void run(CamelContext context, Duration step) {
        ticker.scheduleWithFixedDelay(() -> {
            if (!isClaiming() && context.getInflightRepository().size() == 0) {
                clock.advance(step);
            }
        }, 1, 1, TimeUnit.MILLISECONDS);
    }

    /** Between a job's claim, which is synced to disk, and its exchange nothing is in flight yet. */
    private static boolean isClaiming() {
        Thread[] threads = new Thread[2 * Thread.activeCount()];
        return Arrays.stream(threads, 0, Thread.enumerate(threads)).anyMatch(thread ->
                thread.getState() == Thread.State.RUNNABLE && CLAIMING.matcher(thread.getName()).find());
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
