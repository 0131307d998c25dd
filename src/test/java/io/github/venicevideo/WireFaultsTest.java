package io.github.venicevideo;

import static io.github.venicevideo.TcpProxy.Harm.HALF_CLOSE;
import static io.github.venicevideo.TcpProxy.Harm.RESET;
import static io.github.venicevideo.TcpProxy.Harm.STALL;
import static io.github.venicevideo.TcpProxy.Way.ANSWER;
import static io.github.venicevideo.TcpProxy.Way.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.TcpProxy.Harm;
import io.github.venicevideo.TcpProxy.Toxic;
import io.github.venicevideo.TcpProxy.Way;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The network fails at each phase of a request and of its answer. What was provably not accepted is sent again, what may
 * have been is parked after one POST, and a question is asked again: nothing is paid twice.
 */
@Order(1)
@Timeout(300)
class WireFaultsTest {

    private static final String QUEUE = "/video/queue";
    private static final String RETRIEVE = "/video/retrieve";
    /** More than any socket's buffer holds: what fits into one counts as sent, and is in doubt. */
    private static final int LARGE = 8_000_000;
    private static final int SOME = 300_000;
    private static final long HEAD = 20;
    private static final long IN_THE_BODY = 100_000;
    /** The server's 100 Continue; what comes after it is the answer to the whole request. */
    private static final long CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".length();

    @TempDir
    private static Path folder;
    private static Station station;
    private static TcpProxy proxy;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).with("venice.api.timeout", "4s").with("venice.gate.probe-interval", "100ms");
        URI api = URI.create(station.sandbox().apiUrl());
        proxy = new TcpProxy(api.getPort());
        station.at("http://127.0.0.1:" + proxy.port() + api.getPath()).startImpatient();
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        station.close();
    }

    static Stream<Arguments> faultsBeforeTheLastByteOfTheRequest() {
        return Stream.of(
                Arguments.of("reset at connect", 0, RESET, SOME),
                Arguments.of("reset in the head", HEAD, RESET, SOME),
                Arguments.of("reset in the body", IN_THE_BODY, RESET, LARGE),
                Arguments.of("stall in the body", IN_THE_BODY, STALL, LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsBeforeTheLastByteOfTheRequest")
    void whatCannotHaveBeenAcceptedIsSentAgainAndPaidOnce(String name, long afterBytes, Harm harm, int size)
            throws Exception {
        proxy.arm(new Toxic(QUEUE, REQUEST, afterBytes, harm));
        station.dropReady(name, Map.of("prompt.txt", name, "image.jpg", Arrays.copyOf(SampleMedia.jpeg(name), size)));

        JsonNode job = station.awaitDone(name);

        assertThat(proxy.hasStruck()).isTrue();
        assertThat(job.path("attempts").asInt()).isEqualTo(2);
        assertThat(acceptedOf(name)).isEqualTo(1);
        assertThat(station.video(name)).isNotEmptyFile();
    }

    static Stream<Arguments> faultsAfterTheLastByteOfTheRequest() {
        return Stream.of(
                Arguments.of("reset before the answer", CONTINUE, RESET),
                Arguments.of("stall before the answer", CONTINUE, STALL),
                Arguments.of("half close before the answer", CONTINUE, HALF_CLOSE),
                Arguments.of("reset in the answer", CONTINUE + 30, RESET),
                Arguments.of("stall in the answer", CONTINUE + 30, STALL),
                Arguments.of("half close in the answer", CONTINUE + 30, HALF_CLOSE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsAfterTheLastByteOfTheRequest")
    void whatMayHaveBeenAcceptedIsParkedAfterOnePost(String name, long afterBytes, Harm harm) throws Exception {
        proxy.arm(new Toxic(QUEUE, ANSWER, afterBytes, harm));
        station.dropReady(name, Map.of("prompt.txt", name));

        JsonNode job = station.awaitParked(name);

        assertThat(proxy.hasStruck()).isTrue();
        assertThat(job.path("reason").asText()).isEqualTo("in-doubt");
        assertThat(station.posted(name)).hasSize(1);
        assertThat(acceptedOf(name)).isEqualTo(1);
        // One that goes through opens the gate again for the next.
        String after = name + ", and after it";
        station.dropReady(after, Map.of("prompt.txt", after));
        station.awaitDone(after);
        assertThat(station.posted(name)).hasSize(1);
    }

    static Stream<Arguments> faultsOfAQuestion() {
        return Stream.of(
                Arguments.of("question reset at connect", REQUEST, 0, RESET),
                Arguments.of("question stalled in the head", REQUEST, HEAD, STALL),
                Arguments.of("question half closed in the head", REQUEST, HEAD, HALF_CLOSE),
                Arguments.of("question reset before the answer", ANSWER, 0, RESET),
                Arguments.of("question stalled before the answer", ANSWER, 0, STALL),
                Arguments.of("question reset in the answer", ANSWER, 300, RESET),
                Arguments.of("question stalled in the answer", ANSWER, 300, STALL),
                Arguments.of("question half closed in the answer", ANSWER, 300, HALF_CLOSE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfAQuestion")
    void aQuestionIsAskedAgain(String name, Way way, long afterBytes, Harm harm) throws Exception {
        proxy.arm(new Toxic(RETRIEVE, way, afterBytes, harm));
        station.dropReady(name, Map.of("prompt.txt", name));

        JsonNode job = station.awaitDone(name);

        assertThat(proxy.hasStruck()).isTrue();
        assertThat(station.posted(name)).hasSize(1);
        assertThat(station.accepted(job).videoSha256()).contains(job.at("/video/sha256").asText());
    }

    private static long acceptedOf(String prompt) {
        return station.sandbox().accepted().stream()
                .filter(job -> job.request().path("prompt").asText().equals(prompt)).count();
    }
}
