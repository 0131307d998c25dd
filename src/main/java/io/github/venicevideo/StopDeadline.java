package io.github.venicevideo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Ends what is still on the wire a while after the context has begun to stop, so that what became of it is recorded before
 * the program has to be gone: container platforms kill it soon after.
 */
final class StopDeadline extends SimpleEventNotifierSupport {

    /** Out of {@link Program#SHUTDOWN_SECONDS}; the rest is for recording. */
    private static final int SECONDS = 15;

    private final Runnable end;

    StopDeadline(Runnable end) {
        this.end = end;
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.CamelContextStoppingEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(end);
    }
}
