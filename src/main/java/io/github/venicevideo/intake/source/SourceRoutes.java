package io.github.venicevideo.intake.source;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Backoff;
import java.time.Clock;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Gives each source a route of its own, from a template. */
public final class SourceRoutes {

    private static final String BUCKET = "aws2-s3";
    private static final String MESSAGES = "jms";
    private static final String RECORDS = "kafka";
    private static final Set<String> REMOTE_FILES = Set.of("sftp", "ftp", "ftps");

    private final CamelContext context;

    public SourceRoutes(CamelContext context) {
        this.context = context;
    }

    /**
     * Looks at a source without adding it.
     *
     * @throws InvalidSettingException when it is of no kind that bundles are taken from, or its URI cannot be used
     */
    public static void check(Source source) {
        SourceUri uri = SourceUri.of(source);
        if (REMOTE_FILES.contains(source.scheme())) {
            uri.remoteFiles("", "");
        } else if (source.scheme().equals(MESSAGES)) {
            uri.messages("");
        } else if (source.scheme().equals(RECORDS)) {
            uri.records("");
        } else if (!source.scheme().equals(BUCKET)) {
            throw uri.refused("a URI that begins with " + BUCKET + ":, " + MESSAGES + ":, " + RECORDS + ": or one of "
                    + REMOTE_FILES + "; other sources are not there yet");
        }
    }

    /**
     * Adds the route of a source. Nothing is connected to yet.
     *
     * @throws InvalidSettingException when it is of no kind that bundles are taken from, or its URI cannot be used
     */
    public void add(Source source) {
        check(source);
        SourceUri uri = SourceUri.of(source);
        if (source.scheme().equals(BUCKET)) {
            TemplatedRouteBuilder.builder(context, "venice-bucket-source")
                    .routeId(source.routeId())
                    .parameter("source", source.name())
                    .parameter("delay", uri.delay())
                    .add();
        } else if (REMOTE_FILES.contains(source.scheme())) {
            addFiles(source, uri);
        } else if (source.scheme().equals(MESSAGES)) {
            addMessages(source, uri);
        } else {
            addRecords(source, uri);
        }
    }

    private void addFiles(Source source, SourceUri uri) {
        String polls = "veniceSourcePolls-" + source.name();
        context.getRegistry().bind(polls, new SourcePolls(source, bean("veniceSourceWatch", SourceWatch.class)));
        String listings = "veniceSourceListings";
        context.getRegistry().bind(listings, new BoundedListings(context.getClassResolver()));
        addConsumer("venice-file-source", source, uri.remoteFiles(polls, listings));
    }

    private void addMessages(Source source, SourceUri uri) {
        requireComponent(MESSAGES, uri, "camel-jms and the client of your broker on the class path; they are not packaged");
        String listeners = "veniceSourceListeners-" + source.name();
        String route = uri.messages(listeners);
        context.getRegistry().bind(listeners, new SourceListeners(source, bean("veniceSourceWatch", SourceWatch.class)));
        addConsumer("venice-message-source", source, route);
    }

    private void addRecords(Source source, SourceUri uri) {
        requireComponent(RECORDS, uri, "camel-kafka on the class path; it is not packaged");
        String scheme = "venice-kafka-" + source.name();
        String route = uri.records(scheme);
        Settings settings = bean("veniceSettings", Settings.class);
        KafkaTopics.add(context, scheme, uri, new TopicConsumers(source, bean("veniceSourceWatch", SourceWatch.class),
                new Backoff(settings.duration("venice.retry.initial-delay"), settings.duration("venice.retry.max-delay")),
                bean("veniceClock", Clock.class)));
        addConsumer("venice-topic-source", source, route);
    }

    private void requireComponent(String scheme, SourceUri uri, String jars) {
        if (context.getComponent(scheme, true, false) == null) {
            throw uri.refused(jars);
        }
    }

    private void addConsumer(String template, Source source, String route) {
        SourceComponent.of(context).put(source, route);
        TemplatedRouteBuilder.builder(context, template)
                .routeId(source.routeId())
                .parameter("source", source.name())
                .add();
    }

    private <T> T bean(String name, Class<T> type) {
        return context.getRegistry().lookupByNameAndType(name, type);
    }
}
