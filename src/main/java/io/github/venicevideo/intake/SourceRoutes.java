package io.github.venicevideo.intake;

import io.github.venicevideo.home.Source;
import io.github.venicevideo.settings.InvalidSettingException;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Gives each source a route of its own, from a template. */
public final class SourceRoutes {

    private static final String BUCKET = "aws2-s3";
    private static final String MESSAGES = "jms";
    private static final Set<String> REMOTE_FILES = Set.of("sftp", "ftp", "ftps");

    private final CamelContext context;

    public SourceRoutes(CamelContext context) {
        this.context = context;
    }

    /**
     * Adds the route of a source. Nothing is connected to yet.
     *
     * @throws InvalidSettingException when it is of no kind that bundles are taken from, or its URI cannot be read
     */
    public void add(Source source) {
        SourceUri uri = SourceUri.of(source);
        if (source.scheme().equals(BUCKET)) {
            TemplatedRouteBuilder.builder(context, "venice-bucket-source")
                    .routeId(source.routeId())
                    .parameter("source", source.name())
                    .parameter("delay", uri.delay())
                    .add();
        } else if (REMOTE_FILES.contains(source.scheme())) {
            String polls = "veniceSourcePolls-" + source.name();
            context.getRegistry().bind(polls, new SourcePolls(source,
                    context.getRegistry().lookupByNameAndType("veniceSourceWatch", SourceWatch.class)));
            TemplatedRouteBuilder.builder(context, "venice-file-source")
                    .routeId(source.routeId())
                    .parameter("source", source.name())
                    .parameter("uri", uri.remoteFiles(polls))
                    .add();
        } else if (source.scheme().equals(MESSAGES)) {
            addMessages(source, uri);
        } else {
            throw new InvalidSettingException("venice.drop.sources." + source.name(), "", "a URI that begins with "
                    + BUCKET + ":, " + MESSAGES + ": or one of " + REMOTE_FILES + ", and not with " + source.scheme()
                    + ":; other sources are not there yet");
        }
    }

    private void addMessages(Source source, SourceUri uri) {
        if (context.getComponent(MESSAGES, true, false) == null) {
            throw new InvalidSettingException("venice.drop.sources." + source.name(), "", "camel-jms and the client of your"
                    + " broker on the class path; they are not packaged");
        }
        String listeners = "veniceSourceListeners-" + source.name();
        String route = uri.messages(listeners);
        context.getRegistry().bind(listeners, new SourceListeners(source,
                context.getRegistry().lookupByNameAndType("veniceSourceWatch", SourceWatch.class)));
        TemplatedRouteBuilder.builder(context, "venice-message-source")
                .routeId(source.routeId())
                .parameter("source", source.name())
                .parameter("uri", route)
                .add();
    }
}
