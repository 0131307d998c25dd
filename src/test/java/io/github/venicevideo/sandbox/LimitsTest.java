package io.github.venicevideo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.MovableClock;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rates, the block, the key and the money. */
@Timeout(180)
class LimitsTest {

    @TempDir
    Path dir;
    private final MovableClock clock = new MovableClock();
    private Sandbox sandbox;
    private Client client;

    private void start(SandboxOptions options) throws Exception {
        sandbox = Sandbox.start(options.withClock(clock));
        client = new Client(sandbox);
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    @Test
    void neverMoreThanTheLimitInAnyMinute() throws Exception {
        start(SandboxOptions.forTests(dir).withLimits(new SandboxOptions.Limits(3, 120, 20, false)));
        assertThat(client.queueText().header("x-ratelimit-remaining-requests")).isEqualTo("2");
        clock.advance(Duration.ofSeconds(50));
        client.queueText();
        Client.Answer third = client.queueText();
        assertThat(third.status()).isEqualTo(200);
        assertThat(third.header("x-ratelimit-limit-requests")).isEqualTo("3");
        assertThat(third.header("x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(third.header("x-ratelimit-reset-requests"))
                .isEqualTo(Long.toString(clock.instant().plusSeconds(10).getEpochSecond()));

        Client.Answer fourth = client.queueText();
        assertThat(fourth.status()).isEqualTo(429);
        assertThat(fourth.json().at("/error/code").asText()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(fourth.header("Retry-After")).isEqualTo("10");

        clock.advance(Duration.ofSeconds(10));
        assertThat(client.queueText().status()).isEqualTo(200);
        assertThat(client.queueText().status()).isEqualTo(429);
        assertThat(sandbox.accepted()).hasSize(4);
    }

    @Test
    void theProvidersLimitsAreTheDefault() throws Exception {
        start(SandboxOptions.defaults(dir));
        JsonNode queued = client.queueText().json();

        assertThat(client.queueText("prompt", null).header("x-ratelimit-limit-requests")).isEqualTo("40");
        assertThat(client.retrieve(queued).header("x-ratelimit-limit-requests")).isEqualTo("120");
        assertThat(client.get("/models").header("x-ratelimit-reset-requests")).matches("\\d{10}");
    }

    @Test
    void resetCanComeInMilliseconds() throws Exception {
        start(SandboxOptions.forTests(dir).withLimits(new SandboxOptions.Limits(40, 120, 20, true)));

        assertThat(client.queueText().header("x-ratelimit-reset-requests")).matches("\\d{13}");
    }

    @Test
    void moreThanTwentyFailuresInHalfAMinuteBlockTheKeyForAsLong() throws Exception {
        start(SandboxOptions.forTests(dir).withLimits(new SandboxOptions.Limits(0, 0, 20, false)));
        for (int i = 0; i < 20; i++) {
            assertThat(client.queueText("prompt", null).status()).isEqualTo(400);
        }
        assertThat(client.queueText().status()).isEqualTo(200);

        client.queueText("prompt", null);
        Client.Answer blocked = client.queueText();
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.header("Retry-After")).isEqualTo("30");

        clock.advance(Duration.ofSeconds(30));
        assertThat(client.queueText().status()).isEqualTo(200);
    }

    @Test
    void wantsTheRightKeyExceptForTheCatalogue() throws Exception {
        start(SandboxOptions.forTests(dir).withKey("right"));

        assertThat(client.withKey("wrong").queueText().status()).isEqualTo(401);
        assertThat(client.withKey(null).get("/api_keys/rate_limits").status()).isEqualTo(401);
        assertThat(client.withKey(null).get("/models?type=video").status()).isEqualTo(200);
        assertThat(client.withKey("right").queueText().status()).isEqualTo(200);
    }

    @Test
    void refusesWhatTheBalanceDoesNotCover() throws Exception {
        start(SandboxOptions.forTests(dir).withBalance("0.5"));
        assertThat(client.queueText().header("X-Balance-Remaining")).isEqualTo("0.100000");

        Client.Answer poor = client.queueText();
        assertThat(poor.status()).isEqualTo(402);
        assertThat(poor.json().at("/error/code").asText()).isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(sandbox.accepted()).hasSize(1);

        sandbox.setBalance(new BigDecimal("10"));
        assertThat(client.queueText().status()).isEqualTo(200);
    }

    @Test
    void tellsWrongPathsFromWrongMethods() throws Exception {
        start(SandboxOptions.forTests(dir));

        assertThat(client.get("/video/list").status()).isEqualTo(404);
        assertThat(client.get("/video/queue").status()).isEqualTo(405);
    }
}
