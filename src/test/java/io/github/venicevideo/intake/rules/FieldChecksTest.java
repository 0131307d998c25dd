package io.github.venicevideo.intake.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.bundle.BundleDrop;
import io.github.venicevideo.intake.draft.BundleOptions;
import io.github.venicevideo.intake.problem.Problem;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, types and bounds of the request's fields, and of our own key. */
class FieldChecksTest {

    private static final String CONSENTS = "{\"seedance\":{\"confirmed_terms_and_privacy\":true,"
            + "\"confirmed_legal_right\":true,\"confirmed_screening_acknowledged\":true}}";

    @TempDir
    Path work;

    private BundleDrop request(String more) {
        return new BundleDrop(work).file("gondola.json", "{\"model\":\"m\",\"duration\":\"5s\"," + more + "}");
    }

    private BundleDrop field(String more) {
        return request("\"prompt\":\"p\"," + more);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "\"negative_prompt\":\"\"", "\"aspect_ratio\":\"16:9\"", "\"resolution\":\"720p\"",
            "\"audio\":false",
            "\"consents\":" + CONSENTS,
            "\"reference_image_urls\":[\"https://e.org/a.png\"]", "\"reference_video_urls\":[]",
            "\"reference_document_urls\":[\"https://e.org/a.pdf\"]",
            "\"elements\":[{\"frontal_image_url\":\"https://e.org/a.png\",\"reference_image_urls\":[\"https://e.org/b.png\"],"
                    + "\"video_url\":\"https://e.org/c.mp4\"}]",
            "\"keyframes\":[{\"image_url\":\"https://e.org/a.png\",\"frame_index\":0}]"})
    void knownFieldsArePassedOn(String field) {
        Bundle bundle = field(field).read();

        assertThat(bundle.request().fields().toString()).contains(field);
        assertThat(bundle.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "aspect_ration, aspect_ratio", "imageUrl, image_url", "negativePrompt, negative_prompt",
            "Model, model", "promt, prompt", "reference-image-urls, reference_image_urls", "referenceImageUrls, reference_image_urls",
            "image_references, reference_image_urls", "video_references, reference_video_urls",
            "durration, duration", "referenceImages_urls, reference_image_urls", "Bundle, bundle", "auido, audio"})
    void nearMissesAreMistakes(String name, String meant) {
        assertThat(field("\"" + name + "\":\"x\"").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("unknown-field");
            assertThat(problem.sentence()).isEqualTo("gondola.json, " + name
                    + ": is not a field of a video request. Did you mean " + meant + "?");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "loop", "camera_motion", "fps", "webhook"})
    void otherNamesArePassedOnWithAWarning(String name) {
        Bundle bundle = field("\"" + name + "\":{\"a\":[1]}").read();

        assertThat(bundle.request().fields().get(name)).hasToString("{\"a\":[1]}");
        assertThat(bundle.warnings()).singleElement().asString().startsWith(name + " is no field that we know");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"aspect_ratio\":1.78 | aspect_ratio | such as \"16:9\". The nearest is 16:9.",
            "\"aspect_ratio\":0.5625 | aspect_ratio | The nearest is 9:16.",
            "\"resolution\":null | resolution | Remove the field",
            "\"upscale_factor\":\"2\" | upscale_factor | whole number",
            "\"upscale_factor\":2.5 | upscale_factor | whole number",
            "\"audio\":\"true\" | audio | true or false",
            "\"image_url\":5 | image_url | a file in the bundle",
            "\"image_url\":[\"a\"] | image_url | a file in the bundle",
            "\"reference_image_urls\":\"a.png\" | reference_image_urls | Put [ ] around it.",
            "\"reference_image_urls\":[1] | reference_image_urls[0] | a file in the bundle",
            "\"elements\":{} | elements | frontal_image_url",
            "\"elements\":[1] | elements[0] | an object",
            "\"elements\":[{\"video_url\":1}] | elements[0].video_url | a file in the bundle",
            "\"keyframes\":[{\"image_url\":\"https://e.org/a\",\"frame_index\":\"1\"}] | keyframes[0].frame_index | whole number"})
    void valuesOfTheWrongKind(String field, String path, String words) {
        assertThat(field(field).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("wrong-type");
            assertThat(problem.field()).isEqualTo(path);
            assertThat(problem.sentence()).contains(words);
        });
    }

    @Test
    void aDurationAsANumber() {
        for (String written : List.of("5", "\"5\"", "' 5 '")) {
            Bundle bundle = new BundleDrop(work).file("gondola.yaml", "prompt: p\nduration: " + written).read();

            assertThat(bundle.request().fields().path("duration").asText()).isEqualTo("5s");
            assertThat(bundle.warnings()).singleElement().asString().contains("is taken as 5s");
            assertThat(bundle.filled()).doesNotContainKey("duration");
        }
        for (String written : List.of("0", "-5", "5.5", "1000", "true")) {
            assertThat(new BundleDrop(work).file("gondola.yaml", "prompt: p\nduration: " + written).problems()).isNotEmpty();
        }
        assertThat(new BundleDrop(work).file("gondola.yaml", "prompt: p\nduration: -1").fields().path("duration").textValue())
                .isEqualTo("-1");
    }

    @Test
    void namesThatGuidesHave() {
        assertThat(field("\"image_urls\":[\"https://e.org/a.png\"]").problems()).singleElement().extracting(Problem::sentence).asString()
                .endsWith("Did you mean reference_image_urls (pictures to refer to), or image_url (a first frame)?");
    }

    @ParameterizedTest
    @CsvSource({"reference_image_urls, 30", "reference_video_urls, 10", "reference_audio_urls, 10",
            "reference_document_urls, 1", "scene_image_urls, 4"})
    void listsHaveAMost(String field, int most) {
        String url = "\"https://e.org/a\",";
        String full = url.repeat(most);
        String beside = field.startsWith("reference_audio") ? "\"reference_image_urls\":[\"https://e.org/a\"]," : "";

        assertThat(field(beside + "\"" + field + "\":[" + full.substring(0, full.length() - 1) + "]").fields().get(field))
                .hasSize(most);
        assertThat(field(beside + "\"" + field + "\":[" + full + "\"https://e.org/b\"]").problems()).singleElement()
                .extracting(Problem::sentence).asString().contains((most + 1) + " entries", "at most " + most);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"elements\":[{\"a\":1},{\"a\":1},{\"a\":1},{\"a\":1},{\"a\":1}] | out-of-bounds gondola.json elements",
            "\"elements\":[{}] | missing-field gondola.json elements[0].frontal_image_url",
            "\"seed\":1e999999999 | out-of-bounds gondola.json seed",
            "\"x\":{\"y\":[1,1e-999999999]} | out-of-bounds gondola.json x.y[1]",
            "\"x\":1e301 | out-of-bounds gondola.json x",
            "\"elements\":[{\"reference_image_urls\":[\"https://e.org/1\",\"https://e.org/1\",\"https://e.org/1\",\"https://e.org/1\"]}] "
                    + "| out-of-bounds gondola.json elements[0].reference_image_urls",
            "\"elements\":[{\"frontal_image\":\"https://e.org/1\",\"frontal_image_urls\":\"https://e.org/1\"}] "
                    + "| unknown-field gondola.json elements[0].frontal_image_urls",
            "\"keyframes\":[{\"image_url\":\"https://e.org/1\",\"frame_index\":-1}] "
                    + "| out-of-bounds gondola.json keyframes[0].frame_index",
            "\"keyframes\":[{\"image_url\":\"https://e.org/1\"}] | missing-field gondola.json keyframes[0].frame_index",
            "\"resolution\":\" \" | out-of-bounds gondola.json resolution"})
    void bounds(String field, String found) {
        assertThat(field(field).found()).containsExactly(found);
    }

    @Test
    void aPromptHasFrom1To20000Characters() {
        assertThat(request("\"prompt\":\"" + "😀".repeat(20_000) + "\"").fields().get("prompt").textValue()).hasSize(40_000);
        assertThat(request("\"prompt\":\"" + "a".repeat(20_001) + "\"").problems()).singleElement()
                .extracting(Problem::sentence).asString().contains("1 to 20000 characters", "It has 20001.");
        assertThat(request("\"prompt\":\" \"").found()).containsExactly("out-of-bounds gondola.json prompt");
        assertThat(request("\"promt\":\"p\"").found()).as("said once").containsExactly("unknown-field gondola.json promt");
        assertThat(request("\"audio\":true").found()).containsExactly("missing-field gondola.json prompt");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "true", "{}", "{\"seedance\":true}", "{\"seedance\":{}}",
            "{\"seedance\":{\"confirmed_terms_and_privacy\":true,\"confirmed_legal_right\":true}}",
            "{\"seedance\":{\"confirmed_terms_and_privacy\":true,\"confirmed_legal_right\":true,"
                    + "\"confirmed_screening_acknowledged\":false}}",
            "{\"seedance\":{\"confirmed_terms_and_privacy\":true,\"confirmed_legal_right\":true,"
                    + "\"confirmed_screening_acknowledged\":\"true\"}}",
            "{\"seedance\":{\"confirmed_terms_and_privacy\":true,\"confirmed_legal_right\":true,"
                    + "\"confirmed_screening_acknowledged\":true,\"consent_version\":\"v2.0\"}}"})
    void consentsAreExactOrRefused(String consents) {
        assertThat(field("\"consents\":" + consents).found()).containsExactly("consents gondola.json consents");
    }

    @Test
    void consentsBesideAnotherFlowAreRefused() {
        assertThat(field("\"consents\":" + CONSENTS.replaceFirst("}}$", "},\"other\":{}}")).found())
                .containsExactly("consents gondola.json consents");
    }

    @Test
    void ourOwnKeyIsNotSent() {
        Bundle bundle = field("\"bundle\":{\"deliver_to\":[\"archive\",\"web\"],\"name\":\"Gondola 1\","
                + "\"max_price_usd\":0.50,\"allow_duplicate\":true,\"takes\":4}").read();

        assertThat(bundle.request().fields().has("bundle")).isFalse();
        assertThat(bundle.options()).isEqualTo(new BundleOptions(List.of("archive", "web"), Optional.of("Gondola 1"),
                Optional.of(new BigDecimal("0.50")), true, 4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"take\":2 | unknown-field | Did you mean takes?", "\"prompt\":2 | unknown-field | beside bundle",
            "\"takes\":0 | bundle-option | 1 to 100", "\"takes\":101 | bundle-option | 1 to 100",
            "\"takes\":1.5 | bundle-option | 1 to 100", "\"takes\":\"2\" | bundle-option | 1 to 100",
            "\"max_price_usd\":-1 | bundle-option | above 0", "\"max_price_usd\":\"1\" | bundle-option | above 0",
            "\"max_price_usd\":0.0000001 | bundle-option | 6 decimals",
            "\"max_price_usd\":1e999999999 | bundle-option | above 0",
            "\"name\":\"../x\" | bundle-option | without /", "\"name\":\"\" | bundle-option | 1 to 100",
            "\"deliver_to\":\"file:/etc\" | bundle-option | configured destinations",
            "\"deliver_to\":[] | bundle-option | at least one",
            "\"allow_duplicate\":\"yes\" | bundle-option | true or false"})
    void ourOwnKeyIsCheckedStrictly(String option, String code, String words) {
        assertThat(field("\"bundle\":{" + option + "}").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.sentence()).contains("bundle.", words);
        });
    }

    @Test
    void ourOwnKeyIsAnObject() {
        assertThat(field("\"bundle\":4").found()).containsExactly("bundle-option gondola.json bundle");
    }
}
