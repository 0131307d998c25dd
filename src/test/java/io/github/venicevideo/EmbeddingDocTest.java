package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The code and the event that the integrators' page shows are those of this test. */
@Timeout(180)
class EmbeddingDocTest {

    private final Queue<String> events = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    @Test
    void theCodeRunsAndTheEventIsWhatComes() throws Exception {
        try (Station station = Station.quick(folder); DefaultCamelContext context = new DefaultCamelContext()) {
            station.with("venice.events.uri", "direct:events");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:events").process(exchange -> events.add(exchange.getMessage().getBody(String.class)));
                }
            });
            context.getPropertiesComponent().setInitialProperties(properties(station));
            context.start();
            ProducerTemplate template = context.createProducerTemplate();

            VeniceVideo.addTo(context);

            String jobId = template.requestBodyAndHeader("direct:venice-video-submit",
                    Map.of("prompt", "A gondola at dawn", "duration", "5s"),
                    "VeniceVideoReference", "order-4711", String.class);

            File video = template.requestBodyAndHeader("direct:venice-video-generate",
                    "{\"prompt\": \"A gondola at dusk\"}",
                    "VeniceVideoTimeout", 900_000L, File.class);

            assertThat(video).isNotEmpty();
            JsonNode event = await().atMost(Station.PATIENCE).until(() -> events.stream().map(EmbeddingDocTest::json)
                    .filter(told -> told.path("job_id").asText().equals(jobId)).findFirst().orElse(null), told -> told != null);
            JsonNode shown = json(DocPages.blocks(DocPages.INTEGRATORS, "json").get(0));
            assertThat(event.path("state")).isEqualTo(shown.path("state"));
            assertThat(event.path("reference")).isEqualTo(shown.path("reference"));
            assertThat(names(event)).containsExactlyElementsOf(names(shown));
            assertThat(names(event.path("video"))).containsExactlyElementsOf(names(shown.path("video")));
            assertThat(names(event.at("/delivered_to/0"))).containsExactlyElementsOf(names(shown.at("/delivered_to/0")));
        }
        String code = squeezed(DocPages.blocks(DocPages.INTEGRATORS, "java").get(0));
        assertThat(squeezed(Files.readString(Path.of("src/test/java/io/github/venicevideo/EmbeddingDocTest.java")))).contains(code);
    }

    private static Properties properties(Station station) {
        Properties properties = new Properties();
        properties.putAll(station.settings());
        return properties;
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(JsonNode node) {
        return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false).toList();
    }

    private static String squeezed(String code) {
        return code.strip().replaceAll("\\s+", " ");
    }
}
