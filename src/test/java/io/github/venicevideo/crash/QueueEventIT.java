package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Broker;
import io.github.venicevideo.DeliveryExamples;
import io.github.venicevideo.Station;
import io.github.venicevideo.VeniceVideoMain;
import io.github.venicevideo.venice.Json;
import jakarta.jms.JMSContext;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program with a broker's jars beside it: requests come from one queue, and whoever reads the other learns where the video is. */
@Timeout(120)
class QueueEventIT {

    @TempDir
    private Path folder;

    @Test
    void aRequestInTheQueueBecomesAVideoAndTheEventSaysWhereItIs() throws Exception {
        try (Broker broker = Broker.start(); Station station = Station.quick(folder);
                ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(broker.address());
                JMSContext queue = connections.createContext()) {
            Map<String, String> places = Map.of("tcp://broker.example.org:61616", broker.address());
            Properties examples = DeliveryExamples.under("An event with a link", places);
            examples.putAll(DeliveryExamples.under("docs/sources.md", "JMS", places));
            Path config = settings(station, examples);
            broker.send("{\"prompt\": \"A gondola at dawn\", \"bundle\": {\"name\": \"gondola\"}}", Map.of());
            try (Child program = Child.start(folder, List.of(), Map.of(), VeniceVideoMain.class, "--config", config.toString())) {
                String text = queue.createConsumer(queue.createQueue("videos"))
                        .receiveBody(String.class, Stage.PATIENCE.toMillis());

                assertThat(text).as("an event; %s", program.output()).isNotNull();
                JsonNode event = Json.mapper().readTree(text);
                assertThat(event.path("type").asText()).isEqualTo("delivered");
                assertThat(Path.of(event.at("/delivered_to/0/location").asText())).isEqualTo(station.video("gondola"));
                assertThat(broker.held()).isZero();
            }
        }
    }

    private Path settings(Station station, Properties example) throws Exception {
        Properties all = new Properties();
        all.putAll(station.settings());
        all.putAll(example);
        Path file = folder.resolve("application.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            all.store(out, "");
        }
        return file;
    }
}
