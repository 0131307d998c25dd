package io.github.venicevideo.venice.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.FreePort;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.QueueAnswer;
import io.github.venicevideo.venice.answer.QueueFailure;
import io.github.venicevideo.venice.answer.QueueOutcome;
import io.github.venicevideo.venice.answer.RetrieveAnswer;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.QueueRequestEntity;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** camel-http as the routes use it, against a server that shows what really came over the wire. */
@Timeout(180)
class VeniceClientConfigurerTest {

    /** The endpoint options of the routes; {@code *} is the configurer. */
    private static final String OPTIONS = "?httpMethod=POST&httpClientConfigurer=#bean:*&throwExceptionOnFailure=false"
            + "&skipRequestHeaders=true&skipControlHeaders=true&copyHeaders=false&disableStreamCache=true";
    private static final String DOWNLOAD = "https://download?httpMethod=GET&httpClientConfigurer=#bean:download"
            + "&throwExceptionOnFailure=false&skipRequestHeaders=true&copyHeaders=false&disableStreamCache=true";

    @TempDir
    Path work;

    private WireServer server;
    private DefaultCamelContext camel;

    @BeforeEach
    void start() throws Exception {
        server = new WireServer();
        camel = new DefaultCamelContext();
        ApiAddress api = ApiAddress.of(server.url() + "/api/v1");
        camel.getRegistry().bind("queue", VeniceClientConfigurer.queue(api, () -> Optional.of("secret-key"), Duration.ofSeconds(5)));
        camel.getRegistry().bind("api", VeniceClientConfigurer.api(api, () -> Optional.of(" secret-key\n"), Duration.ofSeconds(5)));
        camel.getRegistry().bind("keyless", VeniceClientConfigurer.api(api, Optional::empty, Duration.ofSeconds(5)));
        camel.getRegistry().bind("badkey", VeniceClientConfigurer.api(api, () -> Optional.of("sec\nret"), Duration.ofSeconds(5)));
        camel.getRegistry().bind("impatient", VeniceClientConfigurer.api(api, Optional::empty, Duration.ofSeconds(2)));
        camel.getRegistry().bind("download", VeniceClientConfigurer.download(Duration.ofSeconds(5), List.of("127.0.0.1")));
        camel.addRoutes(new Routes());
        camel.start();
    }

    @AfterEach
    void stop() throws Exception {
        camel.stop();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 500, 502})
    void sendsOnceWhateverTheAnswer(int status) throws Exception {
        server.answer(status, "application/json", "{\"error\": \"busy\"}", "Retry-After: 0");

        Exchange done = call("queue", "/api/v1/video/queue", entity(100_000));

        assertThat(answer(done).status()).isEqualTo(status);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void sendsTheBodyWithItsLengthAfterAsking() throws Exception {
        server.answer(200, "application/json", "{\"model\": \"m\", \"queue_id\": \"q\"}");
        QueueRequestEntity entity = entity(5_000_000);

        Exchange done = call("queue", "/api/v1/video/queue", entity);

        WireServer.Request sent = server.requests().get(0);
        assertThat(sent.header("expect")).isEqualTo("100-continue");
        assertThat(sent.header("content-length")).isEqualTo(String.valueOf(entity.getContentLength()));
        assertThat(sent.header("transfer-encoding")).isNull();
        assertThat(sent.header("content-type")).isEqualTo("application/json");
        assertThat(sent.header("user-agent")).startsWith("venice-video-routes/");
        assertThat(sent.header("authorization")).isEqualTo("Bearer secret-key");
        assertThat(sent.bodyBytes()).isEqualTo(entity.getContentLength());
        assertThat(entity.fullyWritten()).isTrue();
        assertThat(QueueAnswer.of(answer(done), "m")).isInstanceOf(QueueOutcome.Accepted.class);
    }

    @Test
    void sendsNothingMoreOnceItsCallsWereEndedUntilItIsAllowedTo() throws Exception {
        server.answer(200, "application/json", "{}");
        VeniceClientConfigurer queue = camel.getRegistry().lookupByNameAndType("queue", VeniceClientConfigurer.class);
        queue.abort();
        QueueRequestEntity entity = entity(10);

        Exchange late = call("queue", "/api/v1/video/queue", entity);

        assertThat(server.connections()).isZero();
        assertThat(QueueFailure.of(late.getException(), entity.fullyWritten()).key()).isEqualTo("not-sent");
        queue.allow();
        assertThat(answer(call("queue", "/api/v1/video/queue", entity(10))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"402, account-trouble", "413, refused"})
    void seesAnEarlyRefusalBeforeItSendsTheBody(int status, String outcome) throws Exception {
        server.refuseEarly(status, "{\"error\": \"no\"}");
        QueueRequestEntity entity = entity(5_000_000);

        Exchange done = call("queue", "/api/v1/video/queue", entity);

        assertThat(QueueAnswer.of(answer(done), "m").key()).isEqualTo(outcome);
        assertThat(entity.bytesWritten()).isZero();
        assertThat(entity.fullyWritten()).isFalse();
    }

    @Test
    void neverReusesAConnectionForTheQueueButDoesForPolls() throws Exception {
        server.answer(200, "application/json", "{}");
        for (int i = 0; i < 3; i++) {
            answer(call("queue", "/api/v1/video/queue", entity(10)));
        }
        assertThat(server.connections()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            answer(call("api", "/api/v1/video/retrieve", "{}"));
        }
        assertThat(server.connections()).isEqualTo(4);
    }

    @Test
    void keepsTheKeyOutOfTheExchange() throws Exception {
        server.answer(200, "application/json", "{}", "Set-Cookie: a=b", "CamelHttpUri: http://evil.example");

        Exchange first = call("api", "/api/v1/video/retrieve", "{}");
        answer(first);
        answer(call("api", "/api/v1/video/retrieve", "{}"));

        assertThat(first.getMessage().getHeaders().toString() + first.getProperties()).doesNotContain("secret-key");
        assertThat(first.getMessage().getHeader("CamelHttpUri")).isNull();
        assertThat(first.getMessage().getHeader("Mine")).as("in-headers do not come back").isNull();
        assertThat(server.requests().get(0).header("mine")).as("nor go out").isNull();
        assertThat(server.requests().get(1).header("cookie")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"api, /other/path", "api, /api/v10/video/retrieve", "keyless, /api/v1/video/retrieve"})
    void putsTheKeyNowhereElse(String configurer, String path) throws Exception {
        server.answer(200, "application/json", "{}");

        answer(call(configurer, path, "{}"));

        assertThat(server.requests().get(0).header("authorization")).isNull();
    }

    @Test
    void sendsTheContentTypeOfATextBody() throws Exception {
        server.answer(200, "application/json", "{}");

        answer(call("api", "/api/v1/video/retrieve", "{\"a\":\"é\"}"));

        assertThat(server.requests().get(0).header("content-type")).startsWith("application/json");
        assertThat(server.requests().get(0).bodyBytes()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "queue"})
    void asksForNothingPacked(String configurer) throws Exception {
        server.answer(200, "application/json", "{}");

        answer(call(configurer, "/api/v1/video/retrieve", "{}"));

        assertThat(server.requests().get(0).header("accept-encoding")).isEqualTo("identity");
    }

    @Test
    void doesNotFollowRedirects() throws Exception {
        server.answer(302, "text/html", "", "Location: " + server.url() + "/elsewhere");

        assertThat(answer(call("api", "/api/v1/video/retrieve", "{}")).status()).isEqualTo(302);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void doesNotSendAKeyThatWouldBreakTheRequest() throws Exception {
        Exchange done = call("badkey", "/api/v1/video/retrieve", "{}");

        assertThat(done.getException()).hasMessageContaining("venice.api.key");
        assertThat(done.getException().getMessage()).doesNotContain("sec");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() throws Exception {
        server.staySilent();

        Exchange done = call("impatient", "/api/v1/video/retrieve", "{}");

        assertThat(done.getException()).isInstanceOf(SocketTimeoutException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void provesThatARefusedConnectionSentNothing() throws Exception {
        int free = FreePort.take();
        QueueRequestEntity entity = entity(10);

        Exchange done = camel.createProducerTemplate().request("http://127.0.0.1:" + free + OPTIONS.replace("*", "queue"),
                e -> e.getMessage().setBody(entity));

        assertThat(QueueFailure.of(done.getException(), entity.fullyWritten()).key()).isEqualTo("not-sent");
    }

    @Test
    void isInDoubtWhenTheConnectionEndsAfterTheBody() throws Exception {
        server.hangUpAfterTheBody();
        QueueRequestEntity entity = entity(100_000);

        Exchange done = call("queue", "/api/v1/video/queue", entity);

        assertThat(QueueFailure.of(done.getException(), entity.fullyWritten()).key()).isEqualTo("in-doubt");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void saysSoWhenAFileChangesOnItsWayOut() throws Exception {
        server.answer(200, "application/json", "{\"model\": \"m\", \"queue_id\": \"q\"}");
        QueueRequestEntity entity = entity(300_000);
        Files.write(work.resolve("medium"), new byte[10]);

        Exchange done = call("queue", "/api/v1/video/queue", entity);

        assertThat(QueueFailure.of(done.getException(), entity.fullyWritten()).key()).isEqualTo("media-changed");
    }

    @Test
    void readsNoMoreThanItMustOfAnEndlessAnswer() throws Exception {
        server.answerForever("application/json");

        Answer answer = answer(call("api", "/api/v1/video/retrieve", "{}"));

        assertThat(answer.complete()).isFalse();
        assertThat(RetrieveAnswer.of(answer).key()).isEqualTo("retry");
    }

    @Test
    void leavesAVideoToBeStreamed() throws Exception {
        server.answer(200, "video/mp4", "the video");

        String read = camel.createProducerTemplate().request("direct:retrieve-video", e -> {
            e.getMessage().setBody("{}");
            e.getMessage().setHeader("Path", server.url() + "/api/v1/video/retrieve" + OPTIONS.replace("*", "api"));
        }).getMessage().getBody(String.class);

        assertThat(read).isEqualTo("the video");
    }

    /** Every character that signatures are made of; {@code ~} alone changes its spelling, to the equal {@code %7E}. */
    @ParameterizedTest
    @ValueSource(strings = {
        "/v.mp4?X-Amz-Signature=a%2Fb%2Bc%3D%3D&Expires=60", "/v+1.mp4?a=b+c&d==&e", "/a%20b/%25/v.mp4?x=%7B%7Bvenice%7D%7D",
        "/v?a=1&a=2&empty=&u=https://x.example/y?z", "/v;p=1/:@!$'()*,?q=;:@!$'()*,[1]", "/RAW(x)?a=RAW(b)&c=%E2%82%AC"})
    void fetchesAnyUrlAsItIs(String target) throws Exception {
        server.answer(200, "video/mp4", "the video");
        // as DownloadUrlRule lets it through, but for the host
        String url = server.url() + target.replace("[1]", "%5B1%5D");

        Exchange done = camel.createProducerTemplate().request("direct:download", e -> {
            e.getMessage().setHeader(Exchange.HTTP_URI, SealedAddress.of(url));
            e.getMessage().setHeader("Authorization", "Bearer secret-key");
        });

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(String.class)).isEqualTo("the video");
        assertThat(server.requests().get(0).target()).isEqualTo(target.replace("[1]", "%5B1%5D"));
        assertThat(server.requests().get(0).header("authorization")).isNull();
        assertThat(server.requests().get(0).method()).isEqualTo("GET");
        assertThat(done.getMessage().getHeaders().toString()).doesNotContain("Expires=60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sealed-", "/sealed-video.mp4", "/sealed-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void fetchesWhatOnlyLooksSealedAsItIs(String target) throws Exception {
        server.answer(200, "video/mp4", "the video");

        camel.createProducerTemplate().request("direct:download", e -> e.getMessage().setHeader(Exchange.HTTP_URI, server.url() + target));

        assertThat(server.requests().get(0).target()).isEqualTo(target);
    }

    /** Through a route, as in the program: the answer has to be read before the exchange ends. */
    private Exchange call(String configurer, String path, Object body) {
        return camel.createProducerTemplate().request("direct:" + configurer, e -> {
            e.getMessage().setBody(body);
            e.getMessage().setHeader("Path", server.url() + path + OPTIONS.replace("*", configurer));
            e.getMessage().setHeader("Content-Type", "application/json");
            e.getMessage().setHeader("Mine", "x");
            e.getMessage().setHeader("Authorization", "Bearer other");
            e.getMessage().setHeader(Exchange.HTTP_URI, "http://evil.example");
        });
    }

    private static Answer answer(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getProperty("answer", Answer.class);
    }

    private static final class Routes extends RouteBuilder {
        @Override
        public void configure() {
            for (String name : List.of("queue", "api", "keyless", "badkey", "impatient")) {
                from("direct:" + name).streamCache("false").toD("${header.Path}")
                        .process(e -> e.setProperty("answer", Answer.of(e.getMessage(), Clock.systemUTC())));
            }
            from("direct:retrieve-video").streamCache("false").toD("${header.Path}")
                    .convertBodyTo(String.class);
            from("direct:download").streamCache("false").to(DOWNLOAD).convertBodyTo(String.class);
        }
    }

    private QueueRequestEntity entity(int size) throws IOException {
        Files.write(work.resolve("medium"), new byte[size]);
        ObjectNode fields = Json.mapper().createObjectNode().put("model", "m").put("image_url", "");
        return QueueRequestEntity.of(new VideoRequest(fields,
                List.of(new Media("/image_url", "medium", "image/png", size, null, false))), work);
    }
}
