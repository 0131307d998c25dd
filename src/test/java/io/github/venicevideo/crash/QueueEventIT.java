package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Broker;
import io.github.venicevideo.DocPages;
import io.github.venicevideo.KafkaBroker;
import io.github.venicevideo.Station;
import io.github.venicevideo.cli.VeniceVideoMain;
import io.github.venicevideo.venice.Json;
import jakarta.jms.JMSContext;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program with a broker's jars beside it: requests come from one queue or topic, and whoever reads the other learns where
 * the video is.
 */
@Timeout(300)
class QueueEventIT {

    @TempDir
    private Path folder;

    @Test
    void aRequestInTheQueueBecomesAVideoAndTheEventSaysWhereItIs() throws Exception {
        try (Broker broker = Broker.start(); Station station = Station.quick(folder);
                ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(broker.address());
                JMSContext queue = connections.createContext()) {
            Map<String, String> places = Map.of("tcp://broker.example.org:61616", broker.address());
            Properties examples = DocPages.settings("An event with a link", places);
            examples.putAll(DocPages.settings("From JMS", places));
            Path config = settings(station, examples);
            broker.send("{\"prompt\": \"A gondola at dawn\", \"bundle\": {\"name\": \"gondola\"}}", Map.of());
            try (Child program = Child.startWithClients(folder, List.of(), Map.of(), VeniceVideoMain.class, "--config",
                    config.toString())) {
                String text = queue.createConsumer(queue.createQueue("videos"))
                        .receiveBody(String.class, Stage.PATIENCE.toMillis());

                assertThat(text).as("an event; %s", program.output()).isNotNull();
                JsonNode event = Json.mapper().readTree(text);
                assertThat(event.path("type").asText()).isEqualTo("delivered");
                assertThat(Path.of(event.at("/delivered_to/0/location").asText())).isEqualTo(station.video("gondola"));
                await().atMost(Stage.PATIENCE).until(() -> broker.held() == 0);
            }
        }
    }

    @Test
    void theSameFromTopicToTopicWithTheirJarsBesideThePackagedProgram() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker")); Station station = Station.quick(folder)) {
            broker.topic("bundles", 1).topic("videos", 1);
            Map<String, String> places = Map.of("broker.example.org:9092", broker.address());
            Properties examples = DocPages.settings("An event in a topic", places);
            examples.putAll(DocPages.settings("From Kafka", places));
            Path config = settings(station, examples);
            broker.send("bundles", "{\"prompt\": \"A gondola at dawn\", \"bundle\": {\"name\": \"gondola\"}}", Map.of());
            try (Child program = Child.startBeside(folder, folder.resolve("extra"), List.of("camel-kafka-", "kafka-clients-"),
                    VeniceVideoMain.class, "--config", config.toString());
                    KafkaConsumer<byte[], byte[]> videos = broker.reader("videos")) {
                List<byte[]> events = new ArrayList<>();
                await().pollInSameThread().atMost(Stage.PATIENCE).until(() -> {
                    videos.poll(Duration.ofMillis(200)).forEach(record -> events.add(record.value()));
                    return !events.isEmpty();
                });

                JsonNode event = Json.mapper().readTree(events.get(0));
                assertThat(event.path("type").asText()).isEqualTo("delivered");
                assertThat(Path.of(event.at("/delivered_to/0/location").asText())).isEqualTo(station.video("gondola"));
                assertThat(event.path("reference").asText()).startsWith("source:orders:bundles/0/0@");
                await().atMost(Stage.PATIENCE).until(() -> broker.committed("venice", "bundles", 0) == 1);
                assertThat(program.output()).doesNotContain("ConsumerConfig", "ProducerConfig");
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
