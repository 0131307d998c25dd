package io.github.venicevideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Station;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics, as those who watch the program ask for them. */
@Timeout(300)
class ObserveTest {

    private static final String[] OURS = {"venice-ledger", "venice-disk", "venice-folders", "venice-gate", "venice-memory",
            "venice-api", "venice-deadline", "venice-destinations", "venice-events", "venice-staging", "venice-steps", "venice-sources", "venice-models", "venice-stays"};

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).with("venice.console.port", "0").with("venice.budget.per-day", "50").start();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @Test
    void whatIsCountedIsWhatHappened() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.error(500));
        station.dropReady("doubted", Map.of("prompt.txt", "A secret prompt"));
        station.awaitParked("doubted");
        station.dropReady("quay-74", Map.of("prompt.txt", "A quay at dusk"));
        station.awaitDone("quay-74");

        HttpResponse<String> answer = ConsoleTest.get(station, "/observe/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain").contains("version=0.0.4");
        assertThat(answer.body()).contains("venice_jobs{state=\"delivered\"} 1.0", "venice_jobs{state=\"received\"} 0.0",
                "venice_parked{reason=\"in-doubt\"} 1.0", "venice_job_age_seconds{state=\"parked\"}", "venice_gate_open 1.0",
                "venice_videos_total 1.0", "venice_answers_total{call=\"queue\",outcome=\"500\"} 1.0",
                "venice_answers_total{call=\"queue\",outcome=\"200\"} 1.0", "venice_budget_per_day_usd 50.0",
                "venice_requests_left{call=\"retrieve\"}", "venice_polls_total", "venice_lag_seconds_total",
                "venice_spent_today_usd");
        assertThat(answer.body()).doesNotContainIgnoringCase("test-key", "secret prompt", "doubted", "quay",
                station.home().toString());
    }

    @Test
    void aClosedGateIsDownWithItsSentenceAndTheProgramIsReadyAllTheSame() throws Exception {
        try {
            station.sandbox().faults().every(Call.QUEUE, Fault.error(402));
            station.sandbox().faults().every(Call.RATE_LIMITS, Fault.error(402));
            station.dropReady("poor", Map.of("prompt.txt", "Without money"));
            await().atMost(Station.PATIENCE).until(() -> ConsoleTest.get(station, "/observe/health").statusCode() == 503);

            JsonNode health = ConsoleTest.json(ConsoleTest.get(station, "/observe/health"));
            assertThat(health.path("status").asText()).isEqualTo("DOWN");
            assertThat(message(health, "venice-gate")).contains("every job is kept");
            assertThat(ConsoleTest.get(station, "/observe/health/ready").statusCode()).isEqualTo(200);
            assertThat(ConsoleTest.get(station, "/observe/metrics").body()).contains("venice_gate_open 0.0");
        } finally {
            station.sandbox().faults().clear();
        }
    }

    @Test
    void aFolderThatIsMissingIsNamed() throws Exception {
        Path failed = station.home().resolve("failed");
        Path away = Files.move(failed, folder.resolve("away"));
        try {
            HttpResponse<String> answer = ConsoleTest.get(station, "/observe/health/ready");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(message(ConsoleTest.json(answer), "venice-folders")).contains(failed + " is missing");
            assertThat(ConsoleTest.get(station, "/observe/health/live").statusCode()).isEqualTo(200);
        } finally {
            Files.move(away, failed);
        }
        assertThat(ConsoleTest.get(station, "/observe/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void whatElseLiesInTheLedgersFolderIsNoConcernOfItsHealth() throws Exception {
        Path copy = Files.createSymbolicLink(station.home().resolve(".ledger/copy-of-march.db"), folder.resolve("unmounted"));
        try {
            assertThat(Files.isWritable(copy)).isFalse();

            assertThat(ConsoleTest.get(station, "/observe/health/ready").statusCode()).isEqualTo(200);
        } finally {
            Files.delete(copy);
        }
    }

    @Test
    void aHostSeesTheChecksWithItsOwn() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(station.context());
        HealthCheck theHosts = new SentenceCheck("the-hosts", false, Optional::empty);
        registry.register(theHosts);
        try {
            assertThat(HealthCheckHelper.invoke(station.context(), check -> Map.of(), check -> false, "full"))
                    .extracting(result -> result.getCheck().getId()).contains(OURS).contains("the-hosts");
        } finally {
            registry.unregister(theHosts);
        }
    }

    @Test
    void ourChecksAreListedAtWhateverLevelTheHostShowsItsHealth() throws Exception {
        HealthCheckRegistry registry = HealthCheckRegistry.get(station.context());
        HealthCheck theHosts = new SentenceCheck("the-hosts", false, () -> Found.plain(Optional.of("It is down")));
        String level = registry.getExposureLevel();
        try {
            for (String each : List.of("default", "oneline", "full")) {
                registry.setExposureLevel(each);
                await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(names("/observe/health")).as(each)
                        .containsExactlyInAnyOrder(OURS));
                assertThat(names("/observe/health/ready")).as(each)
                        .containsExactlyInAnyOrder("venice-ledger", "venice-disk", "venice-folders", "venice-memory", "venice-api");
                assertThat(names("/observe/health/live")).as(each).isEmpty();
            }
            registry.register(theHosts);
            assertThat(names("/observe/health")).contains(OURS).contains("the-hosts");
            assertThat(ConsoleTest.get(station, "/observe/health").statusCode()).isEqualTo(503);
        } finally {
            registry.unregister(theHosts);
            registry.setExposureLevel(level);
        }
    }

    private static List<String> names(String path) throws Exception {
        return ConsoleTest.json(ConsoleTest.get(station, path)).path("checks").findValuesAsText("name");
    }

    private static String message(JsonNode health, String check) {
        return StreamSupport.stream(health.path("checks").spliterator(), false)
                .filter(line -> line.path("name").asText().equals(check)).findFirst().orElseThrow().path("message").asText();
    }
}
