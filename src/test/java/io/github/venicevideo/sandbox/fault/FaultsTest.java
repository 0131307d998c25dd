package io.github.venicevideo.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.MovableClock;
import io.github.venicevideo.sandbox.Client;
import io.github.venicevideo.sandbox.Sandbox;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every fault, as its user sees it. */
@Timeout(180)
class FaultsTest {

    @TempDir
    Path dir;
    private final MovableClock clock = new MovableClock();
    private Sandbox sandbox;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.forTests(dir).withClock(clock));
        client = new Client(sandbox);
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    @Test
    void answersAsToldForTheNextRequestsOnly() throws Exception {
        FaultRule rule = sandbox.faults().next(2, Call.QUEUE, Fault.html(502).header("Server", "cloudflare"));

        Client.Answer first = client.queueText();
        assertThat(first.status()).isEqualTo(502);
        assertThat(first.header("Content-Type")).startsWith("text/html");
        assertThat(first.header("Server")).isEqualTo("cloudflare");
        assertThat(first.header("x-ratelimit-limit-requests")).isNotNull();
        client.queueText();
        assertThat(client.queueText().status()).isEqualTo(200);
        assertThat(rule.hits()).isEqualTo(2);
        assertThat(sandbox.accepted()).hasSize(1);
    }

    @Test
    void picksRequestsByWhatIsInThem() throws Exception {
        JsonNode unlucky = client.queueText().json();
        JsonNode lucky = client.queueText().json();
        clock.advance(Duration.ofSeconds(60));
        sandbox.faults().when(Call.RETRIEVE, request -> request.queueId().equals(unlucky.path("queue_id").asText()),
                Fault.contentPolicy(true));

        Client.Answer refused = client.retrieve(unlucky);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/error/credits_refunded").asBoolean()).isTrue();
        assertThat(client.retrieve(lucky).header("Content-Type")).isEqualTo("video/mp4");
    }

    @Test
    void acceptsThenDrops() throws Exception {
        sandbox.faults().next(1, Call.QUEUE, Fault.acceptThenDrop());

        assertThatThrownBy(() -> client.queueText()).isInstanceOf(IOException.class);
        assertThat(sandbox.accepted()).hasSize(1);
        assertThat(sandbox.balance()).isLessThan(new BigDecimal("100"));
        assertThat(sandbox.requests(Call.QUEUE)).extracting(LoggedRequest::status).containsExactly(0);
    }

    @Test
    void acceptsThenAnswersOtherwise() throws Exception {
        sandbox.faults().next(1, Call.QUEUE, Fault.acceptThenAnswer(Fault.html(504)));

        assertThat(client.queueText().status()).isEqualTo(504);
        assertThat(sandbox.accepted()).hasSize(1);
    }

    @Test
    void dropsWhatIsHeldWhenClosed() throws Exception {
        Hold hold = sandbox.faults().hold(Call.QUEUE, Hold.Point.BEFORE_WORK);
        CompletableFuture<Client.Answer> answer = inBackground();
        hold.awaitHeld(Duration.ofSeconds(20));

        sandbox.close();

        assertThat(answer.handle((done, failed) -> failed).get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(sandbox.accepted()).isEmpty();
    }

    @Test
    void closesBeforeReading() throws Exception {
        sandbox.faults().next(1, Call.QUOTE, Fault.closeBeforeReading());

        assertThatThrownBy(() -> client.post("/video/quote", "{}")).isInstanceOf(IOException.class);
        assertThat(client.post("/video/quote", "{}").status()).isEqualTo(400);
    }

    @Test
    void holdsBeforeTheWorkWithTheBodyRead() throws Exception {
        Hold hold = sandbox.faults().hold(Call.QUEUE, Hold.Point.BEFORE_WORK);
        CompletableFuture<Client.Answer> answer = inBackground();

        assertThat(hold.awaitHeld(Duration.ofSeconds(20))).isTrue();
        assertThat(sandbox.accepted()).isEmpty();
        assertThat(answer).isNotDone();
        hold.release();
        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void holdsBeforeTheAnswerWithTheJobAccepted() throws Exception {
        Hold hold = sandbox.faults().hold(Call.QUEUE, Hold.Point.BEFORE_ANSWER);
        CompletableFuture<Client.Answer> answer = inBackground();

        assertThat(hold.awaitHeld(Duration.ofSeconds(20))).isTrue();
        assertThat(sandbox.accepted()).hasSize(1);
        assertThat(answer).isNotDone();
        sandbox.close();
        assertThat(answer.handle((done, failed) -> failed).get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void holdsWhileSendingTheVideo() throws Exception {
        JsonNode queued = finished();
        Hold hold = sandbox.faults().holdWhileSending(Call.RETRIEVE, 100);
        CompletableFuture<Client.Answer> answer = CompletableFuture.supplyAsync(() -> unchecked(queued));

        assertThat(hold.awaitHeld(Duration.ofSeconds(20))).isTrue();
        hold.release();
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).hasSizeGreaterThan(1000);
    }

    @Test
    void spoilsVideosButNotTheStatusBefore() throws Exception {
        JsonNode queued = client.queueText().json();
        sandbox.faults().next(1, Call.RETRIEVE, Fault.truncate(500));
        assertThat(client.retrieve(queued).json().path("status").asText()).isEqualTo("PROCESSING");
        clock.advance(Duration.ofSeconds(60));

        assertThatThrownBy(() -> client.retrieve(queued)).isInstanceOf(IOException.class);
        int whole = client.retrieve(queued).body().length;
        sandbox.faults().next(1, Call.RETRIEVE, Fault.placeholder());
        assertThat(client.retrieve(queued).body()).isEqualTo(new byte[1024]);
        sandbox.faults().next(1, Call.RETRIEVE, Fault.cutShort());
        assertThat(client.retrieve(queued).body()).hasSize(whole * 2 / 3);
        sandbox.faults().next(1, Call.RETRIEVE, Fault.htmlAsVideo());
        Client.Answer html = client.retrieve(queued);
        assertThat(html.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(html.text()).startsWith("<html>");
        sandbox.faults().next(1, Call.RETRIEVE, Fault.failed());
        assertThat(client.retrieve(queued).json().path("status").asText()).isEqualTo("failed");
        assertThat(client.retrieve(queued).body()).hasSize(whole);
    }

    @Test
    void truncatedVideosDeliverTheirFirstBytes() throws Exception {
        JsonNode queued = client.queueText("model", "wan-2-2-a14b-text-to-video").json();
        clock.advance(Duration.ofSeconds(60));
        sandbox.faults().next(1, Call.DOWNLOAD, Fault.truncate(500));

        URLConnection connection =
                URI.create(queued.path("download_url").asText()).toURL().openConnection();
        connection.setReadTimeout(5_000);
        assertThat(connection.getContentLength()).isGreaterThan(500);
        assertThat(connection.getInputStream().readNBytes(500)).hasSize(500);
    }

    @Test
    void slowsAndDelays() throws Exception {
        JsonNode queued = finished();
        int length = client.retrieve(queued).body().length;
        sandbox.faults().next(1, Call.RETRIEVE, Fault.slow(length * 4));
        long start = System.nanoTime();
        assertThat(client.retrieve(queued).body()).hasSize(length);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));

        sandbox.faults().next(1, Call.COMPLETE, Fault.delay(Duration.ofMillis(150)));
        start = System.nanoTime();
        assertThat(client.complete(queued).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(149));
    }

    private JsonNode finished() throws Exception {
        JsonNode queued = client.queueText().json();
        clock.advance(Duration.ofSeconds(60));
        return queued;
    }

    private CompletableFuture<Client.Answer> inBackground() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client.queueText();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Client.Answer unchecked(JsonNode queued) {
        try {
            return client.retrieve(queued);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
