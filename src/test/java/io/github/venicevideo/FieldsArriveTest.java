package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.dataUrl;
import static io.github.venicevideo.SampleMedia.heic;
import static io.github.venicevideo.SampleMedia.jpeg;
import static io.github.venicevideo.SampleMedia.mp4;
import static io.github.venicevideo.SampleMedia.png;
import static io.github.venicevideo.SampleMedia.seen;
import static io.github.venicevideo.SampleMedia.utf8;
import static io.github.venicevideo.SampleMedia.wav;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.venice.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every field of the contract arrives at the API exactly as the bundle gives it. */
@Timeout(300)
class FieldsArriveTest {

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).startImpatient();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @Test
    void textsAndChoices() throws Exception {
        String request = """
                {"model": "seedance-2-0-text-to-video", "prompt": "Ein Gondoliere – \\"früh\\" 🛶\\nzweite Zeile",
                 "negative_prompt": "blur", "duration": "8s", "aspect_ratio": "21:9", "resolution": "1080p",
                 "audio": false, "bitrate_mode": "high"}""";
        station.dropReady("texts", Map.of("request.json", request));

        assertThat(accepted("texts").request()).isEqualTo(json(request));
    }

    @Test
    void theFirstAndTheLastFrameByTheirFilesNames() throws Exception {
        byte[] first = png("first frame");
        byte[] last = jpeg("last frame");
        station.dropReady("frames", Map.of("prompt.txt", "From here to there", "negative_prompt.md", "No rain",
                "Image.PNG", first, "end-image.jpg", last));

        AcceptedJob job = accepted("frames");

        assertThat(job.request()).isEqualTo(json("""
                {"model": "seedance-2-0-image-to-video", "prompt": "From here to there", "negative_prompt": "No rain",
                 "duration": "5s", "image_url": "%s", "end_image_url": "%s"}"""
                .formatted(seen("image/png", first), seen("image/jpeg", last))));
        assertThat(job.media("/image_url")).isEqualTo(first);
        assertThat(job.media("/end_image_url")).isEqualTo(last);
    }

    @Test
    void aSoundBesideARequest() throws Exception {
        byte[] sound = wav(3);
        station.dropReady("sound", Map.of("request.json", """
                {"model": "wan-2-7-text-to-video", "prompt": "With this sound", "duration": "5s"}""",
                "audio.wav", sound));

        AcceptedJob job = accepted("sound");

        assertThat(job.request().path("audio_url").asText()).startsWith("sandbox-media:audio/");
        assertThat(job.media("/audio_url")).isEqualTo(sound);
    }

    @Test
    void aVideoToEdit() throws Exception {
        byte[] clip = mp4(4);
        station.dropReady("edit", Map.of("request.yaml", "model: grok-imagine-reference-to-video\nduration: 4s\n",
                "prompt.txt", "Make it night", "video.mp4", clip));

        AcceptedJob job = accepted("edit");

        assertThat(job.request()).isEqualTo(json("""
                {"model": "grok-imagine-reference-to-video", "prompt": "Make it night", "duration": "4s", "aspect_ratio": "16:9",
                 "video_url": "%s"}""".formatted(seen("video/mp4", clip))));
    }

    @Test
    void referencesInTheOrderOfTheirNumbers() throws Exception {
        byte[] document = utf8("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n");
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("request.json", """
                {"prompt": "Refer to <Image 1> and <Video 1>"}""");
        for (int number : new int[] {10, 2, 1, 3, 4, 5, 6, 7, 8}) {
            files.put("reference_image_" + number + ".png", png("reference " + number));
        }
        files.put("reference_video_1.mp4", mp4(3));
        files.put("reference_video_2.mp4", mp4(4));
        files.put("reference_audio_1.wav", wav(3));
        files.put("reference_document_1.pdf", document);
        station.dropReady("references", files);

        AcceptedJob job = accepted("references");

        assertThat(job.model()).isEqualTo("seedance-2-0-reference-to-video");
        assertThat(job.request().path("reference_image_urls")).hasSize(9);
        for (int place = 1; place <= 9; place++) {
            assertThat(job.media("/reference_image_urls/" + (place - 1))).as("image %d", place)
                    .isEqualTo(png("reference " + (place == 9 ? 10 : place)));
        }
        assertThat(job.media("/reference_video_urls/0")).isEqualTo(mp4(3));
        assertThat(job.media("/reference_video_urls/1")).isEqualTo(mp4(4));
        assertThat(job.media("/reference_audio_urls/0")).isEqualTo(wav(3));
        assertThat(job.media("/reference_document_urls/0")).isEqualTo(document);
    }

    @Test
    void elementsAndScenes() throws Exception {
        station.dropReady("elements", Map.of(
                "request.json", "{\"model\": \"kling-o3-pro-reference-to-video\", \"duration\": \"5s\"}",
                "prompt.txt", "@Element1 meets @Element2 at @Image1",
                "element_1_frontal.png", png("one, frontal"),
                "element_1_reference_1.png", png("one, left"),
                "element_1_reference_2.jpg", jpeg("one, right"),
                "element_2_frontal.png", png("two, frontal"),
                "element_2_video.mp4", mp4(5),
                "scene_image_1.png", png("scene")));

        AcceptedJob job = accepted("elements");

        assertThat(job.request()).isEqualTo(json("""
                {"model": "kling-o3-pro-reference-to-video", "prompt": "@Element1 meets @Element2 at @Image1",
                 "duration": "5s", "aspect_ratio": "1:1", "elements": [
                   {"frontal_image_url": "%s", "reference_image_urls": ["%s", "%s"]},
                   {"frontal_image_url": "%s", "video_url": "%s"}], "scene_image_urls": ["%s"]}""".formatted(
                seen("image/png", png("one, frontal")), seen("image/png", png("one, left")),
                seen("image/jpeg", jpeg("one, right")), seen("image/png", png("two, frontal")),
                seen("video/mp4", mp4(5)), seen("image/png", png("scene")))));
    }

    @Test
    void keyframesByTheirFrames() throws Exception {
        station.dropReady("keyframes", Map.of(
                "request.json", "{\"model\": \"ltx-2-3-keyframes-to-video\", \"duration\": \"6s\", \"resolution\": \"4k\"}",
                "prompt.txt", "Through these", "keyframe_0.png", png("0"), "keyframe_24.png", png("24"),
                "keyframe_120.png", png("120")));

        assertThat(accepted("keyframes").request().path("keyframes")).isEqualTo(json("""
                [{"image_url": "%s", "frame_index": 0}, {"image_url": "%s", "frame_index": 24},
                 {"image_url": "%s", "frame_index": 120}]""".formatted(seen("image/png", png("0")),
                seen("image/png", png("24")), seen("image/png", png("120")))));
    }

    @Test
    void aVideoWithoutAPromptIsUpscaledWithNothingThatUpscalingRefuses() throws Exception {
        byte[] clip = mp4(7);
        station.dropReady("upscale", Map.of("request.json", "{\"upscale_factor\": 4}", "video.mp4", clip));

        assertThat(accepted("upscale").request()).isEqualTo(json("""
                {"model": "topaz-video-upscale", "upscale_factor": 4, "video_url": "%s"}"""
                .formatted(seen("video/mp4", clip))));
    }

    @Test
    void aFieldThatNobodyKnowsIsSentOnAndWhatTheApiSaysAboutItIsTold() throws Exception {
        station.dropReady("unknown", Map.of("request.json", """
                {"prompt": "A field of the future", "camera": {"path": [1, 2.50, "x"], "speed": 0.10}}"""));

        JsonNode job = station.awaitFailed("unknown");

        LoggedRequest post = station.awaitPosted("A field of the future");
        assertThat(post.json().path("camera")).isEqualTo(json("{\"path\": [1, 2.50, \"x\"], \"speed\": 0.10}"));
        assertThat(post.status()).isEqualTo(400);
        assertThat(job.path("reason").asText()).isEqualTo("refused");
        assertThat(station.text("failed/unknown/ERROR.txt")).contains("camera");
    }

    @Test
    void dataUrlsAndUrlsAreSentAsTheyAre() throws Exception {
        byte[] picture = jpeg("as a data URL");
        station.dropReady("urls", Map.of("request.json", """
                {"prompt": "By URL", "image_url": "%s", "end_image_url": "https://example.com/a%%20b.png?x=1&y=2#z"}"""
                .formatted(dataUrl("image/jpeg", picture))));

        AcceptedJob job = accepted("urls");

        assertThat(job.media("/image_url")).isEqualTo(picture);
        assertThat(job.request().path("image_url").asText()).isEqualTo(seen("image/jpeg", picture));
        assertThat(job.request().path("end_image_url").asText())
                .isEqualTo("https://example.com/a%20b.png?x=1&y=2#z");
    }

    @Test
    void aManifestMayNameFilesOfItsBundle() throws Exception {
        byte[] picture = png("named by the manifest");
        station.dropReady("by name", Map.of("request.json",
                "{\"prompt\": \"By its name\", \"reference_image_urls\": [\"pictures/Doge's palace.png\"]}",
                "pictures/Doge's palace.png", picture));

        assertThat(accepted("by name").media("/reference_image_urls/0")).isEqualTo(picture);
    }

    @Test
    void bytesAreLabelledByWhatTheyAreAndNotByTheirName() throws Exception {
        byte[] picture = jpeg("calls itself PNG");
        byte[] phone = heic(5_000);
        station.dropReady("labels", Map.of("prompt.txt", "What they are", "image.png", picture,
                "end_image.jpg", phone));

        JsonNode request = accepted("labels").request();

        assertThat(request.path("image_url").asText()).isEqualTo(seen("image/jpeg", picture));
        assertThat(request.path("end_image_url").asText()).isEqualTo(seen("image/heic", phone));
    }

    @Test
    void consentOfTheManifestIsPassedOnExactly() throws Exception {
        String consents = """
                {"seedance": {"confirmed_terms_and_privacy": true, "confirmed_legal_right": true,
                              "confirmed_screening_acknowledged": true}}""";
        station.dropReady("consenting", Map.of("request.json", "{\"prompt\": \"A face\", \"consents\": " + consents + "}",
                "image.png", SampleMedia.face("consenting")));

        assertThat(accepted("consenting").request().path("consents")).isEqualTo(json(consents));
        assertThat(station.posted("A face")).hasSize(1);
    }

    @Test
    void consentThatIsNotExactIsRefusedAndNotSent() throws Exception {
        station.dropReady("half consenting", Map.of("request.json", """
                {"prompt": "Half a consent", "consents": {"seedance": {"confirmed_terms_and_privacy": true,
                 "confirmed_legal_right": true}}}""", "image.png", SampleMedia.face("half consenting")));

        JsonNode job = station.awaitFailed("half consenting");

        assertThat(job.path("fields").get(0).path("field").asText()).isEqualTo("consents");
        assertThat(station.posted("Half a consent")).isEmpty();
    }

    @Test
    void theBodyHasALengthAndWaitsToBeAskedFor() throws Exception {
        station.dropReady("wire", Map.of("prompt.txt", "On the wire", "image.png", png("wire")));

        LoggedRequest post = station.awaitPosted("On the wire");

        assertThat(post.headers()).containsEntry("content-length", Long.toString(post.bodyBytes()))
                .containsEntry("expect", "100-continue").doesNotContainKey("transfer-encoding");
        assertThat(post.headers().get("content-type")).startsWith("application/json");
        assertThat(post.headers().keySet()).noneMatch(name -> name.startsWith("camel") || name.startsWith("venice"));
        assertThat(station.sandbox().requests(Call.QUEUE)).allMatch(LoggedRequest::authorized);
    }

    private static AcceptedJob accepted(String bundle) {
        return station.accepted(station.awaitDone(bundle));
    }

    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text);
    }
}
