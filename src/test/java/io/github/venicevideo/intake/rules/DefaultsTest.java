package io.github.venicevideo.intake.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.venicevideo.intake.bundle.BundleDrop;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is filled in where a bundle says nothing, and where it must not be. */
class DefaultsTest {

    private static final Map<String, String> FIELDS = Map.of("duration", "5s", "resolution", "720p",
            "aspect_ratio", "16:9", "audio", "true", "upscale_factor", "4", "omni_reference_task_type", "auto");
    private static final DropDefaults ALL = new DropDefaults(FIELDS, BundleDrop.MODELS);

    @TempDir
    Path work;

    private BundleDrop json(String text) {
        return new BundleDrop(work).with(ALL).file("gondola.json", text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"prompt\":\"p\"} | text-model",
            "{\"prompt\":\"p\",\"image_url\":\"https://e.org/a\"} | image-model",
            "{\"prompt\":\"p\",\"end_image_url\":\"https://e.org/a\"} | image-model",
            "{\"prompt\":\"p\",\"reference_video_urls\":[\"https://e.org/a\"]} | reference-model",
            "{\"prompt\":\"p\",\"reference_video_urls\":[]} | text-model",
            "{\"prompt\":\"p\",\"elements\":[{\"frontal_image_url\":\"https://e.org/a\"}]} | element-model",
            "{\"prompt\":\"p\",\"scene_image_urls\":[\"https://e.org/a\"]} | element-model",
            "{\"video_url\":\"https://e.org/a\"} | topaz-video-upscale",
            "{\"prompt\":\"p\",\"model\":\"mine\"} | mine"})
    void theModelFollowsFromWhatIsThere(String text, String model) {
        assertThat(json(text).fields().get("model").textValue()).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"prompt\":\"p\",\"keyframes\":[{\"image_url\":\"https://e.org/a\",\"frame_index\":0}]} | keyframes",
            "{\"prompt\":\"p\",\"video_url\":\"https://e.org/a\"} | a video with a prompt",
            "{\"prompt\":\"p\",\"audio_url\":\"https://e.org/a\"} | a sound with a prompt"})
    void whereNoneIsConfiguredTheModelIsAskedFor(String text, String words) {
        assertThat(json(text).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("missing-field");
            assertThat(problem.field()).isEqualTo("model");
            assertThat(problem.sentence()).contains(words);
        });
    }

    @Test
    void fieldsGetTheirOwnTypes() {
        assertThat(json("{\"prompt\":\"p\"}").fields()).hasToString("{\"model\":\"text-model\",\"prompt\":\"p\","
                + "\"duration\":\"5s\",\"aspect_ratio\":\"16:9\",\"resolution\":\"720p\",\"audio\":true}");
    }

    @Test
    void theBundleWins() {
        assertThat(json("{\"prompt\":\"p\",\"audio\":false,\"duration\":\"10s\"}").fields().toString())
                .contains("\"audio\":false", "\"duration\":\"10s\"");
    }

    @Test
    void upscalingGetsOnlyItsFactor() {
        assertThat(json("{\"video_url\":\"https://e.org/a\"}").fields()).hasToString("{\"model\":\"topaz-video-upscale\","
                + "\"upscale_factor\":4,\"video_url\":\"https://e.org/a\"}");
        assertThat(json("{\"model\":\"topaz-video-upscale\",\"video_url\":\"https://e.org/a\"}").fields()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"seedance-2-0-image-to-video, false", "seedance-2-0-fast-image-to-video, false",
            "sora-2-image-to-video, true", "other-image-to-video, true"})
    void seedanceImageToVideoGetsNoRatio(String model, boolean ratio) {
        assertThat(json("{\"prompt\":\"p\",\"image_url\":\"https://e.org/a\",\"model\":\"" + model + "\"}").fields()
                .has("aspect_ratio")).isEqualTo(ratio);
        DropDefaults models = new DropDefaults(FIELDS, new ModelDefaults("", model, "", "", "", "", ""));
        assertThat(json("{\"prompt\":\"p\",\"image_url\":\"https://e.org/a\"}").with(models).fields()
                .has("aspect_ratio")).isEqualTo(ratio);
    }

    @Test
    void theTaskTypeNeedsReferences() {
        assertThat(json("{\"prompt\":\"p\",\"reference_image_urls\":[\"https://e.org/a\"]}").fields()
                .get("omni_reference_task_type").textValue()).isEqualTo("auto");
    }

    @Test
    void withoutDefaultsEverythingHasToBeSaid() {
        assertThat(new BundleDrop(work).with(DropDefaults.NONE).file("gondola.txt", "p").found())
                .containsExactly("missing-field gondola.txt model", "missing-field gondola.txt duration");
    }

    @ParameterizedTest
    @CsvSource({"audio, yes", "upscale_factor, 2x", "prompt, p", "model, m", "image_url, a.png", "durration, 5s"})
    void defaultsThatCannotBeAreRefusedAtOnce(String field, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DropDefaults(Map.of(field, value), ModelDefaults.NONE))
                .withMessageContaining(field);
    }

    @Test
    void anEmptyDefaultIsNone() {
        assertThat(new DropDefaults(Map.of("duration", " "), ModelDefaults.NONE).fields()).isEmpty();
    }
}
