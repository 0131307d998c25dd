package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.Problem;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zips of the programs that people have: names in any encoding, methods that are not read, other archives. */
@Timeout(180)
class ZipNamesTest {

    @TempDir
    private Path work;

    private BundleDrop drop() {
        return new BundleDrop(work);
    }

    @ParameterizedTest
    @CsvSource({"windows-31j, 写真ソ.png", "windows-31j, 表.png", "windows-31j, テスト/能力.png", "GBK, 照片.png", "x-windows-949, 그림.png",
            "IBM866, Фото.png", "windows-1251, Фото.png", "IBM437, Brücke.png", "IBM850, Árbol.png", "Big5, 圖片.png", "UTF-8, 写真.png",
            "GBK, 龘龘.png", "x-windows-949, 꽃밭.png"})
    void namesThatTheManifestHasAreFound(String charset, String name) {
        assertThat(drop().file("gondola.zip", NamedZip.of(charset, "request.json", "other.txt".replace("other.txt", "negative_prompt.txt"), name))
                .read().request().media()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"windows-31j, 写真ソ.png", "windows-31j, テスト.png", "windows-31j, ああ.png", "GBK, 照片.png", "GBK, 背景.png",
            "x-windows-949, 그림.png", "x-windows-949, 고양이.png", "IBM866, Фото.png", "IBM866, КАРТИНА.png", "windows-1251, Фото.png",
            "IBM437, Brücke.png", "IBM437, schön.png", "IBM437, café.png", "IBM437, Bär.png", "IBM437, château.png", "Big5, 圖片.png"})
    void namesAreReadInTheCharsetThatGivesWords(String charset, String name) throws Exception {
        assertThat(ZipNames.decode(List.of("prompt.txt".getBytes(Charset.forName("UTF-8")), name.getBytes(Charset.forName(charset))), ""))
                .containsExactly("prompt.txt", name);
        assertThat(drop().file("gondola.zip", NamedZip.of(charset, "prompt.txt", name)).read().warnings())
                .anySatisfy(warning -> assertThat(warning).contains(name));
    }

    @Test
    void namesThatMayBeReadInSeveralWaysAreShown() {
        assertThat(drop().file("gondola.zip", NamedZip.of("GBK", "prompt.txt", "龘龘.png")).problems()).singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("zip-names");
                    assertThat(problem.sentence()).contains("UTF-8", "龘龘.png (GBK)");
                });
    }

    @ParameterizedTest
    @CsvSource({"windows-31j, 写真ソ.png", "GBK, 龘龘.png", "IBM866, Фото.png"})
    void theExtraFieldComesFirst(String charset, String name) {
        assertThat(drop().file("gondola.zip", NamedZip.withUnicodeNames(charset, name)).read().warnings())
                .anySatisfy(warning -> assertThat(warning).contains(name));
    }

    @Test
    void whatIsCheckedIsTheNameThatCameOut() {
        // The second byte of the first character is a backslash, and what comes behind it two dots.
        assertThat(drop().file("gondola.zip", NamedZip.of("windows-31j", "prompt.txt", "ソ..png")).media()).hasSize(1);
        assertThat(new BundleDrop(work.resolve("2")).file("gondola.zip", NamedZip.of("windows-31j", "prompt.txt", "写真/../../ソ.png"))
                .problems()).extracting(Problem::code).containsExactly("unsafe-name");
        assertThat(new BundleDrop(work.resolve("3")).file("gondola.zip", NamedZip.withUnicodeNames("windows-31j", "../写真.png"))
                .problems()).extracting(Problem::code).containsExactly("unsafe-name");
    }

    @ParameterizedTest
    @CsvSource({"9, Deflate64", "12, BZip2", "14, LZMA", "93, Zstandard", "95, XZ", "98, PPMd", "77, method 77"})
    void otherMethodsAreNamed(int method, String name) {
        byte[] zip = Samples.zip(Samples.files("prompt.txt", "=p", "image.png", "png"));
        String bytes = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int at = bytes.indexOf("PK\u0001\u0002"); at >= 0; at = bytes.indexOf("PK\u0001\u0002", at + 1)) {
            zip[at + 10] = (byte) method;
        }
        assertThat(drop().file("gondola.zip", zip).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("zip-method");
            assertThat(problem.sentence()).contains(name, "Deflate");
        });
    }

    @ParameterizedTest
    @CsvSource({"377abcaf271c0004, 7z", "526172211a0701, RAR", "526172211a0700, RAR", "1f8b0800, gzip", "425a6839, bzip2", "fd377a585a00, xz",
            "28b52ffd, Zstandard"})
    void otherArchivesAreNamed(String head, String name) {
        byte[] bytes = Samples.concat(Samples.hex(head), new byte[400]);
        for (String dropped : new String[] {"gondola.zip", "gondola.7z", "gondola.tar.gz", "gondola"}) {
            assertThat(new BundleDrop(work.resolve(dropped)).file(dropped, bytes).problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("zip-method");
                assertThat(problem.sentence()).contains(dropped, name, "Deflate");
            });
        }
    }

    @Test
    void tarsAreNamed() {
        byte[] tar = new byte[1_024];
        System.arraycopy(Samples.ascii("prompt.txt"), 0, tar, 0, 10);
        System.arraycopy(Samples.ascii("ustar"), 0, tar, 257, 5);
        assertThat(drop().file("gondola.tar", tar).problems().get(0).sentence()).contains("\"tar\"", "Deflate");
    }

    @Test
    void aPictureOfOneColourMayBePackedSmall() {
        byte[] card = Samples.picture("bmp", 2_000, 2_000);
        assertThat(drop().file("gondola.zip", Samples.zip(Map.of("prompt.txt", Samples.utf8("p"), "image.bmp", card))).media())
                .containsExactly("/image_url=image.bmp");
    }

    @Test
    void linksAreFoundWhateverStandsBeforeAZip() {
        byte[] zip = Samples.zip(Samples.files("prompt.txt", "=../../secret.png"));
        String bytes = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1);
        int entry = bytes.indexOf("PK\u0001\u0002");
        zip[entry + 40] = (byte) 0xFF;
        zip[entry + 41] = (byte) 0xA1;
        assertThat(drop().file("gondola.zip", Samples.concat(new byte[100], zip)).found())
                .isIn(List.of("link prompt.txt"), List.of("zip-damaged gondola.zip"));
    }

    @Test
    void aFileThatIsNoBundleByItselfIsToldHowItBecomesOne() {
        assertThat(drop().file("clip.mp4", Samples.MP4).problems().get(0).sentence())
                .contains("upscaled", "video.mp4", "reference_video_1.mp4", "prompt.txt");
        assertThat(drop().file("photo.png", Samples.PNG).problems().get(0).sentence()).contains("image.png", "prompt.txt");
        assertThat(drop().file("song.mp3", Samples.MP3).problems().get(0).sentence()).contains("audio.mp3");
        assertThat(drop().file("brief.pdf", Samples.PDF).problems().get(0).sentence()).contains("PDF", "prompt.txt");
    }
}
