package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.draft.BundleOptions;
import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.venice.request.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each form in which a bundle can be dropped. */
class BundleFormsTest {

    @TempDir
    Path work;

    private BundleDrop drop() {
        return new BundleDrop(work);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gondola.txt", "gondola.md", "Gondola.TXT"})
    void aTextIsAPrompt(String name) {
        Bundle bundle = drop().file(name, "A gondola at dawn\n").read();

        assertThat(bundle.request().fields()).hasToString(
                "{\"model\":\"text-model\",\"prompt\":\"A gondola at dawn\",\"duration\":\"5s\"}");
        assertThat(bundle.request().media()).isEmpty();
        assertThat(bundle.warnings()).isEmpty();
        assertThat(bundle.options()).isEqualTo(BundleOptions.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "gondola.json | {\"model\":\"m\",\"prompt\":\"p\",\"duration\":\"5s\",\"image_url\":\"https://e.org/a.png\"}",
            "gondola.yaml | {model: m, prompt: p, duration: 5s, image_url: 'https://e.org/a.png'}",
            "gondola.yml  | {model: m, prompt: p, duration: 5s, image_url: https://e.org/a.png}"})
    void aManifestByItself(String name, String text) {
        assertThat(drop().file(name, text).fields()).hasToString("{\"model\":\"m\",\"prompt\":\"p\","
                + "\"duration\":\"5s\",\"image_url\":\"https://e.org/a.png\"}");
    }

    @Test
    void aManifestByItselfHasNoFiles() {
        BundleDrop drop = drop().file("gondola.json", "{\"prompt\":\"p\",\"image_url\":\"a.png\"}");

        assertThat(drop.found()).containsExactly("file-not-found gondola.json image_url");
        assertThat(drop.problems().get(0).sentence()).contains("drop a folder with both");
    }

    @Test
    void aFolderWithAPhonesPicture() throws IOException {
        BundleDrop drop = drop().folder("prompt.txt", "=A gondola", "IMG_1234.HEIC", "heic");
        Bundle bundle = drop.read();

        assertThat(bundle.request().media()).hasSize(1);
        Media medium = bundle.request().media().get(0);
        assertThat(medium.field()).isEqualTo("/image_url");
        assertThat(medium.path()).isEqualTo("dropped/gondola/IMG_1234.HEIC");
        assertThat(medium.mimeType()).isEqualTo("image/heic");
        assertThat(medium.bytes()).isEqualTo(Samples.HEIC.length);
        assertThat(medium.dataUrl()).isFalse();
        assertThat(drop.bytesOf(medium)).isEqualTo(Samples.HEIC);
        assertThat(BundleDrop.at(bundle, "/image_url").textValue()).isEmpty();
        assertThat(BundleDrop.at(bundle, "/model").textValue()).isEqualTo("image-model");
        assertThat(bundle.warnings()).containsExactly("IMG_1234.HEIC is taken as the first frame (image_url).",
                "IMG_1234.HEIC is HEIC, which the provider's pages name for Seedance alone: export it as JPEG to be sure that this model"
                        + " opens it.");
    }

    @Test
    void aZipIsTheSameAsItsFolder() {
        BundleDrop drop = drop().zip("gondola/prompt.txt", "=A gondola", "gondola/image.jpg", "jpg",
                "__MACOSX/gondola/._image.jpg", "junk", "gondola/.DS_Store", "junk");
        Bundle zipped = drop.read();
        Media medium = zipped.request().media().get(0);

        assertThat(medium.path()).startsWith("unpacked/");
        assertThat(drop.bytesOf(medium)).isEqualTo(Samples.JPEG);
        Bundle folder = new BundleDrop(work).folder("prompt.txt", "=A gondola", "image.jpg", "jpg").read();
        assertThat(zipped.contentHash()).isEqualTo(folder.contentHash());
    }

    @Test
    void oneFolderInsideAnotherIsUnwrapped() {
        assertThat(drop().folder("outer/inner/prompt.txt", "=p", "outer/inner/image.png", "png", ".DS_Store", "junk")
                .media()).containsExactly("/image_url=image.png");
    }

    @Test
    void aFailedZipMovedBackIsTriedAgain() {
        Map<String, byte[]> files = Samples.files("job.json", "={}", "ERROR.txt", "=x");
        files.put("gondola.zip", Samples.zip(Samples.files("prompt.txt", "=p")));

        assertThat(drop().folder(files).fields().get("prompt").textValue()).isEqualTo("p");
    }

    @Test
    void aZipBesideOtherFilesIsRefused() {
        Map<String, byte[]> files = Samples.files("prompt.txt", "=p");
        files.put("more.zip", Samples.zip(Samples.files("image.png", "png")));

        assertThat(drop().folder(files).found()).containsExactly("zip-inside more.zip");
    }

    @Test
    void aZipInsideAZipIsRefused() {
        byte[] inner = Samples.zip(Samples.files("prompt.txt", "=p"));

        assertThat(drop().file("gondola.zip", Samples.zip(Map.of("inner.zip", inner))).found())
                .contains("zip-inside inner.zip");
    }

    @Test
    void readingAgainGivesTheSame() throws IOException {
        BundleDrop drop = drop().zip("prompt.txt", "=p", "image.png", "png");
        Bundle first = drop.read();
        Files.writeString(work.resolve("unpacked/left over"), "from a crash");

        assertThat(drop.read()).isEqualTo(first);
        assertThat(work.resolve("unpacked")).isDirectoryNotContaining("glob:**left over");
    }

    @Test
    void nothingIsWrittenWhereNothingIsUnpacked() {
        drop().folder("prompt.txt", "=p", "image.png", "png").read();

        assertThat(work).isDirectoryNotContaining("glob:**/unpacked");
    }

    @Test
    void whatIsNoBundleIsRefused() {
        assertThat(drop().file("gondola.png", Samples.PNG).found()).containsExactly("not-a-bundle gondola.png");
    }

    @Test
    void emptyBundlesAreRefused() {
        assertThat(drop().folder(".DS_Store", "junk", "Thumbs.db", "junk").found())
                .containsExactly("empty-bundle gondola");
        assertThat(drop().file("gondola.txt", "").found()).containsExactly("empty-file gondola.txt");
        assertThat(drop().file("gondola.json", " \n").found()).containsExactly("empty-file gondola.json");
        assertThat(drop().file("gondola.yaml", "# nothing\n").found()).containsExactly("empty-file gondola.yaml");
    }

    @Test
    void allProblemsAreFoundAtOnce() {
        assertThat(drop().folder("request.json",
                "={\"aspect_ration\":\"16:9\",\"audio\":\"yes\",\"bundle\":{\"takes\":0},\"end_image_url\":\"no.png\"}",
                "image.png", "html", "notes.docx", "junk").found()).containsExactlyInAnyOrder(
                "unknown-field request.json aspect_ration", "wrong-type request.json audio",
                "bundle-option request.json bundle.takes", "file-not-found request.json end_image_url",
                "wrong-medium image.png image_url", "unknown-file notes.docx", "missing-field request.json prompt");
    }
}
