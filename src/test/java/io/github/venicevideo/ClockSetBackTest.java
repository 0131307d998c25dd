package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

/** The clock is set back by an hour in the middle of everything: nobody waits for that hour. */
@Timeout(300)
@ResourceLock("levels of loggers")
class ClockSetBackTest {

    @TempDir
    private Path folder;

    @Test
    void everythingGoesOnAndItIsSaidOnce() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger ours = (Logger) LoggerFactory.getLogger("io.github.venicevideo.ledger");
        ours.addAppender(log);
        ShiftedClock clock = new ShiftedClock();
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceClock", clock);
        try (Station station = Station.quick(folder).startImpatient(context)) {
            station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200, "{\"status\": \"PROCESSING\"}"));
            station.dropReady("made", Map.of("prompt.txt", "In the making"));
            await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                    .anyMatch(job -> job.polledAt().isPresent()));
            station.sandbox().faults().every(Call.QUEUE, Fault.json(503, "{\"error\": \"Busy\"}"));
            station.dropReady("waiting", Map.of("prompt.txt", "Not sent yet"));
            // Recorded, not only sent: what is on its way when the clock is set back has the time of before.
            await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                    .anyMatch(job -> job.bundle().equals("waiting") && job.troubleCount() > 0));

            clock.advance(Duration.ofHours(-1));
            station.sandbox().faults().clear();

            station.awaitDone("made");
            station.awaitDone("waiting");
            station.dropReady("later", Map.of("prompt.txt", "Dropped afterwards"));
            station.awaitDone("later");
            assertThat(station.sandbox().accepted()).hasSize(3);
        } finally {
            ours.detachAppender(log);
        }
        assertThat(List.copyOf(log.list)).filteredOn(event -> event.getThreadName().contains("(" + context.getName() + ")"))
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("The clock was set back by")).hasSize(1);
    }
}
