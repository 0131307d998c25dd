package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.media.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When two bundles are the same. */
class ContentHashTest {

    @TempDir
    Path work;

    private String hash(String json) {
        return new BundleDrop(work).file("gondola.json", json).read().contentHash();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"duration\":\"5s\",\"prompt\":\"p\",\"seed\":1}",
            "{\"seed\":1,\"prompt\":\"p\",\"model\":\"text-model\"}",
            "{\"prompt\":\"p\",\"seed\":1.0}",
            "{\"prompt\":\"p\",\"seed\":10e-1}",
            "{\"prompt\":\"p\",\"seed\":1,\"bundle\":{\"takes\":3}}"})
    void theSameRequest(String json) {
        assertThat(hash(json)).isEqualTo(hash("{\"prompt\":\"p\",\"seed\":1}")).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"prompt\":\"p\",\"seed\":2}", "{\"prompt\":\"p \",\"seed\":1}", "{\"prompt\":\"p\",\"seed\":\"1\"}",
            "{\"prompt\":\"p\",\"seed\":[1]}", "{\"prompt\":\"p\"}", "{\"prompt\":\"p\",\"seed\":1,\"audio\":true}"})
    void anotherRequest(String json) {
        assertThat(hash(json)).isNotEqualTo(hash("{\"prompt\":\"p\",\"seed\":1}"));
    }

    @Test
    void theSameMediumInAnyForm() throws Exception {
        byte[] large = Samples.concat(Samples.PNG, new byte[20_000]);
        for (byte[] png : new byte[][] {Samples.PNG, large}) {
            Path other = Files.createTempDirectory(work, "job");
            String file = new BundleDrop(other).folder(Map.of("prompt.txt", Samples.utf8("p"), "any.png", png))
                    .read().contentHash();

            assertThat(hash("{\"prompt\":\"p\",\"image_url\":\"" + Samples.dataUrl("image/png", png) + "\"}"))
                    .isEqualTo(file);
            assertThat(hash("{\"prompt\":\"p\",\"end_image_url\":\"" + Samples.dataUrl("image/png", png) + "\"}"))
                    .isNotEqualTo(file);
        }
    }

    @Test
    void otherBytesAreAnotherRequest() {
        BundleDrop drop = new BundleDrop(work);

        String first = drop.folder("prompt.txt", "=p", "image.png", "png").read().contentHash();
        assertThat(drop.folder(Map.of("image.png", Samples.png(2))).read().contentHash()).isNotEqualTo(first);
    }

    @Test
    void theOrderOfReferencesCounts() {
        BundleDrop drop = new BundleDrop(work);
        String first = drop.folder(Map.of("prompt.txt", Samples.utf8("p"),
                "reference_image_1.png", Samples.png(1), "reference_image_2.png", Samples.png(2))).read().contentHash();

        assertThat(drop.folder(Map.of("reference_image_1.png", Samples.png(2), "reference_image_2.png",
                Samples.png(1))).read().contentHash()).isNotEqualTo(first);
    }
}
