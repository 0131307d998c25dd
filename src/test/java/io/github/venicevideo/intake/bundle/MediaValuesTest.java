package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.StagingPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a media field of a manifest may hold: URLs, data URLs, file names. */
class MediaValuesTest {

    @TempDir
    Path work;

    private BundleDrop image(String value) {
        return new BundleDrop(work).folder("request.json", "={\"prompt\":\"p\",\"image_url\":\"" + value + "\"}",
                "Venice/Gondola.png", "png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://e.org/a.png?x=1#y", "HTTP://e.org", "http://e.org:8080/%20a"})
    void urlsAreLeftAsTheyAre(String url) {
        BundleDrop drop = new BundleDrop(work).folder("request.json", "={\"prompt\":\"p\",\"image_url\":\"" + url + "\"}");

        assertThat(drop.fields().get("image_url").textValue()).isEqualTo(url);
        assertThat(drop.read().request().media()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"file:///etc/passwd, bad-url", "ftp://e.org/a.png, bad-url", "https://, bad-url",
            "https://e.org/a b.png, bad-url", "s3://bucket/a.png, bad-url", "/etc/passwd, file-outside",
            "../../secret.png, file-outside", "a/../../secret.png, file-outside", "a//b.png, file-outside",
            "..\\\\secret.png, file-outside", "C:\\\\secret.png, file-outside", "C:secret.png, file-outside",
            "Gondole.png, file-not-found", "'', file-not-found", "%2e%2e/secret.png, file-not-found"})
    void valuesThatAreRefused(String value, String code) {
        assertThat(image(value).found()).contains(code + " request.json image_url");
    }

    @Test
    void theNearestNameIsOffered() {
        assertThat(image("Venice/Gondole.png").problems().get(0).hint()).isEqualTo("The nearest there is Venice/Gondola.png.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Brücke/Gondola.png", "./Brücke/Gondola.png", "brücke/gondola.PNG", "Bru\u0308cke/Gondola.png"})
    void filesAreFoundByTheirNames(String name) {
        assertThat(new BundleDrop(work).folder("request.json", "={\"prompt\":\"p\",\"image_url\":\"" + name + "\"}",
                "Brücke/Gondola.png", "png").media()).containsExactly("/image_url=Gondola.png");
    }

    @Test
    void theExactNameWinsAndAGuessIsNotMade() {
        assertThat(new BundleDrop(work).folder("request.json",
                "={\"prompt\":\"p\",\"image_url\":\"A.png\",\"end_image_url\":\"a.png\"}", "a.png", "png", "A.png", "png")
                .media()).containsExactly("/image_url=A.png", "/end_image_url=a.png");
    }

    @Test
    void oneFileMayFillTwoPlaces() {
        assertThat(new BundleDrop(work).folder("request.json",
                "={\"prompt\":\"p\",\"image_url\":\"a.png\",\"end_image_url\":\"a.png\"}", "a.png", "png").media())
                .containsExactly("/image_url=a.png", "/end_image_url=a.png");
    }

    @Test
    void shortDataUrlsStayWhereTheyAre() {
        String url = Samples.dataUrl("image/png", Samples.PNG);
        Bundle bundle = new BundleDrop(work).file("gondola.json", "{\"prompt\":\"p\",\"image_url\":\"" + url + "\"}").read();

        assertThat(BundleDrop.at(bundle, "/image_url").textValue()).isEqualTo(url);
        assertThat(bundle.request().media()).isEmpty();
        assertThat(bundle.warnings()).isEmpty();
    }

    @Test
    void longDataUrlsGoToAFile() {
        byte[] png = Samples.concat(Samples.PNG, new byte[200_000]);
        String url = Samples.dataUrl("image/png", png);
        BundleDrop drop = new BundleDrop(work).file("gondola.yaml", "prompt: p\nelements:\n- frontal_image_url: " + url);
        Bundle bundle = drop.read();

        Media medium = bundle.request().media().get(0);
        assertThat(medium).isEqualTo(new Media("/elements/0/frontal_image_url", medium.path(), "image/png",
                url.length(), DigestUtils.sha256Hex(png), true));
        assertThat(medium.path()).startsWith("unpacked/");
        assertThat(new String(drop.bytesOf(medium), StandardCharsets.US_ASCII)).isEqualTo(url);
        assertThat(BundleDrop.at(bundle, "/elements/0/frontal_image_url").textValue()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "data:image/png;base64,iVBORw0K... | shortened example",
            "data:image/png,abc | must begin like",
            "data:;base64,abc | must begin like",
            "data:image/png;base64, | no data",
            "data:image/png;base64,a | cannot be decoded",
            "data:image/png;base64,iVBO_w0K | cannot be decoded",
            "data:image/png;base64,iVBO Rw0K | space",
            "data:image/png;base64,iVBORw0Kü | cannot be decoded"})
    void dataUrlsThatAreRefused(String url, String words) {
        assertThat(image(url).problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("bad-data-url");
            assertThat(problem.sentence()).contains(words);
        });
    }

    @Test
    void base64MustNotEndInTheMiddle() {
        String url = "data:image/png;base64," + "A".repeat(4 * 16_384 - 2) + "==" + "AAAA";

        assertThat(image(url).problems()).anySatisfy(p -> assertThat(p.sentence()).contains("ends (=) before"));
    }

    @Test
    void dataUrlsAreWhatTheirBytesAre() {
        assertThat(image(Samples.dataUrl("image/png", Samples.HTML)).found())
                .contains("wrong-medium request.json image_url");
        assertThat(new BundleDrop(work).folder("request.json", "={\"prompt\":\"p\",\"image_url\":\""
                + Samples.dataUrl("image/png", Samples.JPEG) + "\",\"end_image_url\":\"Venice/Gondola.png\"}").read().warnings())
                .containsExactly("image_url says it is image/png, but its bytes are image/jpeg; it is passed on as it is.");
    }

    @Test
    void mediaAreInTheOrderTheyAreSent() {
        assertThat(new BundleDrop(work).folder("request.json",
                "={\"scene_image_urls\":[\"b.png\"],\"image_url\":\"a.png\",\"prompt\":\"p\"}", "b.png", "png", "a.png", "png")
                .media()).containsExactly("/image_url=a.png", "/scene_image_urls/0=b.png");
    }

    @Test
    void aBodyThatIsTooLargeIsFoundBeforeItIsSent() {
        ReadLimits small = new ReadLimits(10, 1_000_000, 1_000_000, 100_000, 1_000, 100, 50_000);
        BundleDrop drop = new BundleDrop(work).with(small).folder("prompt.txt", "=p", "image.png", "png");
        drop.folder(Map.of("end_image.png", Samples.concat(Samples.PNG, new byte[40_000])));

        assertThat(drop.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("body-too-large");
            assertThat(problem.sentence()).contains("MB of media", "end_image_url", "https://");
        });
    }

    @Test
    void theSizeOfABodyIsExact() throws Exception {
        Bundle bundle = image(Samples.dataUrl("image/png", Samples.PNG)).with(ReadLimits.DEFAULT)
                .folder("request.json", "={\"prompt\":\"ü\",\"image_url\":\"Venice/Gondola.png\"}").read();
        String body = bundle.request().fields().toString().replace("\"image_url\":\"\"",
                "\"image_url\":\"" + Samples.dataUrl("image/png", Samples.PNG) + "\"");

        assertThat(StagingPlan.length(bundle.request())).isEqualTo(Samples.utf8(body).length);
    }
}
