package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an operator reads of a job: a few lines, and what is wrong once, as heavy as it is. */
@Timeout(150)
class LogOfJobsTest {

    private static final String QUESTIONED = "asked often in this log";

    @TempDir
    private Path folder;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.github.venicevideo");
    private final Level before = ours.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    @BeforeEach
    void listen() {
        ours.setLevel(Level.INFO);
        appender.setContext(ours.getLoggerContext());
        appender.start();
        ours.addAppender(appender);
    }

    @AfterEach
    void forget() {
        ours.detachAppender(appender);
        ours.setLevel(before);
    }

    @Test
    void aDesignersSlipIsAWarningOnce() throws Exception {
        try (Station station = Station.quick(folder).start()) {
            station.dropReady("slip of this log", Map.of("request.json", "{\"prompt\": \"A boat\", \"resolutoin\": \"720p\"}"));
            station.awaitFailed("slip of this log");
            station.awaitQuiet();
        }

        assertThat(of("slip of this log", Level.WARN)).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage()).contains("Did you mean resolution?");
        });
        assertThat(of("slip of this log", Level.INFO)).extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("failed (invalid-bundle); see " + folder));
    }

    @Test
    void moneyWithoutAVideoIsAnError() throws Exception {
        try (Station station = Station.quick(folder)) {
            station.sandbox().faults().every(Call.RETRIEVE, Fault.contentPolicy(false));
            station.start().dropReady("lost in this log", Map.of("prompt.txt", "A boat"));
            station.awaitFailed("lost in this log");
            station.awaitQuiet();
        }

        assertThat(of("lost in this log", Level.ERROR)).singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("failed ("));
    }

    @Test
    void aFewLinesTellOfAJobHoweverOftenItIsAskedAbout() throws Exception {
        try (Station station = Station.quick(folder)) {
            station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200, "{\"status\": \"PROCESSING\"}"));
            station.startImpatient().dropReady(QUESTIONED, Map.of("prompt.txt", "A boat"));
            await().atMost(Station.PATIENCE).until(() -> station.sandbox().requests(Call.RETRIEVE).size() >= 30);
            station.sandbox().faults().clear();
            station.awaitDone(QUESTIONED);
            station.awaitQuiet();
        }

        assertThat(of(QUESTIONED, Level.INFO)).hasSizeBetween(5, 15)
                .allSatisfy(event -> assertThat(event.getLevel()).isEqualTo(Level.INFO));
    }

    private List<ILoggingEvent> of(String bundle, Level least) {
        return events.stream().filter(event -> event.getLevel().isGreaterOrEqual(least))
                .filter(event -> event.getFormattedMessage().startsWith(bundle + ": ")).toList();
    }
}
