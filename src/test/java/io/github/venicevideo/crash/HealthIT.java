package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.cli.VeniceVideoMain;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.venice.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Health of the program as it is run, on Camel Main: what a load balancer or an alert asks for. */
class HealthIT {

    private static final String CONSOLE = "Console: ";

    @TempDir
    private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @Timeout(300)
    void allChecksAreListedAndARefusedKeyOrAnEmptyAccountIsDownWithItsSentence() throws Exception {
        try (Stage stage = Stage.in(folder)) {
            stage.station().with("venice.console.port", "0");
            Properties properties = new Properties();
            properties.putAll(stage.station().settings());
            Path config = folder.resolve("application.properties");
            try (var out = Files.newBufferedWriter(config)) {
                properties.store(out, null);
            }
            try (Child program = Child.startProgram(folder, List.of(), Map.of(), VeniceVideoMain.class)) {
                String line = program.awaitText(CONSOLE, Stage.PATIENCE);
                URI health = URI.create(line.substring(line.indexOf(CONSOLE) + CONSOLE.length()));
                program.awaitText("Drop bundles into", Stage.PATIENCE);

                assertThat(Json.mapper().readTree(answer(health, 200)).path("checks").findValuesAsText("name")).containsExactly(
                        "venice-api", "venice-deadline", "venice-destinations", "venice-disk", "venice-events", "venice-folders",
                        "venice-gate", "venice-ledger", "venice-memory", "venice-models", "venice-sources", "venice-staging", "venice-stays", "venice-steps");

                refuse(stage, "poor", 402);
                assertThat(gate(answer(health, 503))).contains("every job is kept", "The API key or the account is refused");
                stage.sandbox().faults().clear();
                answer(health, 200);

                refuse(stage, "locked-out", 401);
                assertThat(gate(answer(health, 503))).contains("every job is kept", "The API key or the account is refused")
                        .doesNotContain("test-key");
                program.kill();
            }
        }
    }

    private static void refuse(Stage stage, String bundle, int status) throws Exception {
        stage.sandbox().faults().every(Call.QUEUE, Fault.error(status));
        stage.sandbox().faults().every(Call.RATE_LIMITS, Fault.error(status));
        stage.drop("drop", bundle, Bundles.text("A gondola, " + bundle));
    }

    private String answer(URI health, int status) {
        return await("health " + status).atMost(Stage.PATIENCE).until(() -> http.send(
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString()), answer -> answer.statusCode() == status).body();
    }

    private static String gate(String health) throws Exception {
        JsonNode body = Json.mapper().readTree(health);
        assertThat(body.path("status").asText()).isEqualTo("DOWN");
        return StreamSupport.stream(body.path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals("venice-gate")).findFirst().orElseThrow()
                .path("message").asText();
    }
}
