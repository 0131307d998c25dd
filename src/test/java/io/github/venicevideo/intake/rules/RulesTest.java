package io.github.venicevideo.intake.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.bundle.BundleDrop;
import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.catalogue.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model takes, by the catalogue and by the contract. */
public class RulesTest {

    private static final Catalogue CATALOGUE = sandboxes();
    private static final String TEXT = "\"model\":\"seedance-2-0-text-to-video\",\"duration\":\"5s\"";
    private static final String IMAGE = "\"model\":\"seedance-2-0-image-to-video\",\"duration\":\"5s\"";
    private static final String REFERENCES = "\"model\":\"seedance-2-0-reference-to-video\",\"duration\":\"5s\"";
    private static final String ELEMENTS = "\"model\":\"kling-o3-pro-reference-to-video\",\"duration\":\"5s\"";
    private static final String KEYFRAMES = "\"model\":\"ltx-2-3-keyframes-to-video\",\"duration\":\"6s\"";
    private static final String UPSCALE = "\"model\":\"topaz-video-upscale\"";
    private static final String PICTURE = ",\"image_url\":\"https://e.org/a.png\"";

    @TempDir
    Path work;

    public static Catalogue sandboxes() {
        return catalogue("2026-06");
    }

    public static Catalogue todays() {
        return catalogue("2026-08");
    }

    private static Catalogue catalogue(String month) {
        try (InputStream in = RulesTest.class.getResourceAsStream("/venice-api/catalogue-" + month + ".json")) {
            return Catalogue.of(Json.mapper().readTree(in)).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private BundleDrop drop(String fields) {
        return new BundleDrop(work).with(DropDefaults.NONE).with(CATALOGUE).file("gondola.json", "{" + fields + "}");
    }

    /** The one problem, as a sentence. */
    private String sentence(String fields) {
        List<Problem> problems = drop(fields).problems();
        assertThat(problems).as(problems.toString()).hasSize(1);
        return problems.get(0).sentence();
    }

    private static String prompt(String text) {
        return ",\"prompt\":\"" + text + "\"";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "aspect_ratio | 16x9 | Write it as 16:9.",
            "aspect_ratio | 16/9 | Write it as 16:9.",
            "aspect_ratio | 1.85:1 | The nearest is 16:9.",
            "aspect_ratio | 1080x1920 | The nearest is 9:16.",
            "aspect_ratio | 1.78 | The nearest is 16:9.",
            "aspect_ratio | Portrait | Write it as 9:16.",
            "aspect_ratio | square | Write it as 1:1.",
            "aspect_ratio | 5:4 | The nearest is 4:3.",
            "aspect_ratio | wide | Write it as 16:9.",
            "resolution | 720 | Write it as 720p.",
            "resolution | 4k | The nearest is 1080p.",
            "resolution | 1080P | Write it as 1080p.",
            "resolution | 2k | The nearest is 1080p.",
            "resolution | Full HD | Write it as 1080p.",
            "duration | 1 min | The nearest is 15s.",
            "duration | 8000ms | The nearest is 8s.",
            "duration | 5.4s | The nearest is 5s.",
            "duration | 20s | The nearest is 15s.",
            "duration | 6 seconds | Write it as 6s.",
            "duration | 2s | The nearest is 4s."})
    void valuesThatAModelDoesNotTake(String field, String value, String hint) {
        String others = field.equals("duration") ? "\"model\":\"seedance-2-0-text-to-video\"" : TEXT;

        assertThat(sentence(others + prompt("p") + ",\"" + field + "\":\"" + value + "\""))
                .startsWith("gondola.json, " + field + ": \"" + value + "\" is not taken by this model. Allowed: one of ")
                .contains(hint);
    }

    @Test
    void aResolutionAsANumberIsOfferedWhatTheModelLists() {
        String model = "\"model\":\"seedance-2-0-text-to-video\",\"duration\":\"5s\"" + prompt("p");
        assertThat(drop(model + ",\"resolution\":1080").fields().path("resolution").textValue()).isEqualTo("1080p");
        assertThat(sentence(model + ",\"resolution\":1440")).contains("\"1440p\" is not taken by this model. Allowed: one of 480p, 720p, 1080p",
                "The nearest is 1080p.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto", "auto", "4s", "15s"})
    void valuesThatAreTaken(String duration) {
        assertThat(drop("\"model\":\"seedance-2-0-text-to-video\",\"duration\":\"" + duration + "\"" + prompt("p")).fields()
                .get("duration").textValue()).isEqualTo(duration);
    }

    @Test
    void fieldsThatAModelHasNoValuesFor() {
        assertThat(sentence(ELEMENTS + prompt("p") + PICTURE + ",\"resolution\":\"720p\""))
                .contains("resolution: \"720p\" is not taken by this model", "decides on its resolution by itself");
        assertThat(sentence(IMAGE + prompt("p") + PICTURE + ",\"aspect_ratio\":\"16:9\"")).contains("aspect ratio");
    }

    @Test
    void soundThatCannotBeChosen() {
        assertThat(sentence("\"model\":\"wan-2-7-text-to-video\",\"duration\":\"5s\",\"audio\":true" + prompt("p")))
                .contains("audio: is not taken by this model", "leave audio out");
    }

    @Test
    void promptsHaveTheModelsLength() {
        assertThat(drop(TEXT + prompt("🛶".repeat(4_000))).read().warnings()).isEmpty();
        assertThat(sentence(TEXT + prompt("a".repeat(4_007)))).contains("at most 4000 characters. It has 4007: take out 7.");
        assertThat(sentence(ELEMENTS + PICTURE + prompt("p") + ",\"negative_prompt\":\"" + "a".repeat(2_501) + "\""))
                .contains("negative_prompt", "at most 2500");
    }

    @Test
    void unknownModelsAndTheNearest() {
        Bundle bundle = drop("\"model\":\"seedance-2.0-text2video\",\"duration\":\"5s\"" + prompt("p")).read();

        assertThat(bundle.notes()).isEqualTo(bundle.warnings()).singleElement().asString()
                .contains("seedance-2.0-text2video is not listed", "The nearest that are listed: seedance-2-0-text-to-video");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"prompt\":\"p\"", "\"resolution\":\"2x\"", "\"duration\":\"Auto\""})
    void whatOnlyThePageOfTheUpscalerShowsIsLeftToTheApi(String field) {
        assertThat(drop(UPSCALE + ",\"video_url\":\"https://e.org/a.mp4\"," + field).read().warnings()).singleElement().asString()
                .contains("its page of the model that it does");
    }

    @Test
    void modelTypesAgainstTheMediaGiven() {
        assertThat(sentence(TEXT + prompt("p") + PICTURE)).contains("image_url: is not taken", "from text alone");
        assertThat(sentence("\"model\":\"wan-2-7-image-to-video\",\"duration\":\"5s\"" + prompt("p")))
                .contains("image_url: is missing", "image.jpg");
        assertThat(sentence(REFERENCES + prompt("p"))).contains("reference_image_urls: is missing");
    }

    @Test
    void allAtOnce() {
        assertThat(drop("\"model\":\"seedance-2-0-text-to-video\",\"duration\":\"99s\",\"aspect_ratio\":\"16x9\","
                + "\"resolution\":\"8k\",\"upscale_factor\":2" + prompt("a <Image 1>" + "a".repeat(5_000)) + PICTURE).found())
                .containsExactlyInAnyOrder("not-allowed gondola.json duration", "not-allowed gondola.json aspect_ratio",
                        "not-allowed gondola.json resolution", "forbidden-field gondola.json upscale_factor",
                        "prompt-too-long gondola.json prompt", "forbidden-field gondola.json image_url");
    }

    @Test
    void withoutACatalogueOnlyTheContractsOwnRules() {
        BundleDrop drop = new BundleDrop(work).with(DropDefaults.NONE).file("gondola.json",
                "{\"model\":\"my-model\",\"duration\":\"99s\",\"aspect_ratio\":\"1:7\",\"audio\":true" + prompt("p") + "}");
        assertThat(drop.read().warnings()).isEmpty();

        assertThat(new BundleDrop(work).with(DropDefaults.NONE).file("gondola.json",
                "{" + IMAGE + ",\"aspect_ratio\":\"16:9\"" + prompt("p") + PICTURE + "}").problems())
                .singleElement().extracting(Problem::sentence).asString().contains("gets the ratio of its picture");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'\"resolution\":\"720p\"' | forbidden-field gondola.json resolution",
            "'\"duration\":\"5s\"' | forbidden-field gondola.json duration",
            "'\"aspect_ratio\":\"1:1\"' | forbidden-field gondola.json aspect_ratio",
            "'\"audio\":true' | forbidden-field gondola.json audio",
            "'\"image_url\":\"https://e.org/a\"' | forbidden-field gondola.json image_url",
            "'\"upscale_factor\":3' | not-allowed gondola.json upscale_factor"})
    void upscalingTakesAVideoAndAFactor(String field, String found) {
        assertThat(drop(UPSCALE + ",\"video_url\":\"https://e.org/a.mp4\"," + field).found()).containsExactly(found);
    }

    @Test
    void upscalingNeedsAVideo() {
        assertThat(drop(UPSCALE + ",\"upscale_factor\":4").found()).containsExactly("missing-medium gondola.json video_url");
    }

    @Test
    void referenceSoundsNeverStandAlone() {
        assertThat(sentence(REFERENCES + prompt("p") + ",\"reference_audio_urls\":[\"https://e.org/a.wav\"]"))
                .contains("never stand alone");
    }

    @ParameterizedTest
    @CsvSource({"4, 3, true", "4, 4, false", "3, 4, true"})
    void elementsAndScenesTogether(int elements, int scenes, boolean right) {
        String fields = ELEMENTS + prompt("@Element1") + ",\"elements\":["
                + "{\"frontal_image_url\":\"https://e.org/a\"},".repeat(elements).replaceAll(",$", "")
                + "],\"scene_image_urls\":[" + "\"https://e.org/a\",".repeat(scenes).replaceAll(",$", "") + "]";
        if (right) {
            assertThat(drop(fields).read().request().fields().path("elements")).hasSize(elements);
        } else {
            assertThat(sentence(fields)).contains("at most 7", "There are 8: take out 1.");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0, 72, 144 | ''", "0, 72, 72 | Another keyframe has the same frame",
            "0, 145 | ends with frame 144", "2147483647 | ends with frame 144"})
    void keyframesAreUniqueAndInsideTheClip(String indexes, String problem) {
        StringBuilder frames = new StringBuilder();
        for (String index : indexes.split(", ")) {
            frames.append(frames.isEmpty() ? "" : ",").append("{\"image_url\":\"https://e.org/a\",\"frame_index\":")
                    .append(index).append('}');
        }
        String fields = KEYFRAMES + prompt("p") + ",\"keyframes\":[" + frames + "]";
        if (problem.isEmpty()) {
            assertThat(drop(fields).read().warnings()).isEmpty();
        } else {
            assertThat(sentence(fields)).contains(problem);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Refer to <Image 1> and <Image 2> to generate | ''",
            "Refer to <Image 3> | \"<Image 3>\" names what is not attached. Count from 1; 2 are attached.",
            "Refer to <Image 0> | Count from 1",
            "Refer to <Image 99999999999999999999> | \"<Image 99999999999999999999>\" names what is not attached. Count from 1",
            "Refer to <Image 02> | Write <Image 2>, exactly so",
            "Strictly edit <Video 1>, changing | \"<Video 1>\" names what is not attached. Nothing of that kind",
            "Refer to <image 1> | Write <Image 1>, exactly so",
            "Refer to <Image1> | Write <Image 1>, exactly so",
            "Refer to @Image2 | ''",
            "mail me@imagery.example <b> <Image x> | ''",
            "to the sound of <Audio 1> | \"<Audio 1>\" names what is not attached"})
    void promptsNameWhatIsAttached(String text, String problem) {
        String fields = REFERENCES + prompt(text) + ",\"reference_image_urls\":[\"https://e.org/a\",\"https://e.org/b\"]";
        if (problem.isEmpty()) {
            assertThat(drop(fields).read().warnings()).isEmpty();
        } else {
            assertThat(sentence(fields)).contains(problem);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"@Element1 walks | ''", "@Element2 walks | 1 is attached",
            "@element1 walks | Write @Element1, exactly so", "@Image1 | Nothing of that kind is attached"})
    void promptsNameElements(String text, String problem) {
        String fields = ELEMENTS + prompt(text) + ",\"elements\":[{\"frontal_image_url\":\"https://e.org/a\"}]";
        if (problem.isEmpty()) {
            assertThat(drop(fields).read().warnings()).isEmpty();
        } else {
            assertThat(sentence(fields)).contains(problem);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Extend <Video 1>, generate more | 0", "Strictly edit <Video 1>, changing it | 0",
            "<Video 1> + a bridge + followed by <Video 1> | 0", "extend the clip | 1", "Strictly Edit <Video 1> | 1"})
    void workflowsAreReadLetterByLetter(String text, int warnings) {
        assertThat(drop(REFERENCES + prompt(text) + ",\"reference_video_urls\":[\"https://e.org/a\"]").read().warnings())
                .filteredOn(warning -> warning.contains("begins exactly")).hasSize(warnings);
    }

    @Test
    void defaultsThatTheModelDoesNotTakeAreLeftOut() {
        Bundle bundle = new BundleDrop(work).with(CATALOGUE).with(new DropDefaults(
                Map.of("resolution", "1080p", "audio", "true", "aspect_ratio", "21:9", "duration", "5s"),
                ModelDefaults.NONE)).file("gondola.json",
                "{\"model\":\"wan-2-2-a14b-text-to-video\"" + prompt("p") + "}").read();

        assertThat(bundle.request().fields()).hasToString(
                "{\"model\":\"wan-2-2-a14b-text-to-video\",\"prompt\":\"p\",\"duration\":\"5s\",\"aspect_ratio\":\"16:9\"}");
        assertThat(bundle.warnings()).hasSize(2).allSatisfy(w -> assertThat(w).contains("it is left out"));
    }

    private BundleDrop today(String model, String fields) {
        return new BundleDrop(work).with(new DropDefaults(Map.of("duration", "5s"), ModelDefaults.NONE))
                .with(todays().at(Instant.parse("2026-08-22T00:00:00Z")))
                .file("gondola.json", "{\"model\":\"" + model + "\"" + prompt("p") + fields + "}");
    }

    private static String urls(String field, int count) {
        return ",\"" + field + "\":[" + "\"https://e.org/a\",".repeat(count).replaceAll(",$", "") + "]";
    }

    @ParameterizedTest
    @CsvSource({"seedance-2-0-reference-to-video-basic, reference_image_urls, 9", "seedance-2-0-fast-reference-to-video-basic, reference_image_urls, 9",
            "seedance-2-5-reference-to-video-basic, reference_image_urls, 30", "seedance-2-0-reference-to-video-basic, reference_video_urls, 3",
            "seedance-2-5-reference-to-video-basic, reference_video_urls, 10"})
    void familiesTakeSoManyReferences(String model, String field, int most) {
        assertThat(today(model, urls(field, most)).read().request().fields().path(field)).hasSize(most);
        assertThat(today(model, urls(field, most + 1)).problems()).extracting(Problem::field).containsOnly(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"7 | '' | ''", "3 | image_url | ''", "4 | image_url | at most 3 beside a first or last frame",
            "8 | '' | at most 7"})
    void elementsOfKling(int elements, String frame, String problem) {
        BundleDrop drop = today("kling-o3-pro-reference-to-video", ",\"elements\":["
                + "{\"frontal_image_url\":\"https://e.org/a\"},".repeat(elements).replaceAll(",$", "") + "]"
                + (frame.isEmpty() ? "" : PICTURE));
        if (problem.isEmpty()) {
            assertThat(drop.read().warnings()).hasSize(elements > 4 ? 1 : 0);
        } else {
            assertThat(drop.problems()).extracting(Problem::sentence).anySatisfy(sentence -> assertThat(sentence).contains(problem));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "seedance-2-5-reference-to-video-basic | \"duration\":\"auto\",\"aspect_ratio\":\"adaptive\" | ''",
            "seedance-2-5-reference-to-video-basic | \"duration\":-1,\"aspect_ratio\":\"auto\" | ''",
            "seedance-2-0-reference-to-video-basic | \"aspect_ratio\":\"adaptive\" | ''",
            "seedance-2-0-reference-to-video-basic | \"duration\":\"auto\" | duration: \"auto\" is not taken",
            "seedance-2-5-reference-to-video-basic | \"bitrate_mode\":\"high\",\"omni_reference_task_type\":\"extension\" | ''",
            "seedance-2-5-reference-to-video-basic | \"bitrate_mode\":\"low\" | one of standard, high",
            "seedance-2-0-reference-to-video-basic | \"omni_reference_task_type\":\"edit\" | Seedance 2.0 has no such choice",
            "kling-o3-pro-reference-to-video | \"bitrate_mode\":\"high\" | Kling O3 has no such choice",
            "seedance-2-0-text-to-video-basic | \"audio_url\":\"https://e.org/a.mp3\" | takes no sounds"})
    void whatOnlySomeFamiliesTake(String model, String fields, String problem) {
        BundleDrop drop = today(model, "," + fields + (model.contains("reference") ? urls("reference_video_urls", 1) : ""));
        if (problem.isEmpty()) {
            assertThat(drop.read().notes()).isEmpty();
        } else {
            assertThat(drop.problems()).singleElement().extracting(Problem::sentence).asString().contains(problem);
        }
    }

    @ParameterizedTest
    @CsvSource({"maker-9-video-to-video, missing-medium gondola.json video_url", "maker-9-transition, missing-medium gondola.json end_image_url",
            "maker-9-first-last-frame-to-video, missing-medium gondola.json end_image_url",
            "maker-9-motion-control, missing-medium gondola.json video_url", "maker-9-text-to-video, forbidden-field gondola.json image_url",
            "maker-9-image-to-video, ''", "maker-9-reference-to-video, ''", "maker-9, ''"})
    void theIdTellsTheKind(String model, String found) {
        BundleDrop drop = today(model, PICTURE);
        if (found.isEmpty()) {
            assertThat(drop.read().notes()).singleElement().asString().contains(model + " is not listed");
        } else {
            assertThat(drop.found()).containsExactly(found);
        }
    }

    @ParameterizedTest
    @CsvSource({"sora-2-text-to-video, 6s, 4s", "sora-2-text-to-video, 7s, 8s", "wan-2-7-text-to-video, 30s, 15s", "wan-2-7-text-to-video, auto, 5s",
            "wan-2-7-text-to-video, 10s, 10s"})
    void theNearestDurationIsTaken(String model, String wish, String taken) {
        Bundle bundle = new BundleDrop(work).with(new DropDefaults(Map.of("duration", wish), ModelDefaults.NONE))
                .with(todays()).file("gondola.json", "{\"model\":\"" + model + "\"" + prompt("p") + "}").read();

        assertThat(bundle.request().fields().path("duration").asText()).isEqualTo(taken);
        assertThat(bundle.filled()).containsEntry("duration", taken).containsEntry("aspect_ratio", "16:9");
        assertThat(today(model, ",\"duration\":\"9s\"").found()).containsExactly("not-allowed gondola.json duration");
    }

    @ParameterizedTest
    @CsvSource({"1600, 900, 16:9", "900, 1600, 9:16", "1000, 1000, 16:9", "700, 900, 9:16"})
    void theRatioNearestToThePictureIsTaken(int width, int height, String ratio) {
        Bundle bundle = new BundleDrop(work).with(new DropDefaults(Map.of("duration", "5s"),
                new ModelDefaults("", "sora-2-image-to-video", "", "", "", "", ""))).with(todays()).folder(Map.of(
                "prompt.txt", Samples.utf8("p"), "image.png", Samples.picture("png", width, height))).read();

        assertThat(bundle.request().fields().path("aspect_ratio").asText()).isEqualTo(ratio);
    }
}
