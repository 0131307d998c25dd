package io.github.venicevideo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.MovableClock;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract as strictly as it can be read. */
@Timeout(180)
class TodaysWorldTest {

    private static final String TEXT = "seedance-2-0-text-to-video-basic";
    private static final String IMAGE = "seedance-2-0-image-to-video-basic";
    private static final String REFERENCES = "seedance-2-0-reference-to-video-basic";
    private static final String DELISTED = "seedance-2-0-image-to-video";
    private static final String UPSCALE = "topaz-video-upscale";
    private static final String URL = "https://example.com/a";
    private static final MovableClock CLOCK = new MovableClock();

    @TempDir
    static Path dir;
    private static Sandbox sandbox;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.forTests(dir).withWorld(SandboxOptions.World.TODAY).withClock(CLOCK)
                .withBalance("1000"));
        client = new Client(sandbox);
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    @Test
    void listsVideosOnlyWhenAskedForThem() throws Exception {
        assertThat(ids(client.get("/models?type=video"))).hasSize(24).contains(TEXT, UPSCALE).doesNotContain(DELISTED);
        assertThat(ids(client.get("/models"))).isNotEmpty().doesNotContain(TEXT);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("/video/queue", "aspect_ratio", "Required", text("aspect_ratio", null)),
                arguments("/video/queue", "aspect_ratio", "not support",
                        text("model", IMAGE, "image_url", URL)),
                arguments("/video/queue", "duration", "one of", text("duration", "3s")),
                arguments("/video/queue", "bitrate_mode", "not support",
                        text("model", "wan-2-7-text-to-video", "bitrate_mode", "high")),
                arguments("/video/queue", "consents", "not take", text("consents", Map.of("seedance",
                        Map.of("confirmed_terms_and_privacy", true, "confirmed_legal_right", true,
                                "confirmed_screening_acknowledged", true)))),
                arguments("/video/queue", "reference_image_urls", "at most 9", text("model", REFERENCES,
                        "reference_image_urls", Collections.nCopies(10, URL))),
                arguments("/video/queue", "omni_reference_task_type", "not support", text("model", REFERENCES,
                        "reference_image_urls", List.of(URL), "omni_reference_task_type", "edit")),
                arguments("/video/quote", "duration", "Required", text("duration", null)),
                arguments("/video/quote", "duration", "Required", Map.of("model", UPSCALE)),
                arguments("/video/quote", "duration", "one of", Map.of("model", UPSCALE, "duration", "10s")),
                arguments("/video/quote", "duration", "enum", Map.of("model", UPSCALE, "duration", "10")),
                arguments("/video/quote", "duration", "enum", Map.of("model", TEXT, "duration", "10",
                        "input_height", 720)),
                arguments("/video/quote", "bitrate_mode", "Unrecognized", text("bitrate_mode", "high")));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("refused")
    void refusesWhatIsNotExact(String path, String field, String words, Map<String, Object> request) throws Exception {
        Client.Answer answer = client.post(path, Client.json(request));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("details").path(field).toString()).as(answer.text()).contains(words);
    }

    static Stream<Arguments> quoted() {
        return Stream.of(
                arguments("a text", text()),
                arguments("a model that is not listed", text("model", DELISTED)),
                arguments("an upscale as it is listed", Map.of("model", UPSCALE, "duration", "Auto")),
                arguments("an upscale as in the guide", Map.of("model", UPSCALE, "duration", "10",
                        "input_height", 720)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("quoted")
    void quotes(String name, Map<String, Object> request) throws Exception {
        Client.Answer answer = client.post("/video/quote", Client.json(request));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("quote").decimalValue()).isPositive();
    }

    @Test
    void personsAreRefusedByBasicModelsAndAskedAboutByTheOlderOnes() throws Exception {
        String face = Samples.image(Samples.face("anna"));

        Client.Answer basic = client.queue(text("model", IMAGE, "image_url", face, "aspect_ratio", null));
        assertThat(basic.status()).isEqualTo(422);
        assertThat(basic.json().path("code").asText()).isEqualTo("CONTENT_POLICY_VIOLATION");
        assertThat(client.queue(text("model", DELISTED, "image_url", face, "aspect_ratio", null)).status())
                .isEqualTo(409);
    }

    @Test
    void everyAnswerTellsTheBalanceBefore() throws Exception {
        BigDecimal before = sandbox.balance();
        Client.Answer queued = client.queue(text());
        Client.Answer refused = client.queue(text("prompt", ""));

        assertThat(queued.status()).isEqualTo(200);
        assertThat(new BigDecimal(queued.header("x-venice-balance-usd"))).isEqualByComparingTo(before);
        assertThat(new BigDecimal(refused.header("x-venice-balance-usd"))).isEqualByComparingTo(sandbox.balance())
                .isLessThan(before);
        assertThat(refused.header("x-venice-balance-diem")).isEqualTo("0");
        assertThat(refused.header("x-venice-version")).isNotEmpty();
        assertThat(refused.header("CF-RAY")).isNotEmpty().isNotEqualTo(queued.header("CF-RAY"));
        JsonNode left = client.get("/billing/balance").json();
        assertThat(left.path("canConsume").asBoolean()).isTrue();
        assertThat(left.at("/balances/usd").decimalValue()).isEqualByComparingTo(sandbox.balance());
    }

    @Test
    void aModelPastItsEndIsGoneOrAnotherOne() throws Exception {
        Map<String, Object> request = text("model", "sora-2-text-to-video", "duration", "4s");
        sandbox.model("sora-2-text-to-video", entry -> ((ObjectNode) entry.at("/model_spec/deprecation"))
                .put("removesAt", CLOCK.instant().plus(Duration.ofDays(30)).toString()));
        Client.Answer warned = client.queue(request);
        assertThat(warned.status()).as(warned.text()).isEqualTo(200);
        assertThat(warned.header("x-venice-model-deprecation-date")).startsWith("2026-12-01");
        assertThat(warned.header("x-venice-model-deprecation-warning")).contains("sora-2-text-to-video");

        CLOCK.advance(Duration.ofDays(40));
        assertThat(client.queue(request).status()).isEqualTo(410);
        assertThat(client.post("/video/quote", Client.json(request)).status()).isEqualTo(410);

        sandbox.model("sora-2-text-to-video", entry -> ((ObjectNode) entry.at("/model_spec/deprecation"))
                .put("autoRemap", true).put("replacementModelId", TEXT));
        Client.Answer mapped = client.queue(request);
        assertThat(mapped.json().path("model").asText()).isEqualTo(TEXT);
        assertThat(mapped.header("x-venice-model-deprecation-warning")).contains(TEXT);
    }

    @Test
    void anUpscaleMayBeAnsweredWithALink() throws Exception {
        sandbox.linkUpscales();
        Client.Answer queued = client.queue(new HashMap<>(Map.of("model", UPSCALE, "video_url",
                Samples.dataUrl("video/mp4", Samples.mp4(5)))));
        assertThat(queued.json().has("download_url")).isFalse();

        CLOCK.advance(Duration.ofMinutes(1));
        JsonNode done = client.retrieve(queued.json()).json();
        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(client.download("GET", done.path("url").asText()).header("Content-Type")).isEqualTo("video/mp4");
        assertThat(client.download("DELETE", done.path("url").asText()).status()).isEqualTo(403);
    }

    private static List<String> ids(Client.Answer answer) throws Exception {
        return StreamSupport.stream(answer.json().path("data").spliterator(), false)
                .map(entry -> entry.path("id").asText()).toList();
    }

    private static Map<String, Object> text(Object... changes) {
        return Client.with(Client.with(Client.text(), "model", TEXT, "aspect_ratio", "16:9"), changes);
    }
}
