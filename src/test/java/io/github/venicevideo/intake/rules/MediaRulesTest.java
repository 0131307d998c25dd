package io.github.venicevideo.intake.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.bundle.BundleDrop;
import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and lengths that media may have. */
class MediaRulesTest {

    @TempDir
    private Path work;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private BundleDrop drop(String request) {
        files.put("request.json", Samples.utf8(request));
        return new BundleDrop(work).with(DropDefaults.NONE).folder(files);
    }

    private BundleDrop references() {
        return drop("{\"model\":\"seedance-2-0-reference-to-video\",\"duration\":\"5s\",\"prompt\":\"p\"}");
    }

    private void check(BundleDrop drop, String problem) {
        if (problem.isEmpty()) {
            assertThat(drop.read().warnings()).isEmpty();
        } else {
            assertThat(drop.problems()).singleElement().extracting(Problem::sentence).asString().contains(problem);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"300 | 300 | ''", "299 | 400 | at least 300 pixels", "749 | 300 | ''",
            "750 | 300 | \"750x300\" has a size that the model does not take. Allowed: width divided by height between 0.4 and 2.5",
            "400 | 1000 | crop it", "401 | 1000 | ''"})
    void picturesForSeedance(int width, int height, String problem) {
        files.put("image.png", Samples.picture("png", width, height));

        check(drop("{\"model\":\"seedance-2-0-image-to-video\",\"duration\":\"5s\",\"prompt\":\"p\"}"), problem);
    }

    @Test
    void picturesForOthersMayBeSmall() {
        files.put("image.png", Samples.picture("png", 1, 50));

        check(drop("{\"model\":\"other\",\"duration\":\"5s\",\"prompt\":\"p\"}"), "");
    }

    @Test
    void seedanceTakesNoAvif() {
        files.put("image.avif", Samples.heif("avif", "avif", 400, 400, 0));

        check(drop("{\"model\":\"seedance-2-0-image-to-video\",\"duration\":\"5s\",\"prompt\":\"p\"}"),
                "JPEG, PNG, WebP, BMP, TIFF, GIF, HEIC, HEIF");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2 | ''", "15.04 | ''", "1.2 | Allowed: 2 to 15 s. Take a longer one.",
            "16 | \"16.0 s\" has a length that is not taken. Allowed: 2 to 15 s. Cut it."})
    void referenceClips(double seconds, String problem) {
        files.put("reference_video_1.mp4", Samples.movie("isom", seconds));

        check(references(), problem);
    }

    @Test
    void referencesTogether() {
        files.put("reference_video_1.mp4", Samples.movie("isom", 8));
        files.put("reference_video_2.mov", Samples.movie("qt  ", 8));
        files.put("reference_audio_1.wav", Samples.wav(7));
        files.put("reference_audio_2.mp3", Samples.mp3(7));

        check(references(), "reference_video_urls: \"16.0 s in all\"");
    }

    @Test
    void thePriceCountsWhatTheClipsLastOrTheMostTheyMay() {
        files.put("reference_video_1.mp4", Samples.movie("isom", 3.5));
        files.put("reference_video_2.mov", Samples.movie("qt  ", 4));
        assertThat(references().read().referenceVideoSeconds()).contains(7.5);

        Bundle bundle = new BundleDrop(work).file("gondola.json", "{\"model\":\"seedance-2-0-reference-to-video\",\"duration\":\"5s\",\"prompt\":\"p\","
                + "\"reference_video_urls\":[\"https://e.org/a.mp4\"]}").read();
        assertThat(bundle.referenceVideoSeconds()).contains(15.0);
        assertThat(bundle.warnings()).singleElement().asString().contains("upper bound");
        assertThat(new BundleDrop(work).file("p.txt", "p").read().referenceVideoSeconds()).isEmpty();
    }

    @Test
    void referenceClipsAreNoWebm() {
        files.put("reference_video_1.webm", Samples.WEBM);

        check(references(), "Allowed: MP4, MOV.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"30 | ''", "31 | Allowed: at most 30 s"})
    void sounds(int seconds, String problem) {
        files.put("audio.wav", Samples.wav(seconds));

        check(drop("{\"model\":\"m\",\"duration\":\"5s\",\"prompt\":\"p\"}"), problem);
    }

    @Test
    void soundsThatAreNeitherWavNorMp3() {
        files.put("audio.m4a", Samples.M4A);

        check(drop("{\"model\":\"m\",\"duration\":\"5s\",\"prompt\":\"p\"}"), "Allowed: WAV, MP3.");
    }

    @Test
    void largeSounds() {
        files.put("audio.mp3", Samples.concat(Samples.mp3(3), new byte[15_000_000]));

        check(drop("{\"model\":\"m\",\"duration\":\"5s\",\"prompt\":\"p\"}"), "\"15.0 MB\" is too large for its field");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"300 | ''", "301 | Allowed: at most 300 s"})
    void videosToUpscale(int seconds, String problem) {
        files.put("video.mp4", Samples.movie("isom", seconds));

        check(drop("{\"model\":\"topaz-video-upscale\"}"), problem);
    }

    @Test
    void dataUrlsAreOpenedToo() {
        check(drop("{\"model\":\"seedance-2-0-image-to-video\",\"duration\":\"5s\",\"prompt\":\"p\",\"image_url\":\""
                + Samples.dataUrl("image/png", Samples.picture("png", 40, 40)) + "\"}"), "at least 300 pixels");
        byte[] cut = java.util.Arrays.copyOf(Samples.picture("png", 400, 400), 60);
        check(drop("{\"model\":\"m\",\"duration\":\"5s\",\"prompt\":\"p\",\"image_url\":\""
                + Samples.dataUrl("image/png", cut) + "\"}"), "request.json, image_url: cannot be opened");
    }

    @Test
    void privateAddresses() {
        String request = "{\"model\":\"m\",\"duration\":\"5s\",\"prompt\":\"p\",\"image_url\":\"http://2130706433/a.png\"}";

        check(drop(request), "does not lead to the public internet. Its host 2130706433 is not public.");
        check(drop(request).allowing("2130706433"), "");
        assertThat(drop(request.replace("a.png", "a.png?signature=secret")).problems().get(0).sentence()).doesNotContain("secret");
    }
}
