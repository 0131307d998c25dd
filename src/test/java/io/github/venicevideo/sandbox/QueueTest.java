package io.github.venicevideo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the queue takes, and what it refuses in which words. */
@Timeout(180)
class QueueTest {

    private static final String URL = "https://example.com/a";

    @TempDir
    static Path dir;
    private static Sandbox sandbox;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.forTests(dir).withBalance("1000"));
        client = new Client(sandbox);
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("unknown field", change("flavour", "sweet"), "_errors", "flavour"),
                arguments("no prompt", change("prompt", null), "prompt", "Required"),
                arguments("no duration", change("duration", null), "duration", "Required"),
                arguments("empty prompt", change("prompt", ""), "prompt", "at least 1"),
                arguments("prompt over the model's limit", change("prompt", "x".repeat(5001)), "prompt", "5000"),
                arguments("prompt over the schema's limit", change("prompt", "x".repeat(20001)), "prompt", "20000"),
                arguments("prompt of a megabyte", change("prompt", "x\"".repeat(500_000)), "prompt", "20000"),
                arguments("wrong type", change("prompt", 7), "prompt", "Expected string"),
                arguments("duration not of the enum", change("duration", "5"), "duration", "enum"),
                arguments("duration not of the model", change("duration", "30s"), "duration", "one of"),
                arguments("aspect ratio not of the model", change("aspect_ratio", "21:9"), "aspect_ratio", "one of"),
                arguments("resolution not of the model", change("resolution", "480p"), "resolution", "one of"),
                arguments("audio not configurable", change("audio", true), "audio", "configuring"),
                arguments("image for a text model", change("image_url", URL), "image_url", "support"),
                arguments("upscale factor elsewhere", change("upscale_factor", 2), "upscale_factor", "support"),
                arguments("no image", change("model", "wan-2-7-image-to-video"), "image_url", "Required"),
                arguments("aspect ratio on Seedance image-to-video", change("model", "seedance-2-0-image-to-video",
                        "image_url", URL, "aspect_ratio", "16:9"), "aspect_ratio", "support"),
                arguments("reference audio alone", change("model", "seedance-2-0-reference-to-video",
                        "reference_audio_urls", List.of(URL)), "reference_audio_urls", "beside"),
                arguments("upscaling with a prompt", change("model", "topaz-video-upscale", "duration", null,
                        "video_url", URL), "prompt", "support"),
                arguments("upscaling with a resolution", change("model", "topaz-video-upscale", "duration", null,
                        "prompt", null, "video_url", URL, "resolution", "1080p"), "resolution", "support"),
                arguments("upscaling without a video", change("model", "topaz-video-upscale", "duration", null,
                        "prompt", null), "video_url", "Required"),
                arguments("factor 3", change("model", "topaz-video-upscale", "duration", null, "prompt", null,
                        "video_url", URL, "upscale_factor", 3), "upscale_factor", "enum"),
                arguments("31 references", change("model", "seedance-2-0-reference-to-video",
                        "reference_image_urls", Collections.nCopies(31, URL)), "reference_image_urls", "30"),
                arguments("bitrate mode", change("bitrate_mode", "low"), "bitrate_mode", "enum"),
                arguments("consent: one false", change("consents", consents(true, true, false)), "consents", ""),
                arguments("consent: one missing", change("consents", Map.of("seedance",
                        Map.of("confirmed_legal_right", true))), "consents", "Required"),
                arguments("consent: one more", change("consents", Map.of("seedance", Client.with(
                        flags(true, true, true), "confirmed_all", true))), "consents", "confirmed_all"),
                arguments("consent: empty", change("consents", Map.of()), "consents", "Required"),
                arguments("neither URL nor data", change("model", "wan-2-7-image-to-video", "image_url", "a.png"),
                        "image_url", "URL"),
                arguments("data URL without base64", change("model", "wan-2-7-image-to-video", "image_url",
                        "data:image/png,abc"), "image_url", "data URL"),
                arguments("broken base64", change("model", "wan-2-7-image-to-video", "image_url",
                        "data:image/png;base64,@@@@"), "image_url", "base64"),
                arguments("empty data URL", change("model", "wan-2-7-image-to-video", "image_url",
                        "data:image/png;base64,"), "image_url", "Empty"),
                arguments("audio as image", change("model", "wan-2-7-image-to-video", "image_url",
                        Samples.dataUrl("audio/wav", Samples.wav(3))), "image_url", "image"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWithDetailsByField(String name, Map<String, Object> request, String field, String words)
            throws Exception {
        Client.Answer answer = client.queue(request);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").isTextual()).isTrue();
        JsonNode details = answer.json().path("details").path(field);
        assertThat(details.toString()).as(answer.text()).contains(words);
        assertThat(details.findValue("_errors") != null || details.isArray()).isTrue();
        assertThat(answer.json().path("issues")).isNotEmpty();
    }

    static Stream<Arguments> refusedMedia() {
        return Stream.of(
                arguments(400, "CORRUPTED_IMAGE", image("seedance-2-0-image-to-video", Samples.noise(500))),
                arguments(400, "CORRUPTED_IMAGE", image("wan-2-7-image-to-video", Samples.wav(1))),
                arguments(400, "IMAGE_TOO_SMALL", image("seedance-2-0-image-to-video", Samples.png(299, 400))),
                arguments(400, "IMAGE_ASPECT_RATIO_OUT_OF_BOUNDS",
                        image("seedance-2-0-image-to-video", Samples.png(1000, 400))),
                arguments(422, "IMAGE_ASPECT_RATIO_OUT_OF_BOUNDS",
                        image("seedance-2-0-image-to-video", Samples.png(400, 1000, Sandbox.FACE_MARKER))),
                arguments(422, "CONTENT_POLICY_VIOLATION", Client.with(image("seedance-2-0-image-to-video",
                        Samples.png(400, 400, Sandbox.MINOR_MARKER)), "consents", consents(true, true, true))),
                arguments(400, "INVALID_AUDIO_FORMAT", change("audio_url",
                        Samples.dataUrl("audio/mpeg", Samples.png(4, 4)))),
                arguments(400, "INVALID_VIDEO_FORMAT", references("reference_video_urls",
                        Samples.dataUrl("video/mp4", Samples.png(4, 4)))),
                arguments(422, "/audio_url", change("audio_url", Samples.dataUrl("audio/wav", Samples.wav(31)))),
                arguments(422, "/reference_video_urls/0", references("reference_video_urls",
                        Samples.dataUrl("video/mp4", Samples.mp4(1)))),
                arguments(422, "reference_video_urls: together", references("reference_video_urls",
                        Samples.dataUrl("video/mp4", Samples.mp4(8)), Samples.dataUrl("video/mp4", Samples.mp4(9)))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refusedMedia")
    void refusesMediaByTheirBytes(int status, String words, Map<String, Object> request) throws Exception {
        Client.Answer answer = client.queue(request);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).contains(words);
    }

    @Test
    void unknownModelIsNotFound() throws Exception {
        Client.Answer answer = client.queueText("model", "seedance-3");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("MODEL_NOT_FOUND");
    }

    @Test
    void malformedJsonIsRefused() throws Exception {
        assertThat(client.post("/video/queue", "{\"model\": ").status()).isEqualTo(400);
        assertThat(client.post("/video/queue", "[]").status()).isEqualTo(400);
        assertThat(client.post("/video/queue", "").status()).isEqualTo(400);
    }

    static Stream<Arguments> taken() {
        String png = Samples.image(Samples.png(400, 400));
        String mp4 = Samples.dataUrl("video/mp4", Samples.mp4(5));
        return Stream.of(
                arguments("text", change("negative_prompt", "blur", "aspect_ratio", "9:16", "resolution", "1080p",
                        "bitrate_mode", "high", "audio_url", Samples.dataUrl("audio/wav", Samples.wav(3)))),
                arguments("first and last frame", change("model", "seedance-2-0-fast-image-to-video", "image_url", png,
                        "end_image_url", URL, "audio", false)),
                arguments("references", change("model", "seedance-2-0-reference-to-video", "reference_image_urls",
                        List.of(png, URL), "reference_video_urls", List.of(mp4), "reference_audio_urls",
                        List.of(Samples.dataUrl("audio/wav", Samples.wav(3))), "omni_reference_task_type", "edit",
                        "reference_document_urls", List.of(URL), "duration", "auto")),
                arguments("elements and scenes", change("model", "kling-o3-pro-reference-to-video", "elements",
                        List.of(Map.of("frontal_image_url", png, "reference_image_urls", List.of(png), "video_url",
                                mp4)), "scene_image_urls", List.of(png))),
                arguments("keyframes", change("model", "ltx-2-3-keyframes-to-video", "duration", "8s", "keyframes",
                        List.of(Map.of("image_url", png, "frame_index", 0)))),
                arguments("upscaling", new HashMap<>(Map.of("model", "topaz-video-upscale", "video_url", mp4,
                        "upscale_factor", 4))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void takesWhatTheContractAllows(String name, Map<String, Object> request) throws Exception {
        Client.Answer answer = client.queue(request);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("queue_id").asText()).matches("[A-Za-z0-9._-]+");
        assertThat(answer.header("X-Balance-Remaining")).matches("\\d+\\.\\d{6}");
    }

    @Test
    void recordsTheRequestAndItsMediaBytes() throws Exception {
        byte[] png = Samples.png(400, 400, "unique");
        Client.Answer answer = client.queue(Client.with(references("reference_video_urls",
                Samples.dataUrl("video/mp4", Samples.mp4(5))), "reference_image_urls", List.of(URL,
                Samples.image(png))));

        AcceptedJob job = job(answer);
        assertThat(job.request().path("prompt").asText()).isEqualTo("A gondola");
        assertThat(job.request().at("/reference_image_urls/0").asText()).isEqualTo(URL);
        assertThat(job.request().at("/reference_image_urls/1").asText()).startsWith("sandbox-media:image/png:");
        assertThat(job.media("/reference_image_urls/1")).isEqualTo(png);
    }

    @Test
    void answersWithAnotherModelNameWhereTheProviderDoes() throws Exception {
        Client.Answer answer = client.queueText("model", "grok-imagine-reference-to-video", "reference_image_urls",
                List.of(URL));

        assertThat(answer.json().path("model").asText()).isEqualTo("grok-imagine-video");
        assertThat(client.retrieve(answer.json()).status()).isEqualTo(200);
    }

    @Test
    void chargesWhatItQuotes() throws Exception {
        Map<String, Object> request = references("reference_video_urls",
                Samples.dataUrl("video/mp4", Samples.mp4(5)));
        Client.Answer quote = client.post("/video/quote", Client.json(Map.of("model", request.get("model"),
                "duration", "5s", "aspect_ratio", "16:9", "ignored", "field", "reference_video_total_duration", 5)));

        assertThat(quote.status()).isEqualTo(200);
        assertThat(job(client.queue(request)).priceUsd())
                .isEqualByComparingTo(quote.json().path("quote").decimalValue())
                .isEqualByComparingTo("1.00");
    }

    private static AcceptedJob job(Client.Answer queued) throws Exception {
        String id = queued.json().path("queue_id").asText();
        return sandbox.accepted().stream().filter(job -> job.queueId().equals(id)).findFirst().orElseThrow();
    }

    private static Map<String, Object> change(Object... changes) {
        return Client.with(Client.text(), changes);
    }

    private static Map<String, Object> image(String model, byte[] bytes) {
        return change("model", model, "image_url", Samples.image(bytes));
    }

    private static Map<String, Object> references(String field, String... urls) {
        return change("model", "seedance-2-0-reference-to-video", field, List.of(urls));
    }

    private static Map<String, Object> consents(boolean terms, boolean right, boolean screening) {
        return Map.of("seedance", flags(terms, right, screening));
    }

    private static Map<String, Object> flags(boolean terms, boolean right, boolean screening) {
        return Map.of("confirmed_terms_and_privacy", terms, "confirmed_legal_right", right,
                "confirmed_screening_acknowledged", screening);
    }
}
