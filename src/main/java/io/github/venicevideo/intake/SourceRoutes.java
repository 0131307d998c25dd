package io.github.venicevideo.intake;

import io.github.venicevideo.home.Source;
import io.github.venicevideo.settings.InvalidSettingException;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Gives each source a route of its own, from the template that fits it. */
public final class SourceRoutes {

    private final CamelContext context;

    public SourceRoutes(CamelContext context) {
        this.context = context;
    }

    /**
     * Adds the route of a source. Nothing is connected to yet.
     *
     * @throws InvalidSettingException when its component is not there, or its URI cannot be read
     */
    public void add(Source source) {
        if (context.getComponent(source.scheme()) == null) {
            throw new InvalidSettingException("venice.drop.sources." + source.name(), "", "a URI whose component is on the"
                    + " class path, and there is none for " + source.scheme() + ":");
        }
        SourceUri uri = SourceUri.of(source);
        TemplatedRouteBuilder.builder(context, "venice-bucket-source")
                .routeId(source.routeId())
                .parameter("source", source.name())
                .parameter("delay", uri.delay())
                .add();
    }
}
