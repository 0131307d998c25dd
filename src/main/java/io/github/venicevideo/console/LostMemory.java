package io.github.venicevideo.console;

import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Knows whether memory has run out in a step of our routes. A program of our own ends then; a host's goes on, with whatever was under
 * way half done.
 */
public final class LostMemory implements InterceptStrategy {

    private static final String OURS = "venice-";
    private static final int DEEPEST_CAUSE = 20;

    /** The route; nothing is made for it at the moment, when there is no room. */
    private volatile String lostIn = "";

    private LostMemory() {
    }

    /** Sees the steps of our routes; to be called before any of them is added. */
    public static LostMemory watch(CamelContext context) {
        LostMemory memory = new LostMemory();
        context.getCamelContextExtension().addInterceptStrategy(memory);
        return memory;
    }

    /** Whether it is what something failed of. */
    public static boolean isCauseOf(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /** A sentence, once it has, until the program is started anew. */
    public Optional<String> lost() {
        return lostIn.isEmpty() ? Optional.empty() : Optional.of("Memory ran out in " + lostIn + ". What was under way then may be"
                + " half done, and stay so. Start the program anew, with more memory (-Xmx): what is on disk is enough to go on from.");
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        String route = String.valueOf(ProcessorDefinitionHelper.getRouteId(definition));
        return !route.startsWith(OURS) ? target : new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    return super.process(exchange, doneSync -> {
                        look(route, exchange.getException());
                        callback.done(doneSync);
                    });
                } catch (OutOfMemoryError e) {
                    look(route, e);
                    throw e;
                }
            }
        };
    }

    private void look(String route, Throwable failure) {
        if (isCauseOf(failure)) {
            lostIn = route;
        }
    }
}
