package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.DeliveryExamples;
import io.github.venicevideo.Station;
import io.github.venicevideo.VeniceVideoMain;
import io.github.venicevideo.venice.Json;
import jakarta.jms.JMSContext;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program with a queue's jars beside it: whoever reads the queue learns where the video is. */
@Timeout(120)
class QueueEventIT {

    @TempDir
    private Path folder;

    @Test
    void theEventNamesWhereTheVideoIs() throws Exception {
        String address = "tcp://127.0.0.1:" + freePort();
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false).setSecurityEnabled(false).addAcceptorConfiguration("tcp", address));
        broker.start();
        try (Station station = Station.quick(folder);
                ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(address);
                JMSContext queue = connections.createContext()) {
            Path config = settings(station, DeliveryExamples.under("An event with a link",
                    Map.of("tcp://broker.example.org:61616", address)));
            station.dropReady("gondola", Map.of("prompt.txt", "A gondola at dawn"));
            try (Child program = Child.start(folder, List.of(), Map.of(), VeniceVideoMain.class, "--config", config.toString())) {
                String text = queue.createConsumer(queue.createQueue("videos"))
                        .receiveBody(String.class, Stage.PATIENCE.toMillis());

                assertThat(text).as("an event; %s", program.output()).isNotNull();
                JsonNode event = Json.mapper().readTree(text);
                assertThat(event.path("type").asText()).isEqualTo("delivered");
                assertThat(Path.of(event.at("/delivered_to/0/location").asText())).isEqualTo(station.video("gondola"));
            }
        } finally {
            broker.stop();
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

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
