package io.github.venicevideo.intake.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.SampleMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bytes measure, and what becomes of those that cannot be opened. */
@Timeout(180)
class MediaMeasurerTest {

    @TempDir
    private Path folder;

    private Measured measure(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("medium"), bytes);
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, MimeSniffer.HEAD));
        return new MediaMeasurer().measure(file, new MimeSniffer().sniff(head, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tiff"})
    void picturesHaveASize(String format) throws IOException {
        assertThat(measure(Samples.picture(format, 30, 20))).isEqualTo(new Measured(30, 20, 0, false, false, false, ""));
    }

    @Test
    void webpHasASize() throws IOException {
        assertThat(measure(Samples.webp(30, 20))).isEqualTo(new Measured(30, 20, 0, false, false, false, ""));
    }

    @ParameterizedTest
    @CsvSource({"heic, 0, 30, 20", "heic, 1, 20, 30", "heic, 2, 30, 20", "heic, 3, 20, 30", "avif, 0, 30, 20",
            "mif1, 1, 20, 30"})
    void phonesPicturesAreTurned(String brand, int quarters, int width, int height) throws IOException {
        assertThat(measure(Samples.heif(brand, brand.equals("avif") ? "avif" : "heic", 30, 20, quarters)))
                .isEqualTo(new Measured(width, height, 0, false, false, quarters != 0, ""));
    }

    @ParameterizedTest
    @CsvSource({"1, 30, 20", "3, 30, 20", "6, 20, 30", "8, 20, 30"})
    void photosAreTurnedAndTellWhereTheyWereTaken(int orientation, int width, int height) throws IOException {
        assertThat(measure(SampleMedia.photo(30, 20, orientation, true))).isEqualTo(new Measured(width, height, 0, false, true, orientation != 1, ""));
        assertThat(measure(SampleMedia.photo(30, 20, orientation, false)).position()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"isom, 3.25", "qt  , 3.25", "mp42, 15"})
    void clipsLast(String brand, double seconds) throws IOException {
        assertThat(measure(Samples.movie((brand + "    ").substring(0, 4), seconds)).seconds()).isEqualTo(seconds);
    }

    @Test
    void soundsLast() throws IOException {
        assertThat(measure(Samples.wav(2.5)).seconds()).isCloseTo(2.5, Offset.offset(0.01));
        assertThat(measure(Samples.mp3(4)).seconds()).isCloseTo(4, Offset.offset(0.05));
    }

    @ParameterizedTest
    @CsvSource({"ffffffff", "00000000", "00f0ff7f"})
    void soundsRecordedIntoAPipeLastAsLongAsTheyAre(String length) throws IOException {
        byte[] streamed = Samples.wav(2.5);
        System.arraycopy(Samples.hex(length), 0, streamed, 40, 4);
        assertThat(measure(streamed).seconds()).isCloseTo(2.5, Offset.offset(0.05));
    }

    @Test
    void soundsOfAnyCodingLast() throws IOException {
        byte[] adpcm = Samples.wav(3);
        // The coding, and how many bytes a second has: half of what they would be as PCM.
        System.arraycopy(Samples.hex("1100"), 0, adpcm, 20, 2);
        System.arraycopy(Samples.hex("a00f0000"), 0, adpcm, 28, 4);
        assertThat(measure(adpcm).seconds()).isEqualTo(6);

        byte[] wav = Samples.wav(3);
        byte[] tagged = Samples.concat(Arrays.copyOf(wav, 12), Samples.ascii("LIST"), Samples.hex("03000000"), new byte[4],
                Arrays.copyOfRange(wav, 12, wav.length), Samples.ascii("id3 "), Samples.hex("64000000"), new byte[100]);
        assertThat(measure(tagged).seconds()).isEqualTo(3);
    }

    @Test
    void soundsThatWereNotCopiedToTheirEndAreFound() throws IOException {
        byte[] wav = Samples.wav(3);
        assertThat(measure(Arrays.copyOf(wav, 12_000)).flaw()).contains("ends in the middle");
        assertThat(measure(Arrays.copyOf(wav, 30)).flaw()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"large | 4", "footer | 4", "two | 4", "version 5 | 4", "ape first | 4", "ape last | 4", "id3v1 | 4",
            "junk | 4", "variable | 4", "a header that lies | 4", "half rate | 2.6", "free format | 4", "cut | 1.85", "layer 2 | 4",
            "noise between | 4"})
    void soundsLastWhateverStandsBeforeOrBehindThem(String odd, double seconds) throws IOException {
        assertThat(measure(Mp3Samples.odd(odd)).seconds()).isCloseTo(seconds, Offset.offset(0.06));
    }

    @Test
    void tagsWithoutASoundAreNone() throws IOException {
        assertThat(measure(Samples.concat(Samples.ascii("ID3"), Samples.hex("03000000000a"), new byte[500])).flaw()).isNotEmpty();
    }

    @Test
    @Timeout(180)
    void noiseIsNotSearchedForEver() throws IOException {
        byte[] noise = new byte[5_000_000];
        // Frames of free format begin everywhere, each of another kind than the one before it.
        for (int i = 0; i + 4 < noise.length; i += 4) {
            System.arraycopy(Samples.hex(i % 12 == 0 ? "fffb0064" : i % 12 == 4 ? "fff30464" : "ffe30864"), 0, noise, i, 4);
        }
        assertThat(measure(Samples.concat(Samples.ascii("ID3"), Samples.hex("03000000000000"), noise))).isNotNull();
    }

    @Test
    void webmLastsAsLongAsItSaysOrAsItsBlocksGo() throws IOException {
        assertThat(measure(Samples.webm(7.25)).seconds()).isEqualTo(7.25);
        assertThat(measure(Samples.webm(0)).seconds()).isEqualTo(1.5);
        assertThat(measure(Samples.concat(Samples.webm(0), new byte[20])).seconds()).isEqualTo(1.5);
        byte[] live = Samples.webm(0);
        int segment = new String(live, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\u0018S\u0080g");
        System.arraycopy(Samples.hex("1fffffff"), 0, live, segment + 4, 4);
        assertThat(measure(live).seconds()).as("of unknown size, as browsers record it").isEqualTo(1.5);
        assertThat(measure(Arrays.copyOf(live, live.length - 5)).flaw()).contains("ends in the middle");
        assertThat(measure(Arrays.copyOf(live, segment)).flaw()).isNotEmpty();
    }

    @Test
    void animationsMove() throws IOException {
        byte[] gif = Samples.picture("gif", 30, 20);
        byte[] frame = Arrays.copyOfRange(gif, new String(gif, java.nio.charset.StandardCharsets.ISO_8859_1)
                .lastIndexOf("\u002c\0\0\0\0"), gif.length - 1);
        byte[] two = Samples.concat(Arrays.copyOf(gif, gif.length - 1), frame, new byte[] {0x3b});

        assertThat(measure(gif).moves()).isFalse();
        assertThat(measure(two).moves()).isTrue();
    }

    @Test
    void animationsThatLookLikePicturesMove() throws IOException {
        byte[] png = Samples.picture("png", 30, 20);
        byte[] animated = Samples.concat(Arrays.copyOf(png, 33), Samples.bigEndian(8), Samples.ascii("acTL"), new byte[12],
                Arrays.copyOfRange(png, 33, png.length));
        assertThat(measure(png).moves()).isFalse();
        assertThat(measure(animated).moves()).isTrue();
        assertThat(measure(Samples.heif("avis", "avif", 30, 20, 0)).moves()).isTrue();
        assertThat(measure(Samples.heif("avif", "avif", 30, 20, 0)).moves()).isFalse();
    }

    @Test
    void clipsTellWhereTheyWereTaken() throws IOException {
        byte[] place = Samples.ascii("+45.4340+012.3388/");
        byte[] android = Samples.box("udta", Samples.box("\u00a9xyz", Samples.concat(
                Arrays.copyOfRange(Samples.bigEndian(place.length), 2, 4), Samples.hex("15c7"), place)));
        byte[] movie = Samples.concat(Samples.box("ftyp", Samples.ascii("mp42\0\0\0\0mp42")),
                Samples.box("moov", Samples.concat(Samples.box("mvhd", new byte[100]), android)));
        assertThat(measure(movie)).satisfies(measured -> {
            assertThat(measured.flaw()).isEmpty();
            assertThat(measured.position()).isTrue();
        });
        assertThat(measure(Samples.MP42).position()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "webp", "heic", "mp4", "mov", "webm"})
    void whatIsCutOffIsFound(String format) throws IOException {
        byte[] whole = format.equals("webp") ? Samples.webp(30, 20) : Samples.named(format);
        assertThat(measure(whole).flaw()).isEmpty();
        // Where boxes end is where a file may end: one that only lost its last box is not known to have lost it.
        int last = whole.length - (Samples.ascii("mdat").length + 20);
        for (int length = 24; length < last; length += Math.max(1, whole.length / 60)) {
            assertThat(measure(Arrays.copyOf(whole, length)).flaw()).as("%s of %s bytes", length, whole.length).isNotEmpty();
        }
    }

    @Test
    void lengthsThatNobodyHasMemoryForAreNotBelieved() throws IOException {
        byte[] png = Samples.picture("png", 30, 20);
        byte[] huge = Samples.concat(Arrays.copyOf(png, 33), Samples.bigEndian(Integer.MAX_VALUE), Samples.ascii("iCCPx"));
        assertThat(measure(huge).flaw()).isNotEmpty();
        byte[] movie = Samples.concat(Samples.box("ftyp", Samples.ascii("isom\0\0\0\0isom")), Samples.box("moov",
                Samples.concat(Samples.bigEndian(Integer.MAX_VALUE), Samples.ascii("mvhd"), new byte[100])));
        assertThat(measure(movie).flaw()).isNotEmpty();
    }

    @Test
    void nestingWithoutEndIsNotFollowed() throws IOException {
        byte[] inner = new byte[0];
        for (int i = 0; i < 5_000; i++) {
            inner = Samples.box("moov", inner);
        }
        assertThat(measure(Samples.concat(Samples.box("ftyp", Samples.ascii("isom\0\0\0\0isom")), inner)).flaw()).isNotEmpty();
    }

    @Test
    void whatNoLibraryReadsIsNotMeasured() throws IOException {
        assertThat(measure(Samples.PDF)).isEqualTo(Measured.NOTHING);
        assertThat(measure(Samples.M4A)).isEqualTo(Measured.NOTHING);
    }
}
