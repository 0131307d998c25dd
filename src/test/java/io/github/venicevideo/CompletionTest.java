package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.png;
import static io.github.venicevideo.SampleMedia.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A video is fetched the way its model hands it out, and delivered as it came. */
@Timeout(300)
class CompletionTest {

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.in(folder).startImpatient();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @Test
    void theVideoInTheAnswerIsDeliveredByteForByteWithItsSidecar() throws Exception {
        station.dropReady("in the answer", Map.of("prompt.txt", "In the answer"));

        JsonNode job = station.awaitDone("in the answer");

        byte[] video = Files.readAllBytes(station.video("in the answer"));
        AcceptedJob accepted = station.accepted(job);
        assertThat(accepted.videoSha256()).contains(sha256(video));
        assertThat(job.at("/delivered_to/0/location").asText()).isEqualTo(station.video("in the answer").toString());
        JsonNode sidecar = Json.mapper().readTree(station.text("videos/in the answer.json"));
        assertThat(sidecar.at("/video/sha256").asText()).isEqualTo(sha256(video));
        assertThat(sidecar.at("/video/bytes").asLong()).isEqualTo(video.length);
        assertThat(sidecar.at("/video/duration_ms").asLong()).isPositive();
        assertThat(sidecar.at("/video/width").asInt()).isPositive();
        assertThat(sidecar.at("/job_id")).isEqualTo(job.path("job_id"));
        assertThat(sidecar.at("/request/duration").asText()).isEqualTo("5s");
    }

    @Test
    void thePrivateModelsVideoIsFetchedFromItsDownloadUrlWithoutTheKey() throws Exception {
        station.dropReady("private", Map.of("request.json", """
                {"model": "wan-2-2-a14b-text-to-video", "prompt": "In private", "duration": "5s"}"""));

        JsonNode job = station.awaitDone("private");

        AcceptedJob accepted = station.accepted(job);
        String url = accepted.downloadUrl().orElseThrow();
        assertThat(url).startsWith("http://127.0.0.1:" + station.sandbox().downloadPort() + "/");
        List<LoggedRequest> downloads = station.sandbox().requests(Call.DOWNLOAD);
        assertThat(downloads).singleElement().satisfies(download -> {
            assertThat(url).endsWith(download.target());
            assertThat(download.authorized()).isFalse();
            assertThat(download.headers().get("host")).endsWith(":" + station.sandbox().downloadPort());
        });
        assertThat(accepted.videoSha256()).contains(sha256(Files.readAllBytes(station.video("private"))));
        assertThat(whatPeopleRead()).noneMatch(text -> text.contains(url) || text.contains("test-key"));
    }

    @Test
    void theModelThatAnsweredIsTheOneThatIsAskedAbout() throws Exception {
        station.dropReady("alias", Map.of("request.json", """
                {"model": "grok-imagine-reference-to-video", "prompt": "By another name", "duration": "5s"}""",
                "reference_image_1.png", png("alias")));

        JsonNode job = station.awaitDone("alias");

        assertThat(job.path("model").asText()).isEqualTo("grok-imagine-video");
        assertThat(station.awaitPosted("By another name").json().path("model").asText())
                .isEqualTo("grok-imagine-reference-to-video");
        assertThat(station.sandbox().requests(Call.RETRIEVE)).filteredOn(
                        request -> request.queueId().equals(job.path("queue_id").asText()))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.json()).isEqualTo(Json.mapper().createObjectNode()
                        .put("model", "grok-imagine-video").put("queue_id", job.path("queue_id").asText())));
    }

    private static List<String> whatPeopleRead() throws Exception {
        try (Stream<Path> paths = Stream.concat(Files.walk(station.home().resolve("done")),
                Files.walk(station.home().resolve("videos")))) {
            List<String> texts = new ArrayList<>();
            for (Path path : (Iterable<Path>) paths.filter(found -> found.toString().endsWith(".json"))::iterator) {
                texts.add(Files.readString(path));
            }
            assertThat(texts).isNotEmpty();
            return texts;
        }
    }
}
