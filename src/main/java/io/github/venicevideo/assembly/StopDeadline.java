package io.github.venicevideo.assembly;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Ends what is still on the wire a while after the context has begun to stop, so that what became of it is recorded before
 * the program has to be gone: container platforms kill it soon after. A context that is started again is not meant.
 */
final class StopDeadline extends SimpleEventNotifierSupport {

    /** Out of {@code Program.SHUTDOWN_SECONDS}; the rest is for recording. */
    static final Duration USUAL = Duration.ofSeconds(15);

    private final Duration after;
    private final Runnable end;
    private final Runnable allow;
    private volatile CompletableFuture<Void> deadline = CompletableFuture.completedFuture(null);

    /**
     * @param after how long what is on the wire has
     * @param end ends it, and lets nothing more out
     * @param allow lets calls out again
     */
    StopDeadline(Duration after, Runnable end, Runnable allow) {
        this.after = after;
        this.end = end;
        this.allow = allow;
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.CamelContextStoppingEvent || event instanceof CamelEvent.CamelContextStartingEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        deadline.cancel(false);
        if (event instanceof CamelEvent.CamelContextStoppingEvent) {
            deadline = CompletableFuture.runAsync(end,
                    CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS));
        } else {
            allow.run();
        }
    }

    /** Whether there is something to be ended after a while. */
    boolean isRunning() {
        return !deadline.isDone();
    }
}
