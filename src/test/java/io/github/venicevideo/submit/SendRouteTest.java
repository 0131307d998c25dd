package io.github.venicevideo.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.VeniceVideo;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.QueueRequestEntity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The route {@code venice-send} as it is, with nothing but the wire replaced: whatever the API answers, the ledger and
 * the intent on disk say the right thing afterwards.
 */
@Timeout(180)
class SendRouteTest extends CamelTestSupport {

    @TempDir
    private Path folder;
    private Ledger ledger;
    private Home home;
    private MockEndpoint api;
    private Job job;

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withUseAdviceWith(true);
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withShutdownTimeout(5);
    }

    @BeforeEach
    void replaceTheWire() throws Exception {
        VeniceVideo.addTo(context(), Map.of("venice.api.key", "key", "venice.api.url", "http://127.0.0.1:9/api/v1",
                "venice.home", folder.toString()));
        // The test is the only worker.
        for (RouteDefinition route : ((ModelCamelContext) context()).getRouteDefinitions()) {
            if (!route.getInput().getEndpointUri().startsWith("direct:")) {
                route.autoStartup(false);
            }
        }
        AdviceWith.adviceWith(context(), "venice-queue", route -> route.weaveByType(ToDefinition.class).replace().to("mock:api"));
        context().start();
        ledger = context().getRegistry().lookupByNameAndType("veniceLedger", Ledger.class);
        home = context().getRegistry().lookupByNameAndType("veniceHome", Home.class);
        api = context().getEndpoint("mock:api", MockEndpoint.class);
        api.expectedMessageCount(1);
        template().requestBody("direct:venice-video-submit", Map.of("prompt", "A gondola"));
        job = ledger.leases().claim(Due.RECEIVED, Duration.ofMinutes(1)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "200 | {'model': 'other-model', 'queue_id': 'q-1'}                       | generating |               | 1",
            "200 | {'queue_id': '../../etc'}                                         | parked     | in-doubt      | 1",
            "200 | <html>Sign in to the hotel</html>                                 | parked     | in-doubt      | 1",
            "400 | {'error': 'Invalid request', 'details': {'duration': {'_errors': ['No']}}} | failed | refused  | 0",
            "401 | {'error': 'Authentication failed'}                                | received   |               | 0",
            "401 | {'error': {'code': 'PRO_ONLY_MODEL', 'message': 'This model is for Pro'}} | failed | refused   | 0",
            "402 | {'error': {'code': 'INSUFFICIENT_BALANCE', 'message': 'No money'}} | received  |               | 0",
            "403 | {'error': 'This model is not available in your region'}           | failed     | refused       | 0",
            "404 | {'error': {'code': 'MODEL_NOT_FOUND', 'message': 'No such model'}} | failed    | refused       | 0",
            "409 | {'error': {'code': 'needs_consent', 'message': 'A face'}, 'consent_flow': 'seedance', 'face_media_roles': ['image'], 'consent': {'policy_text': 'I agree'}} | parked | needs-consent | 0",
            "413 | <html>Request Entity Too Large</html>                             | failed     | refused       | 0",
            "422 | {'error': 'Content policy', 'suggested_prompt': 'Other'}          | failed     | refused       | 0",
            "429 | {'error': {'code': 'RATE_LIMIT_EXCEEDED', 'message': 'Slow down'}} | received  |               | 0",
            "500 | {'error': 'Internal'}                                             | parked     | in-doubt      | 1",
            "502 | <html>Bad gateway</html>                                          | parked     | in-doubt      | 1",
            "503 | {'error': 'Busy'}                                                 | received   |               | 0",
            "503 | <html>Busy</html>                                                 | parked     | in-doubt      | 1",
            "504 | {'error': 'Timeout'}                                              | parked     | in-doubt      | 1"})
    void whatTheApiAnswersIsWhatTheLedgerSays(int status, String body, String state, String reason, int intents)
            throws Exception {
        boolean html = body.startsWith("<");
        api.whenAnyExchangeReceived(exchange -> {
            assertThat(intent()).as("the intent is on disk before the POST").isPresent();
            assertThat(ledger.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.SUBMITTING);
            written(exchange);
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
            exchange.getMessage().setHeader("Content-Type", html ? "text/html" : "application/json");
            exchange.getMessage().setBody(new ByteArrayInputStream(
                    (html ? body : body.replace('\'', '"')).getBytes(StandardCharsets.UTF_8)));
        });

        send();

        Job after = ledger.jobs().find(job.id()).orElseThrow();
        assertThat(after.state()).hasToString(state);
        assertThat(after.reason()).isEqualTo(Optional.ofNullable(reason));
        assertThat(after.leaseOwner()).isEmpty();
        assertThat(intent().isPresent()).as("an intent is left").isEqualTo(intents == 1);
        api.assertIsSatisfied();
    }

    @Test
    void theAnswerIsOnDiskWhenTheLedgerHasIt() throws Exception {
        api.whenAnyExchangeReceived(answering("""
                {"model": "other-model", "queue_id": "q-1", "download_url": "https://media.example.com/v?s=1"}"""));

        send();

        Intent intent = intent().orElseThrow();
        assertThat(intent.isAnswered()).isTrue();
        assertThat(intent.queueId()).contains("q-1");
        assertThat(intent.downloadUrl()).contains("https://media.example.com/v?s=1");
        Job after = ledger.jobs().find(job.id()).orElseThrow();
        assertThat(after.model()).contains("other-model");
        assertThat(after.queueId()).contains("q-1");
        assertThat(ledger.downloadUrls().of(job.id())).contains("https://media.example.com/v?s=1");
    }

    @Test
    void anAnswerThatComesAfterTheJobWasGivenUpIsTakenAllTheSame() throws Exception {
        api.whenAnyExchangeReceived(exchange -> {
            // Another program on the same ledger, whose clock is ahead.
            ledger.leases().renew(job, Duration.ofSeconds(-1));
            Job taken = ledger.leases().claim(Due.SUBMITTING, Duration.ofMinutes(1)).orElseThrow();
            ledger.transitions().parked(taken, Reason.IN_DOUBT, "Given up", Optional.empty());
            answering("""
                    {"model": "other-model", "queue_id": "q-1", "download_url": "https://media.example.com/v?s=1"}""")
                    .process(exchange);
        });

        send();

        Job after = ledger.jobs().find(job.id()).orElseThrow();
        assertThat(after.state()).isEqualTo(JobState.GENERATING);
        assertThat(after.reason()).isEmpty();
        assertThat(after.model()).contains("other-model");
        assertThat(after.queueId()).contains("q-1");
        assertThat(after.message()).contains("The answer came after it had been given up: it was accepted");
        assertThat(ledger.downloadUrls().of(job.id())).contains("https://media.example.com/v?s=1");
    }

    @Test
    void aCallThatBreaksBeforeAllIsWrittenIsTakenBack() throws Exception {
        api.whenAnyExchangeReceived(exchange -> {
            throw new SocketException("Broken pipe");
        });

        send();

        assertThat(ledger.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.RECEIVED);
        assertThat(intent()).isEmpty();
    }

    @Test
    void aCallThatBreaksAfterAllWasWrittenIsInDoubt() throws Exception {
        api.whenAnyExchangeReceived(exchange -> {
            written(exchange);
            throw new SocketException("Connection reset");
        });

        send();

        assertThat(ledger.jobs().find(job.id()).orElseThrow().reason()).contains("in-doubt");
        assertThat(intent()).map(Intent::isAnswered).contains(false);
    }

    @Test
    void nothingOfTheCallersGoesOverTheWire() throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        api.whenAnyExchangeReceived(exchange -> {
            exchange.getMessage().getBody(QueueRequestEntity.class).writeTo(sent);
            assertThat(exchange.getMessage().getHeaders()).isEmpty();
            answering("{\"queue_id\": \"q-1\"}").process(exchange);
        });

        template().send("direct:venice-send", exchange -> {
            exchange.setProperty(Exchanges.JOB, job);
            exchange.getMessage().setHeader("Authorization", "Bearer other");
            exchange.getMessage().setHeader(Exchange.HTTP_URI, "http://elsewhere.example.com");
            exchange.getMessage().setHeader("X-Of-The-Caller", "1");
        });

        JsonNode body = Json.mapper().readTree(sent.toByteArray());
        assertThat(body).isEqualTo(Json.mapper().readTree(
                "{\"model\": \"seedance-2-0-text-to-video-basic\", \"prompt\": \"A gondola\", \"duration\": \"5s\"}"));
        api.assertIsSatisfied();
    }

    private void send() {
        Exchange sent = template().send("direct:venice-send", exchange -> exchange.setProperty(Exchanges.JOB, job));
        assertThat(sent.getException()).isNull();
    }

    private Optional<Intent> intent() throws IOException {
        return Intent.read(home.work(job.id()));
    }

    private static Processor answering(String json) {
        return exchange -> {
            if (exchange.getMessage().getBody() instanceof QueueRequestEntity) {
                written(exchange);
            }
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
            exchange.getMessage().setHeader("Content-Type", "application/json");
            exchange.getMessage().setBody(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        };
    }

    /** What the HTTP client does with a body. */
    private static void written(Exchange exchange) throws IOException {
        exchange.getMessage().getBody(QueueRequestEntity.class).writeTo(OutputStream.nullOutputStream());
    }
}
