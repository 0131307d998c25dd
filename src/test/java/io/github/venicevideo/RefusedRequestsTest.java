package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.forbidden;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be made lies in {@code failed/} with the reason, for people and for programs, and cost nothing. */
@Timeout(300)
class RefusedRequestsTest {

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.in(folder).startImpatient();
    }

    @AfterEach
    void disarm() {
        station.sandbox().faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @Test
    void aFieldThatTheApiRefusesIsNamed() throws Exception {
        station.dropReady("bad field", Map.of("request.json", """
                {"model": "seedance-2-0-text-to-video", "prompt": "With too much",
                 "reference_document_urls": ["https://example.org/a.pdf"]}"""));

        JsonNode job = station.awaitFailed("bad field");

        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.path("reason").asText()).isEqualTo("refused");
        assertThat(job.path("status").asInt()).isEqualTo(400);
        assertThat(job.at("/fields/reference_document_urls/0").asText()).contains("does not support");
        assertThat(station.text("failed/bad field/ERROR.txt")).contains(
                "- reference_document_urls: ", "Nothing: the API did not accept it.", "Mend what is named above");
        assertThat(station.home().resolve("failed/bad field/bundle/request.json")).exists();
    }

    @Test
    void whatTheCatalogueForbidsIsNeverSent() throws Exception {
        station.dropReady("all wrong", Map.of("request.json", """
                {"model": "seedance-2-0-text-to-video", "prompt": "Never sent", "duration": "30s", "resolution": "256p",
                 "aspect_ratio": "16x9"}"""));
        station.dropReady("no model", Map.of("request.json", """
                {"model": "seedance-9", "prompt": "By nobody", "duration": "5s"}"""));

        JsonNode job = station.awaitFailed("all wrong");
        station.awaitFailed("no model");

        assertThat(job.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(job.path("fields")).extracting(problem -> problem.path("field").asText())
                .containsExactlyInAnyOrder("duration", "resolution", "aspect_ratio");
        assertThat(station.text("failed/all wrong/ERROR.txt")).contains("Write it as 16:9.", "The nearest is 15s.");
        assertThat(station.text("failed/no model/ERROR.txt")).contains("The nearest that are listed: seedance-");
        assertThat(station.posted("Never sent")).isEmpty();
        assertThat(station.posted("By nobody")).isEmpty();
    }

    @Test
    void aModelThatTheApiHasNoMoreIsNamed() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.json(404, """
                {"error": {"code": "MODEL_NOT_FOUND", "message": "Specified model not found", "type": "invalid_request_error"}}"""));
        station.dropReady("gone", Map.of("prompt.txt", "By nobody now"));

        JsonNode job = station.awaitFailed("gone");

        assertThat(job.path("status").asInt()).isEqualTo(404);
        assertThat(station.text("failed/gone/ERROR.txt")).contains("404");
        assertThat(station.posted("By nobody now")).hasSize(1);
    }

    @Test
    void aPictureThatThePolicyForbidsIsNotTriedAgain() throws Exception {
        station.dropReady("policy", Map.of("prompt.txt", "Against the policy", "image.png", forbidden("policy")));

        JsonNode job = station.awaitFailed("policy");

        assertThat(job.path("status").asInt()).isEqualTo(422);
        assertThat(job.path("code").asText()).isEqualTo("CONTENT_POLICY_VIOLATION");
        assertThat(station.posted("Against the policy")).hasSize(1);
    }

    @Test
    void whatTheApiSuggestsIsPassedOn() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.json(422, """
                {"error": "The prompt is too vague.", "suggested_prompt": "A black gondola at dawn"}"""));
        station.dropReady("suggested", Map.of("prompt.txt", "Something"));

        JsonNode job = station.awaitFailed("suggested");

        assertThat(job.path("suggested_prompt").asText()).isEqualTo("A black gondola at dawn");
        assertThat(station.text("failed/suggested/ERROR.txt")).contains("A black gondola at dawn");
    }

    @Test
    void aBundleThatCannotBeReadSaysAllThatIsWrongWithIt() throws Exception {
        station.dropReady("unreadable", Map.of("request.json", """
                {"prompt": "", "durration": "5s", "image_url": 5}""", "sound.mp3.zip", "x"));

        JsonNode job = station.awaitFailed("unreadable");

        assertThat(job.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(job.path("fields")).extracting(problem -> problem.path("field").asText())
                .contains("prompt", "durration", "image_url");
        assertThat(station.text("failed/unreadable/ERROR.txt")).contains("durration").contains("duration");
        assertThat(station.posted("")).isEmpty();
    }

    @Test
    void aMendedBundleThatComesBackIsANewJob() throws Exception {
        station.dropReady("mended", Map.of("request.json", "{\"prompt\": \"To be mended\", \"resolution\": \"1p\"}"));
        JsonNode failed = station.awaitFailed("mended");
        Path bundle = station.home().resolve("failed/mended");
        Files.writeString(bundle.resolve("bundle/request.json"), "{\"prompt\": \"To be mended\", \"resolution\": \"480p\"}");
        Files.move(bundle, station.drop().resolve("mended"), StandardCopyOption.ATOMIC_MOVE);

        JsonNode done = station.awaitDone("mended");

        assertThat(done.path("job_id")).isNotEqualTo(failed.path("job_id"));
        assertThat(station.accepted(done).request().path("resolution").asText()).isEqualTo("480p");
        assertThat(station.home().resolve("done/mended/ERROR.txt")).doesNotExist();
        assertThat(station.home().resolve("failed/mended")).doesNotExist();
    }
}
