package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.KafkaBroker;
import io.github.venicevideo.Station;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} while records are being taken from topics, each at a point of its own: every one comes again, every one is
 * one job, and all are committed in the end.
 */
class KafkaSourceIT {

    private static final List<String> STOPS = List.of("before:read-record", "before:place-record", "after:place-record",
            "after:record-jobs", "before:commit-record", "after:commit-record");

    @TempDir
    private Path folder;

    @Test
    @Tag("soak")
    @Timeout(300)
    void everyRecordIsOneJob() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker")); Stage stage = Stage.in(folder).withClients()) {
            List<String> stops = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < STOPS.size(); i++) {
                // A topic for each, since what stands still keeps its partition.
                String name = "orders" + i;
                names.add(name);
                stops.add(STOPS.get(i) + "@" + (i == 0 ? "order-0" : "source:" + name + ":order-" + i));
                broker.topic(name, 1).send(name, "{\"prompt\": \"A picture of " + i + "\"}",
                        Map.of("VeniceVideoReference", "order-" + i));
                // A member that comes back under its name need not wait until the broker has given up the one that was killed.
                stage.station().with("venice.drop.sources." + name, broker.endpoint(name) + "&groupInstanceId=program");
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
            for (String name : names) {
                Awaitility.await().atMost(Stage.PATIENCE).until(() -> broker.committed(name) == 1);
            }
            last.kill();

            Station station = stage.station();
            stage.aftermath().checkHome();
            for (int i = 0; i < STOPS.size(); i++) {
                assertThat(station.posted("A picture of " + i)).as(STOPS.get(i)).hasSize(1);
            }
        }
    }
}
