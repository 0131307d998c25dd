package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.Broker;
import io.github.venicevideo.Station;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} while messages are being taken from a broker, each at a point of its own: the broker brings every one
 * again, and every one is one job.
 */
class JmsSourceIT {

    private static final List<String> STOPS = List.of("before:keep-message", "before:place-message", "after:place-message",
            "after:record-jobs");

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void everyMessageIsOneJob() throws Exception {
        try (Broker broker = Broker.start(); Stage stage = Stage.in(folder).withClients()) {
            List<String> stops = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < STOPS.size(); i++) {
                // A queue for each, since a consumer that stands still would keep what its broker sent it ahead.
                String name = "orders" + i;
                names.add(name);
                stops.add(STOPS.get(i) + "@" + (i == 0 ? "order-0" : "source:" + name + ":order-" + i));
                String request = "{\"prompt\": \"A picture of " + i + "\"}";
                broker.send(name, context -> context.createTextMessage(request), Map.of("VeniceVideoReference", "order-" + i));
                stage.station().with("venice.drop.sources." + name, Broker.endpoint(broker.address(), name));
            }
            stage.station().with("venice.drop.sources", String.join(",", names));
            // What is recorded must not be on the wire when it is killed: that would be in doubt, rightly.
            Child child = stage.start(Stream.concat(stops.stream(), Stream.of("before:write-intent@*")).toList(), List.of());
            for (String stop : stops) {
                child.awaitLine(StopPoints.AT + stop, Stage.PATIENCE);
            }
            child.kill();

            Child last = stage.start();
            stage.awaitQuiet(STOPS.size());
            Awaitility.await().atMost(Stage.PATIENCE).until(() -> names.stream().allMatch(name -> broker.held(name) == 0));
            last.kill();

            Station station = stage.station();
            stage.aftermath().checkHome();
            for (int i = 0; i < STOPS.size(); i++) {
                assertThat(station.posted("A picture of " + i)).as(STOPS.get(i)).hasSize(1);
            }
        }
    }
}
