package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.problem.Problem;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file's name says about the field it is for. */
class NamedFilesTest {

    @TempDir
    Path work;

    private BundleDrop drop() {
        return new BundleDrop(work);
    }

    @ParameterizedTest
    @CsvSource({
            "image.jpg, jpg, /image_url",
            "Image.PNG, jpg, /image_url",
            "end_image.png, png, /end_image_url",
            "end-image.png, png, /end_image_url",
            "End Image.png, png, /end_image_url",
            "audio.mp3, mp3, /audio_url",
            "video.mov, mov, /video_url",
            "reference_image_1.png, png, /reference_image_urls/0",
            "reference-image-01.png, png, /reference_image_urls/0",
            "reference_video_1.mp4, mp4, /reference_video_urls/0",
            "reference_document_1.pdf, pdf, /reference_document_urls/0",
            "scene_image_1.webp, webp, /scene_image_urls/0",
            "element_1_frontal.png, png, /elements/0/frontal_image_url",
            "element-1 reference_1.png, png, /elements/0/reference_image_urls/0",
            "element_1_video.mp4, mp4, /elements/0/video_url",
            "keyframe_120.png, png, /keyframes/0/image_url"})
    void everyNameOfTheTable(String name, String format, String pointer) {
        assertThat(drop().folder("request.json", "={\"model\":\"m\"}", "prompt.md", "=p", name, format).read().request()
                .media()).singleElement().satisfies(medium -> {
                    assertThat(medium.field()).isEqualTo(pointer);
                    assertThat(medium.path()).isEqualTo("dropped/gondola/" + name);
                });
    }

    @Test
    void aReferenceSoundBesideAPicture() {
        assertThat(drop().folder("prompt.txt", "=p", "reference_audio_1.wav", "wav", "reference_image_1.png", "png").media())
                .containsExactly("/reference_image_urls/0=reference_image_1.png",
                        "/reference_audio_urls/0=reference_audio_1.wav");
    }

    @Test
    void namesMatchHoweverTheyAreComposed() {
        String decomposed = Normalizer.normalize("brücke.png", Normalizer.Form.NFD);

        assertThat(drop().folder("request.json", "={\"prompt\":\"p\",\"image_url\":\"brücke.png\"}", decomposed, "png")
                .read().request().media()).hasSize(1);
    }

    @Test
    void listsAreInTheOrderOfTheirNumbers() {
        assertThat(drop().folder("prompt.txt", "=p", "reference_image_10.png", "png", "reference_image_2.png", "png",
                "reference_image_1.png", "png").media()).containsExactly(
                "/reference_image_urls/0=reference_image_1.png", "/reference_image_urls/1=reference_image_2.png",
                "/reference_image_urls/2=reference_image_10.png");
    }

    @Test
    void aGapOnlyShiftsAndIsSaid() {
        Bundle bundle = drop().folder("prompt.txt", "=p", "scene_image_1.png", "png", "scene_image_3.png", "png").read();

        assertThat(BundleDrop.at(bundle, "/scene_image_urls")).hasSize(2);
        assertThat(bundle.warnings()).containsExactly(
                "scene_image_urls: the files are numbered [1, 3], but count as 1 to 2 in the prompt.");
    }

    @Test
    void elementsArePutTogether() {
        BundleDrop drop = drop().folder("prompt.txt", "=p",
                "element_2_frontal.png", "png", "element_1_reference_2.png", "png", "element_1_reference_1.png", "png",
                "element_1_frontal.png", "png", "element_1_video.mp4", "mp4");

        assertThat(drop.media()).containsExactly("/elements/0/frontal_image_url=element_1_frontal.png",
                "/elements/0/reference_image_urls/0=element_1_reference_1.png",
                "/elements/0/reference_image_urls/1=element_1_reference_2.png",
                "/elements/0/video_url=element_1_video.mp4", "/elements/1/frontal_image_url=element_2_frontal.png");
        assertThat(drop.fields().get("model").textValue()).isEqualTo("element-model");
    }

    @Test
    void keyframesAreInTheOrderOfTheirFrames() {
        Bundle bundle = drop().folder("request.json", "={\"model\":\"m\",\"prompt\":\"p\"}",
                "keyframe_120.png", "png", "keyframe_0.png", "png", "keyframe-24.png", "png").read();

        assertThat(BundleDrop.at(bundle, "/keyframes")).hasToString("[{\"image_url\":\"\",\"frame_index\":0},"
                + "{\"image_url\":\"\",\"frame_index\":24},{\"image_url\":\"\",\"frame_index\":120}]");
    }

    @ParameterizedTest
    @CsvSource({
            "image.jpg, image.png, image_url",
            "reference_image_1.png, reference-image-01.png, reference_image_urls",
            "keyframe_24.png, keyframe_024.png, keyframes",
            "element_1_frontal.png, Element 1 Frontal.png, elements"})
    void twoFilesForOnePlace(String one, String other, String field) {
        assertThat(drop().folder("request.json", "={\"model\":\"m\",\"prompt\":\"p\"}", one, "png", other, "png")
                .found()).singleElement().asString().startsWith("given-twice").endsWith(field);
    }

    @Test
    void manifestAndFilesMix() {
        assertThat(drop().folder("request.yaml", "=reference_image_urls: [any.png]\nreference_video_urls: ['https://e.org/a.mp4']",
                "prompt.txt", "=p", "any.png", "png", "reference_audio_1.wav", "wav").media()).containsExactly(
                "/reference_image_urls/0=any.png", "/reference_audio_urls/0=reference_audio_1.wav");
    }

    @Test
    void oneFieldFromBothIsRefused() {
        assertThat(drop().folder("request.json", "={\"prompt\":\"p\",\"image_url\":\"https://e.org/a.png\"}",
                "prompt.txt", "=p", "image.png", "png").found())
                .containsExactlyInAnyOrder("given-twice prompt.txt prompt", "given-twice image.png image_url");
    }

    @Test
    void aFileTheManifestUsesIsNotUsedTwice() {
        assertThat(drop().folder("request.json", "={\"prompt\":\"p\",\"end_image_url\":\"image.png\"}",
                "image.png", "png").media()).containsExactly("/end_image_url=image.png");
    }

    @Test
    void listsHaveAMost() {
        Map<String, byte[]> files = Samples.files("prompt.txt", "=p");
        for (int i = 1; i <= 5; i++) {
            files.put("scene_image_" + i + ".png", Samples.png(i));
        }
        assertThat(drop().folder(files).found()).containsExactly("out-of-bounds scene_image_1.png scene_image_urls");
    }

    @Test
    void aLoneVideoWithoutAPromptIsUpscaled() {
        Bundle bundle = drop().folder("holiday.mp4", "mp4").read();

        assertThat(bundle.request().fields()).hasToString("{\"model\":\"topaz-video-upscale\",\"video_url\":\"\"}");
        assertThat(bundle.warnings()).hasSize(1);
    }

    @Test
    void aLoneTextOfAnyNameIsThePrompt() {
        Bundle bundle = drop().folder("idea.md", "=A gondola", "image.png", "png").read();

        assertThat(BundleDrop.at(bundle, "/prompt").textValue()).isEqualTo("A gondola");
        assertThat(bundle.warnings()).containsExactly("idea.md is taken as the prompt.");
    }

    @ParameterizedTest
    @CsvSource({
            "notes.txt, txt, second-prompt",
            "reference_image.png, png, unnamed-medium",
            "reference_image_0.png, png, unnamed-medium",
            "reference_image_99999999999.png, png, unnamed-medium",
            "sub/image.png, png, unnamed-medium",
            "sound.wav, wav, unnamed-medium",
            "clip.mp4, mp4, unnamed-medium",
            "notes.docx, junk, unknown-file",
            "request.yaml.docx, junk, unknown-file",
            "other.json, txt, second-manifest"})
    void whatSaysNothingIsRefused(String name, String format, String code) {
        assertThat(drop().folder("request.json", "={}", "prompt.txt", "=p", "image.png", "png", name, format).found())
                .containsExactly(code + " " + name);
    }

    @Test
    void namesAreListedForAMediumThatSaysNothing() {
        assertThat(drop().folder("prompt.txt", "=p", "a.png", "png", "b.png", "png").problems())
                .allSatisfy(problem -> assertThat(problem.sentence()).contains("image.*", "reference_image_1.*"))
                .extracting(Problem::file).isEqualTo(List.of("a.png", "b.png"));
    }

    @ParameterizedTest
    @CsvSource({
            "image.png, html, web page", "image.png, txt, text/plain", "image.png, mp4, video/mp4",
            "image.svg, svg, PNG", "image.png, junk, damaged", "audio.mp3, png, image/png",
            "video.mp4, html, web page", "reference_document_1.pdf, png, image/png"})
    void bytesThatAreNotWhatTheFieldTakes(String name, String format, String hint) {
        BundleDrop drop = drop().folder("request.json", "={\"model\":\"m\",\"prompt\":\"p\"}", name, format);

        assertThat(drop.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("wrong-medium");
            assertThat(problem.sentence()).contains(name, hint);
        });
    }

    @Test
    void emptyMediaAreRefused() {
        assertThat(drop().folder("prompt.txt", "=p", "image.png", "=").found())
                .containsExactly("empty-file image.png image_url");
    }

    @ParameterizedTest
    @CsvSource({".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX/x.png", "@eaDir/x.png", "._image.png", "film.mp4.part",
            "x.tmp", ".hidden/x.png", ".ready", "job.json", "ERROR.txt", "ACTION.md", "answer.json", "answer-form.json"})
    void whatIsNoContentIsPassedOver(String name) {
        assertThat(IgnoredNames.isIgnored(Path.of(name))).isTrue();
        assertThat(drop().folder("prompt.txt", "=p", name, "png").media()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"image.png", "answering machine.png", "part.png", "sub/prompt.txt"})
    void whatIsContentIsNot(String name) {
        assertThat(IgnoredNames.isIgnored(Path.of(name))).isFalse();
    }
}
