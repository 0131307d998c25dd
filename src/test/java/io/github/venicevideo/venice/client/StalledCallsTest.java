package io.github.venicevideo.venice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.QueueRequestEntity;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that neither answer nor hang up; every byte of theirs comes in time for any timeout of a client's own. */
@Timeout(180)
class StalledCallsTest {

    private static final Duration PATIENCE = Duration.ofMillis(400);
    /** For what has to be done in time, on a machine that is busy as well. */
    private static final Duration LONG = Duration.ofSeconds(15);

    @TempDir
    private Path work;
    private WireServer server;

    @BeforeEach
    void start() throws IOException {
        server = new WireServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void anAnswerThatComesInTimeIsLeftAlone() throws IOException {
        server.answer(200, "application/json", "{}");

        assertThat(post(new StringEntity("{}"), LONG)).isEqualTo(200);
    }

    @Test
    void aHeadThatComesDropByDropIsEnded() {
        server.drip(Duration.ofMillis(50));

        assertThatThrownBy(() -> post(new StringEntity("{}"))).isInstanceOf(IOException.class);
    }

    static Stream<Arguments> headsWithoutEnd() {
        return Stream.of(
                Arguments.of("informational answers", "", "HTTP/1.1 102 Processing\r\n\r\n"),
                Arguments.of("a line", "HTTP/1.1 200 OK\r\nX-Long: ", "xxxxxxxxxxxxxxxx"),
                Arguments.of("lines", "HTTP/1.1 200 OK\r\n", "X-Another: one\r\n"),
                Arguments.of("what is no HTTP", "", "xxxxxxxxxxxxxxxx"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headsWithoutEnd")
    void aHeadThatNeverEndsIsEnded(String name, String begin, String again) {
        server.answerForever(begin, again.repeat(100));

        assertThatThrownBy(() -> post(new StringEntity("{}"))).isInstanceOf(IOException.class);
    }

    @Test
    void anUploadThatNobodyReadsIsEndedAndWasNotSentInFull() throws IOException {
        server.goDeaf();
        QueueRequestEntity body = entity(20_000_000);

        assertThatThrownBy(() -> post(body)).isInstanceOf(IOException.class);
        assertThat(body.fullyWritten()).isFalse();
    }

    @Test
    void whatIsSentInFullAndNotAnsweredIsEndedToo() throws IOException {
        server.staySilent();
        QueueRequestEntity body = entity(100_000);

        assertThatThrownBy(() -> post(body, Duration.ofSeconds(5))).isInstanceOf(IOException.class);
        assertThat(body.fullyWritten()).isTrue();
    }

    private int post(HttpEntity body) throws IOException {
        return post(body, PATIENCE);
    }

    private int post(HttpEntity body, Duration patience) throws IOException {
        HttpPost post = new HttpPost(server.url() + "/video/queue");
        post.setEntity(body);
        try (CloseableHttpClient client = HttpClientBuilder.create().disableAutomaticRetries()
                .addExecInterceptorFirst("stalled", new StalledCalls(patience)).build()) {
            return client.execute(post, answer -> answer.getCode());
        }
    }

    private QueueRequestEntity entity(int size) throws IOException {
        Files.write(work.resolve("medium"), new byte[size]);
        ObjectNode fields = Json.mapper().createObjectNode().put("model", "m").put("image_url", "");
        return QueueRequestEntity.of(new VideoRequest(fields,
                List.of(new Media("/image_url", "medium", "image/png", size, null, false))), work);
    }
}
