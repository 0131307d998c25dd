package io.github.venicevideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Station;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.venice.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each part is down while it fails, by its own name, and up again when it works. */
@Timeout(300)
class PartsHealthTest {

    private static final String TOKEN = "sixteen-or-more-0";

    @TempDir
    private Path folder;
    private final AtomicBoolean down = new AtomicBoolean(true);
    private final DefaultCamelContext context = new DefaultCamelContext();

    @Test
    void aListenerThatTakesNoEventsIsDownUntilItDoes() throws Exception {
        failing("listener", "Nobody listens at https://example.org?password=hush");
        try (Station station = Station.quick(folder).with("venice.events.uri", "bean:listener").start(context)) {
            station.dropReady("gondola", Map.of("prompt.txt", "A gondola"));

            assertThat(awaitDown("venice-events")).contains("1 job").contains("venice.events.uri").contains("Nobody listens")
                    .doesNotContain("hush").doesNotContain("gondola");
            assertThat(result("venice-steps").getState()).isEqualTo(HealthCheck.State.UP);
            down.set(false);
            awaitUp("venice-events");
        }
    }

    @Test
    void aStepThatBreaksOffIsDownUntilItDoesNot() throws Exception {
        try (Station station = Station.quick(folder)) {
            context.getCamelContextExtension().addInterceptStrategy((any, definition, target, next) -> exchange -> {
                if (down.get() && "move-bundle".equals(definition.getId())) {
                    throw new IllegalStateException("The folder of gondola is away");
                }
                target.process(exchange);
            });
            station.start(context).dropReady("gondola", Map.of("prompt.txt", "A gondola"));

            assertThat(awaitDown("venice-steps")).contains("1 job (unfiled) has broken off again and again").doesNotContain("gondola");
            down.set(false);
            awaitUp("venice-steps");
        }
    }

    @Test
    void aDestinationIsDownAndTheVideosNameIsForWhoeverBearsTheToken() throws Exception {
        failing("archive", "There is no room for gondola.mp4");
        try (Station station = Station.quick(folder).with("venice.console.port", "0").with("venice.console.token", TOKEN)
                .with("venice.destinations.archive", "bean:archive").with("venice.delivery.to", "archive").start(context)) {
            station.dropReady("gondola", Map.of("prompt.txt", "A gondola"));

            assertThat(awaitDown("venice-destinations")).contains("archive has taken nothing since").contains("1 wait for it")
                    .contains("the log says why").doesNotContain("gondola");
            assertThat(asked(station, "venice-destinations")).contains("archive has taken nothing since").contains("no room for gondola.mp4");
            down.set(false);
            awaitUp("venice-destinations");
        }
    }

    @Test
    void whatStaysIsNamedToWhoeverBearsTheTokenAndCountedToOthers() throws Exception {
        try (Station station = Station.quick(folder).with("venice.console.port", "0").with("venice.console.token", TOKEN).start(context)) {
            context.getRegistry().lookupByNameAndType("veniceStays", Stays.class)
                    .in("inbox", new TreeMap<>(Map.of("countess", "cannot be read")));

            assertThat(awaitDown("venice-stays")).startsWith("1 bundle stays where people put things").contains("--status")
                    .doesNotContain("countess");
            assertThat(asked(station, "venice-stays")).contains("countess stays in inbox: it cannot be read.");
        }
    }

    private void failing(String bean, String why) {
        context.getRegistry().bind(bean, (Processor) exchange -> {
            if (down.get()) {
                throw new IllegalStateException(why);
            }
        });
    }

    private HealthCheck.Result result(String check) {
        return HealthCheckRegistry.get(context).getCheck(check).orElseThrow().call();
    }

    /** What a host shows to whoever asks. */
    private String awaitDown(String check) {
        return await().atMost(Station.PATIENCE).until(() -> result(check), found -> found.getState() == HealthCheck.State.DOWN)
                .getMessage().orElseThrow();
    }

    private void awaitUp(String check) {
        await().atMost(Station.PATIENCE).until(() -> result(check).getState() == HealthCheck.State.UP);
    }

    private static String asked(Station station, String check) throws Exception {
        URI health = station.console("/observe/health");
        String body = HttpClient.newHttpClient().send(HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + TOKEN).build(), HttpResponse.BodyHandlers.ofString()).body();
        JsonNode found = StreamSupport.stream(Json.mapper().readTree(body).path("checks").spliterator(), false)
                .filter(line -> line.path("name").asText().equals(check)).findFirst().orElseThrow();
        return found.path("message").asText();
    }
}
