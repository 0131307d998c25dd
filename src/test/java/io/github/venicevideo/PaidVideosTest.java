package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A video that was paid for is asked for until it is here, whole; it is never paid again. */
@Timeout(300)
class PaidVideosTest {

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).startImpatient();
    }

    @AfterEach
    void disarm() {
        station.sandbox().faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of("server errors", 3, Fault.error(500)),
                Arguments.of("gateway pages", 2, Fault.html(502)),
                Arguments.of("a page that is not found", 2, Fault.html(404)),
                Arguments.of("dropped answers", 2, Fault.closeBeforeReading()),
                Arguments.of("an unknown status", 2, Fault.json(200, "{\"status\": \"reticulating\"}")),
                Arguments.of("broken transfers", 2, Fault.truncate(1_000)),
                Arguments.of("a short video", 1, Fault.cutShort()),
                Arguments.of("a page for a video", 1, Fault.htmlAsVideo()),
                Arguments.of("a placeholder", 1, Fault.placeholder()),
                Arguments.of("too fast", 1, Fault.tooFast(1)));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void troubleInFetchingIsWaitedOut(String trouble, int times, Fault fault) throws Exception {
        FaultRule rule = station.sandbox().faults().next(times, Call.RETRIEVE, fault);
        station.dropReady(trouble, Map.of("prompt.txt", trouble));

        JsonNode job = station.awaitDone(trouble);

        assertThat(rule.hits()).isEqualTo(times);
        assertThat(station.posted(trouble)).hasSize(1);
        Path video = Path.of(job.at("/delivered_to/0/location").asText());
        assertThat(station.accepted(job).videoSha256()).contains(SampleMedia.sha256(Files.readAllBytes(video)));
    }

    @Test
    void aDownloadThatBreaksOffIsFetchedAgain() throws Exception {
        FaultRule rule = station.sandbox().faults().next(1, Call.DOWNLOAD, Fault.truncate(1_000));
        station.dropReady("private", Map.of("request.json", """
                {"model": "wan-2-2-a14b-text-to-video", "prompt": "In private", "duration": "5s"}"""));

        JsonNode job = station.awaitDone("private");

        assertThat(rule.hits()).isEqualTo(1);
        assertThat(station.accepted(job).videoSha256())
                .contains(SampleMedia.sha256(Files.readAllBytes(station.video("private"))));
    }

    @Test
    void theSameBrokenBytesTwiceAreKeptForAPersonWhoMayAskOnceMore() throws Exception {
        FaultRule rule = station.sandbox().faults().every(Call.RETRIEVE, Fault.cutShort());
        station.dropReady("unverified", Map.of("prompt.txt", "Unverified"));

        JsonNode job = station.awaitParked("unverified");

        assertThat(job.path("reason").asText()).isEqualTo("unverified");
        assertThat(rule.hits()).isEqualTo(2);
        assertThat(station.home().resolve("parked/unverified/unverified.mp4.part")).isNotEmptyFile();
        assertThat(station.accepted(job).deleted()).isFalse();

        rule.disarm();
        Path form = station.home().resolve("parked/unverified/answer-form.json");
        ObjectNode filled = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(form));
        Files.write(form, Json.pretty(filled.put("answer", "retry").put("by", "Anna")));
        Files.move(form, form.resolveSibling("answer.json"), StandardCopyOption.ATOMIC_MOVE);
        station.awaitDone("unverified");

        assertThat(station.video("unverified")).isNotEmptyFile();
        assertThat(station.posted("Unverified")).hasSize(1);
    }

    static Stream<Arguments> waysToSayThatItExpired() {
        return Stream.of(Arguments.of("expired-400", Fault.invalidRequestId()),
                Arguments.of("expired-404", Fault.json(404, "{\"error\": \"Video generation request not found.\"}")));
    }

    @ParameterizedTest
    @MethodSource("waysToSayThatItExpired")
    void anExpiredJobSaysWhatItCostAndIsAskedAboutAgainWhenItComesBack(String name, Fault fault) throws Exception {
        FaultRule rule = station.sandbox().faults().every(Call.RETRIEVE, fault);
        station.dropReady(name, Map.of("prompt.txt", name));
        JsonNode failed = station.awaitFailed(name);

        assertThat(failed.path("reason").asText()).isEqualTo("expired");
        assertThat(station.text("failed/" + name + "/ERROR.txt")).contains("What it cost").contains("charged")
                .contains(failed.path("queue_id").asText()).contains("nothing is paid twice");

        rule.disarm();
        Files.move(station.home().resolve("failed").resolve(name), station.drop().resolve(name),
                StandardCopyOption.ATOMIC_MOVE);
        JsonNode done = station.awaitDone(name);

        assertThat(done.path("job_id")).isEqualTo(failed.path("job_id"));
        assertThat(done.path("queue_id")).isEqualTo(failed.path("queue_id"));
        assertThat(station.posted(name)).hasSize(1);
        assertThat(station.home().resolve("done/" + name + "/ERROR.txt")).doesNotExist();
        await().atMost(Station.PATIENCE).until(() -> {
            try (Stream<Path> work = Files.list(station.home().resolve(".work"))) {
                return work.findAny().isEmpty();
            }
        });
    }

    @Test
    void aVideoThatTheProviderRefusesSaysWhetherTheCreditsCameBack() throws Exception {
        station.sandbox().faults().next(1, Call.RETRIEVE, Fault.contentPolicy(true));
        station.dropReady("refused later", Map.of("prompt.txt", "Refused later"));

        JsonNode job = station.awaitFailed("refused later");

        assertThat(job.path("reason").asText()).isEqualTo("generation-refunded");
        assertThat(job.path("credits_refunded").asBoolean()).isTrue();
        assertThat(job.path("recommended_model").asText()).isEqualTo("wan-2-7-text-to-video");
        assertThat(station.text("failed/refused later/ERROR.txt")).contains("refunded").contains("wan-2-7-text-to-video");
    }

    @Test
    void aJobThatTheProviderGaveUpHasFailed() throws Exception {
        station.sandbox().faults().next(1, Call.RETRIEVE, Fault.failed());
        station.dropReady("given up", Map.of("prompt.txt", "Given up"));

        assertThat(station.awaitFailed("given up").path("reason").asText()).isEqualTo("generation-failed");
        assertThat(station.posted("Given up")).hasSize(1);
    }
}
