package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.drop.Source;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * Lets a route consume from a source by the source's name. Its URI may hold credentials, and what is a template's parameter
 * is logged.
 */
final class SourceComponent extends DefaultComponent {

    private static final String SCHEME = "venice-source";

    private final Map<String, String> uris = new ConcurrentHashMap<>();

    /** The one of a context. */
    static SourceComponent of(CamelContext context) {
        if (context.hasComponent(SCHEME) == null) {
            context.addComponent(SCHEME, new SourceComponent());
        }
        return context.getComponent(SCHEME, SourceComponent.class);
    }

    /** @param uri the consumer's, complete */
    void put(Source source, String uri) {
        uris.put(source.name(), uri);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        return getCamelContext().getEndpoint(uris.get(name));
    }
}
