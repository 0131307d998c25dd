package io.github.venicevideo.assembly;

import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategy;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

/**
 * Gives each of our routes, when it is added, what it needs whatever a host has set for its context. The error handler that its
 * route configuration names: Camel passes that over where the context has a handler of its own, so that our steps would be
 * retried, or what they refuse would be swallowed. And no stream caching, which copies request bodies and videos to memory or
 * temporary files.
 */
public final class OwnRoutes implements ModelLifecycleStrategy {

    private static final String OURS = "venice-";

    private final Model model;

    private OwnRoutes(Model model) {
        this.model = model;
    }

    /** To be called before any of our routes is added. */
    public static void watch(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        if (model.getModelLifecycleStrategies().stream().noneMatch(OwnRoutes.class::isInstance)) {
            model.addModelLifecycleStrategy(new OwnRoutes(model));
        }
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (route.getId() != null && route.getId().startsWith(OURS)) {
            route.setStreamCache("false");
            Optional.ofNullable(route.getRouteConfigurationId()).stream().flatMap(ids -> Arrays.stream(ids.split(",")))
                    .flatMap(id -> Optional.ofNullable(model.getRouteConfigurationDefinition(id.strip())).stream())
                    .map(RouteConfigurationDefinition::getErrorHandler)
                    .filter(handler -> handler != null)
                    .forEach(handler -> route.setErrorHandlerFactory(handler.getErrorHandlerType()));
        }
    }

    @Override
    public void onRemoveRouteDefinition(RouteDefinition route) {
        // nothing is kept
    }

    @Override
    public void onAddRouteTemplateDefinition(RouteTemplateDefinition template) {
        // its routes are seen when they are added
    }

    @Override
    public void onRemoveRouteTemplateDefinition(RouteTemplateDefinition template) {
        // nothing is kept
    }
}
