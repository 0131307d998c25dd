package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An API that does not answer is told while anything waits for it, and a wrong key before anything is dropped. */
@Timeout(180)
class UnreachedApiTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void prepare() throws Exception {
        station = Station.quick(folder);
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void nothingThatListensIsToldOnceAnythingWaitsAndOverWhenItAnswers() throws Exception {
        String url = "http://127.0.0.1:" + FreePort.take();
        station.at(url).start();
        await().atMost(Station.PATIENCE).until(() -> health().isEmpty());
        station.dropReady("waiting", Map.of("prompt.txt", "waiting"));

        await().atMost(Station.PATIENCE).until(() -> health().filter(said -> said.contains("cannot be reached since")).isPresent());

        assertThat(check().isReadiness()).isTrue();
        assertThat(check().isLiveness()).isFalse();
        assertThat(station.ledger().overview().unreached(KeyId.of(url, Optional.of("test-key"))))
                .hasValueSatisfying(said -> assertThat(said).contains("no connection can be made"));
    }

    @Test
    void aProxyThatAnswersForItIsNoApiAndItIsOverWithTheFirstAnswer() throws Exception {
        station.sandbox().faults().every(Call.RETRIEVE, Fault.html(502));
        station.start().dropReady("waiting", Map.of("prompt.txt", "waiting"));
        await().atMost(Station.PATIENCE).until(() -> health().filter(said -> said.contains("502")).isPresent());

        station.sandbox().faults().clear();
        station.awaitDone("waiting");

        assertThat(health()).isEmpty();
    }

    @Test
    void anIdleProgramAsksOnceAtTheStartAndThenNothing() throws Exception {
        station.start();

        await().atMost(Station.PATIENCE).until(() -> station.sandbox().requests(Call.RATE_LIMITS).size() == 1);
        await().during(Duration.ofMillis(500)).atMost(Station.PATIENCE)
                .until(() -> station.sandbox().requests(Call.RATE_LIMITS).size() == 1);
        assertThat(limits().gate().closed()).isEmpty();
    }

    @Test
    void aWrongKeyIsToldAtTheStartAndTheProgramRuns() throws Exception {
        station.sandbox().faults().every(Call.RATE_LIMITS, Fault.json(401,
                "{\"error\": {\"code\": \"AUTHENTICATION_FAILED\", \"message\": \"No such key\"}}"));
        station.with("venice.gate.probe-interval", "1h").start();

        await().atMost(Station.PATIENCE).until(() -> limits().gate().closed().isPresent());

        assertThat(limits().gate().closed().orElseThrow().message()).contains("No such key");
        station.dropReady("kept", Map.of("prompt.txt", "kept"));
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .anyMatch(job -> job.state() == JobState.RECEIVED));
    }

    private Limits limits() {
        return station.context().getRegistry().lookupByNameAndType("veniceLimits", Limits.class);
    }

    private HealthCheck check() {
        return HealthCheckRegistry.get(station.context()).getCheck("venice-api").orElseThrow();
    }

    private Optional<String> health() {
        return check().call().getMessage();
    }
}
