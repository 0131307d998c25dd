package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.github.venicevideo.console.ConsoleAddress;
import io.github.venicevideo.console.ConsoleServer;
import io.github.venicevideo.intake.source.SourceWatch;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.settings.Settings;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** A host may log all that there is, and all that goes over the wire, and its log is kept for long: no secret is in it. */
@Timeout(300)
@Isolated("hears the log of the whole JVM")
class HostLogTest {

    private static final String SECRET = "n0t-for-the-log";
    private static final String SFTP = "?username=me&password=RAW(" + SECRET + "-sftp)&useUserKnownHostsFile=false"
            + "&strictHostKeyChecking=no&connectTimeout=1000&soTimeout=1000";

    /** At this level Camel writes the URI of each endpoint as it was given; SECURITY.md says so. */
    private static final String TRACED = "TRACE ";

    private static final String PRIVATE = """
            {"model": "wan-2-2-a14b-text-to-video", "prompt": "Fetched from an address that is a secret", "duration": "5s"}""";

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, Level> before = new LinkedHashMap<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add((event.getLevel() == Level.TRACE ? TRACED : "") + event.getLoggerName() + " " + event.getFormattedMessage() + event.getMDCPropertyMap()
                    + Optional.ofNullable(event.getThrowableProxy()).map(ThrowableProxyUtil::asString).orElse(""));
        }
    };

    @TempDir
    private Path folder;
    private Station station;
    private final Main main = new Main();

    @BeforeEach
    void listen() throws Exception {
        station = Station.quick(folder);
        appender.setContext(loggers);
        appender.start();
        root.iteratorForAppenders().forEachRemaining(each -> each.addFilter(new OffDuringTest()));
        root.addAppender(appender);
        for (Logger logger : loggers.getLoggerList()) {
            before.put(logger, logger.getLevel());
            logger.setLevel(logger == root ? Level.TRACE : null);
        }
    }

    @AfterEach
    void stop() throws Exception {
        main.stop();
        before.forEach(Logger::setLevel);
        root.detachAppender(appender);
        root.iteratorForAppenders().forEachRemaining(each -> each.clearAllFilters());
        appender.stop();
        station.close();
    }

    @Test
    void noSecretIsInTheLogOfAHostOnCamelMain() throws Exception {
        Map<String, String> settings = station.settings();
        settings.put("venice.api.key", SECRET + "-key");
        settings.put("venice.console.token", SECRET + "-token");
        settings.put("venice.console.port", "0");
        settings.put("own.password.in.another.name", SECRET + "-placeholder");
        settings.put("venice.destinations.archive", "sftp://127.0.0.1:1/out" + SFTP + "&privateKeyPassphrase={{own.password.in.another.name}}");
        settings.put("venice.destinations.archive.required", "false");
        settings.put("venice.delivery.to", "videos,archive");
        settings.put("venice.delivery.optional-for", "1ms");
        settings.put("venice.staging.uri", "aws2-s3://staging?region=eu-central-1&accessKey=AK1&secretKey=RAW(" + SECRET + "-s3)"
                + "&uriEndpointOverride=http://127.0.0.1:1&overrideEndpoint=true");
        settings.put("venice.drop.sources", "inbox");
        settings.put("venice.drop.sources.inbox", "sftp://127.0.0.1:1/in" + SFTP);
        settings.put("venice.events.uri", "sftp://127.0.0.1:1/events" + SFTP);
        settings.put("camel.component.http.logHttpActivity", "true");
        Path file = folder.resolve("host.properties");
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, "");
        }
        main.setPropertyPlaceholderLocations("file:" + file);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport support) {
                try {
                    ConsoleServer server = new ConsoleServer(ConsoleAddress.of(Settings.packaged().with(settings)).orElseThrow(),
                            support.getCamelContext());
                    server.start();
                    support.getCamelContext().addService(server, true, false);
                    VeniceVideo.addTo(support.getCamelContext());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        main.start();
        station.dropReady("dropped", Map.of("prompt.txt", "Dropped into a talkative host"));
        station.dropReady("private", Map.of("request.json", PRIVATE));
        for (String bundle : List.of("dropped", "private")) {
            await().atMost(Station.PATIENCE).until(() -> Files.exists(folder.resolve("home/done/" + bundle + "/job.json")));
        }
        await().atMost(Station.PATIENCE).until(() -> station.sandbox().requests().stream().anyMatch(seen -> seen.call() == Call.REVOKE));
        SourceWatch watch = main.getCamelContext().getRegistry().lookupByNameAndType("veniceSourceWatch", SourceWatch.class);
        await().atMost(Station.PATIENCE).until(() -> watch.down().containsKey("inbox"));
        await().atMost(Station.PATIENCE).until(() -> lines.stream().anyMatch(line -> line.contains("event")));

        List<String> ours = Stream.concat(Stream.of(SECRET + "-key", SECRET + "-token"), station.sandbox().accepted().stream()
                .flatMap(job -> job.downloadUrl().stream()).map(url -> url.substring(url.indexOf("sig=")))).toList();
        assertThat(ours).hasSize(3);
        assertThat(station.sandbox().requests()).filteredOn(request -> request.call() == Call.QUEUE).hasSize(2)
                .allMatch(LoggedRequest::authorized);
        assertThat(lines).anyMatch(line -> line.startsWith("org.apache.camel") && line.contains("Property-placeholders summary"))
                .anyMatch(line -> line.startsWith("org.apache.hc"))
                .filteredOn(line -> !line.startsWith(TRACED) && line.contains(SECRET) || ours.stream().anyMatch(line::contains))
                .map(line -> line.substring(0, Math.min(300, line.length()))).isEqualTo(List.of());
        assertThat(lines).noneMatch(line -> line.contains("Sending HTTP Request"));
    }

    /** The console of a test stays readable. */
    private static final class OffDuringTest extends ch.qos.logback.core.filter.Filter<ILoggingEvent> {

        @Override
        public ch.qos.logback.core.spi.FilterReply decide(ILoggingEvent event) {
            return event.getLevel().isGreaterOrEqual(Level.WARN) ? ch.qos.logback.core.spi.FilterReply.NEUTRAL
                    : ch.qos.logback.core.spi.FilterReply.DENY;
        }
    }
}
