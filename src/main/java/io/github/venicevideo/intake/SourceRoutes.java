package io.github.venicevideo.intake;

import io.github.venicevideo.home.Source;
import io.github.venicevideo.settings.InvalidSettingException;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Gives each source a route of its own, from a template. */
public final class SourceRoutes {

    private static final String BUCKET = "aws2-s3";

    private final CamelContext context;

    public SourceRoutes(CamelContext context) {
        this.context = context;
    }

    /**
     * Adds the route of a source. Nothing is connected to yet.
     *
     * @throws InvalidSettingException when it is no bucket, or its URI cannot be read
     */
    public void add(Source source) {
        if (!source.scheme().equals(BUCKET)) {
            throw new InvalidSettingException("venice.drop.sources." + source.name(), "", "a URI that begins with " + BUCKET
                    + ":, and not with " + source.scheme() + ":; other sources are not there yet");
        }
        SourceUri uri = SourceUri.of(source);
        TemplatedRouteBuilder.builder(context, "venice-bucket-source")
                .routeId(source.routeId())
                .parameter("source", source.name())
                .parameter("delay", uri.delay())
                .add();
    }
}
