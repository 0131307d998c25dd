package io.github.venicevideo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultInflightRepository;

/**
 * Has a context that is stopping notice at once that its last step is through. Camel's strategy looks once a second, so that
 * whatever is in hand for a moment costs a whole one; what it waits for, and for how long at most, stays as it is.
 */
final class PromptStop extends DefaultInflightRepository {

    private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);
    private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(2);

    private final CamelContext context;

    PromptStop(CamelContext context) {
        this.context = context;
    }

    @Override
    public int size(String routeId) {
        long since = System.nanoTime();
        while (super.size(routeId) > 0 && context.isStopping() && System.nanoTime() - since < BETWEEN_LOOKS
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(A_MOMENT);
        }
        return super.size(routeId);
    }
}
