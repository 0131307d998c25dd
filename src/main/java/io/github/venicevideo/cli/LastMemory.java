package io.github.venicevideo.cli;

import io.github.venicevideo.console.LostMemory;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the program where memory has run out, as {@code -XX:+ExitOnOutOfMemoryError} does, which a start line may lack: whatever
 * was under way then may be half done, and would seem well. What is on disk is enough for a new start.
 */
final class LastMemory implements InterceptStrategy, Thread.UncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LastMemory.class);

    /** What the JVM's own option exits with. */
    static final int EXIT = 3;

    private final Runnable end;

    /** @param end does not come back */
    LastMemory(Runnable end) {
        this.end = end;
    }

    /** Sees every step of a context's routes, and every thread that ends by itself. */
    static void watch(CamelContext context) {
        LastMemory memory = new LastMemory(() -> Runtime.getRuntime().halt(EXIT));
        context.getCamelContextExtension().addInterceptStrategy(memory);
        Thread.setDefaultUncaughtExceptionHandler(memory);
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode definition, Processor target,
            Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    return super.process(exchange, doneSync -> {
                        look(exchange.getException());
                        callback.done(doneSync);
                    });
                } catch (OutOfMemoryError e) {
                    look(e);
                    throw e;
                }
            }
        };
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        look(failure);
        LOG.error("The thread {} ended", thread.getName(), failure);
    }

    private void look(Throwable failure) {
        if (LostMemory.isCauseOf(failure)) {
            end.run();
        }
    }
}
