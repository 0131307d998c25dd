package io.github.venicevideo.assembly;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Service;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Binds what the routes name, each under its name; a bean of a host that is there under that name is taken instead. What was
 * put into the context is taken out again, the last first, where the rest of a start fails.
 */
public final class Beans {

    private static final String OURS = "venice-";

    private final CamelContext context;
    private final Model model;
    private final Set<Endpoint> endpointsBefore;
    private final Set<RouteDefinition> routesBefore;
    private final Deque<Undoing> undoing = new ArrayDeque<>();

    public Beans(CamelContext context) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.endpointsBefore = new HashSet<>(context.getEndpoints());
        this.routesBefore = Set.copyOf(model.getRouteDefinitions());
    }

    /** What they are bound in. */
    public CamelContext context() {
        return context;
    }

    public <T> T bind(String name, Class<T> type, Supplier<T> ours) {
        T there = context.getRegistry().lookupByNameAndType(name, type);
        if (there != null) {
            return there;
        }
        T made = ours.get();
        context.getRegistry().bind(name, made);
        onFailure(() -> context.getRegistry().unbind(name));
        return made;
    }

    /** Leaves it to the context to stop a service, the last first. */
    public void serve(Service started) throws Exception {
        onFailure(started::stop);
        context.addService(started, true, false);
        onFailure(() -> context.removeService(started));
    }

    /** Takes out what was put in otherwise. */
    public void onFailure(Undoing step) {
        undoing.push(step);
    }

    /** Leaves the context as it was, with its routes and endpoints; what cannot be taken out is added to the cause. */
    public void undo(Throwable cause) {
        onFailure(() -> {
            for (Endpoint endpoint : List.copyOf(context.getEndpoints())) {
                if (!endpointsBefore.contains(endpoint)) {
                    context.removeEndpoint(endpoint);
                }
            }
        });
        onFailure(() -> {
            for (RouteConfigurationDefinition configuration : List.copyOf(model.getRouteConfigurationDefinitions())) {
                if (configuration.getId().startsWith(OURS)) {
                    model.removeRouteConfiguration(configuration);
                }
            }
        });
        onFailure(() -> model.removeRouteTemplateDefinitions(OURS + "*"));
        onFailure(() -> model.removeRouteDefinitions(model.getRouteDefinitions().stream()
                .filter(route -> !routesBefore.contains(route)).toList()));
        while (!undoing.isEmpty()) {
            try {
                undoing.pop().run();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** Takes one thing out again. */
    @FunctionalInterface
    public interface Undoing {
        void run() throws Exception;
    }
}
