package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.media.JpegSamples;
import io.github.venicevideo.intake.media.Measured;
import io.github.venicevideo.intake.media.MediaMeasurer;
import io.github.venicevideo.intake.media.MimeSniffer;
import io.github.venicevideo.intake.media.Samples;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Media that players open though their bytes are odd are taken; what is cut is not, and raw pictures are called so. */
@Timeout(180)
class OddMediaTest {

    @TempDir
    private Path folder;

    private Measured measure(byte[] bytes) throws IOException {
        return measure(bytes, "");
    }

    private Measured measure(byte[] bytes, String type) throws IOException {
        Path file = Files.write(folder.resolve("medium"), bytes);
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, MimeSniffer.HEAD));
        return new MediaMeasurer().measure(file, type.isEmpty() ? new MimeSniffer().sniff(head, "") : type);
    }

    /** A picture with something in it, so that most of its bytes are pixels. */
    private static byte[] picture(String format) throws IOException {
        BufferedImage image = new BufferedImage(330, 310, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            graphics.setColor(new Color(random.nextInt(0xffffff)));
            graphics.fillRect(random.nextInt(330), random.nextInt(310), 40, 30);
        }
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"jpg", "png", "gif", "bmp", "tiff"})
    void picturesThatAreCutAreRefused(String format) throws IOException {
        byte[] whole = picture(format);
        assertThat(measure(whole)).satisfies(measured -> {
            assertThat(measured.flaw()).isEmpty();
            assertThat(measured.width()).isEqualTo(330);
        });
        for (int percent : new int[] {10, 30, 55, 80, 95, 99}) {
            assertThat(measure(Arrays.copyOf(whole, whole.length * percent / 100)).flaw()).as("%d %%", percent).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"jpg", "png", "gif", "bmp", "tiff"})
    void whatHangsOnBehindAPictureIsPassedOver(String format) throws IOException {
        byte[] whole = picture(format);
        for (byte[] behind : new byte[][] {new byte[1], new byte[5_000], Samples.ascii("\0\0\u0012maker's notes and a preview"),
                Samples.picture("jpg", 20, 10)}) {
            assertThat(measure(Samples.concat(whole, behind)).flaw()).isEmpty();
            assertThat(measure(Samples.concat(whole, behind)).width()).isEqualTo(330);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "1122", "00000000000000000000000000000000", "ffffff", "ff00ff01ff3f", "68656c6c6f"})
    void strayBytesBetweenTheSegmentsOfAJpegArePassedOver(String stray) throws IOException {
        byte[] jpeg = picture("jpg");
        ByteArrayOutputStream odd = new ByteArrayOutputStream();
        odd.write(jpeg, 0, 2);
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            int size = 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            odd.write(jpeg, at, size);
            odd.writeBytes(Samples.hex(stray));
            at += size;
        }
        odd.write(jpeg, at, jpeg.length - at);

        assertThat(measure(odd.toByteArray())).isEqualTo(new Measured(330, 310, 0, false, false, false, ""));
        byte[] cut = Arrays.copyOf(odd.toByteArray(), odd.size() / 2);
        assertThat(measure(cut).flaw()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 2, 0", "2, 1, 0", "2, 2, 3", "0, 0, 0", "0, 0, 7"})
    void aJpegThatLacksItsEndMarkerAloneIsTaken(int across, int down, int restarts) throws Exception {
        byte[] jpeg = JpegSamples.of(333, 317, across, down, restarts);
        assertThat(jpeg).endsWith(0xff, 0xd9);

        for (int missing = 1; missing <= 2; missing++) {
            assertThat(measure(Arrays.copyOf(jpeg, jpeg.length - missing))).isEqualTo(new Measured(333, 317, 0, false, false, false, ""));
        }
        for (int percent : new int[] {30, 55, 95, 99}) {
            assertThat(measure(Arrays.copyOf(jpeg, jpeg.length * percent / 100)).flaw()).as("%d %%", percent).isNotEmpty();
        }
    }

    @Test
    void aGifNeedsNoLastByteAndABmpNoFullLastLine() throws IOException {
        byte[] gif = picture("gif");
        assertThat(measure(Arrays.copyOf(gif, gif.length - 1)).flaw()).isEmpty();
        byte[] bmp = picture("bmp");
        Arrays.fill(bmp, 2, 6, (byte) 0);
        assertThat(measure(bmp).flaw()).as("says nothing of its length").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"isom", "qt  "})
    void whatAMakerHangsOnBehindAClipIsPassedOver(String brand) throws IOException {
        byte[] clip = Samples.movie(brand, 3);
        for (byte[] trailer : new byte[][] {new byte[4_000], new byte[3], Samples.ascii("\0\u0003\u0040\0\0\0\0001\u00f8trailer"),
                Samples.ascii("\0\0\0\u0003GPS data"), Samples.ascii("\0\u0010\0\0skip and so on"), Samples.ascii("\u00ff\u00ff\u00ff\u00ffjunkjunk")}) {
            assertThat(measure(Samples.concat(clip, trailer))).isEqualTo(Measured.lasting(3));
        }
        for (String needed : new String[] {"mdat", "moof"}) {
            assertThat(measure(Samples.concat(clip, Samples.bigEndian(5_000), Samples.ascii(needed), new byte[100])).flaw())
                    .contains("ends in the middle");
        }
    }

    @Test
    void whatAMakerWritesIntoItsUserDataIsItsOwn() throws IOException {
        byte[] header = ByteBuffer.allocate(100).putInt(12, 1_000).putInt(16, 4_000).array();
        byte[] theirs = Samples.box("udta", Samples.concat(Samples.bigEndian(90_000), Samples.ascii("CAMEx1")));
        byte[] clip = Samples.concat(Samples.box("ftyp", Samples.ascii("mp42\0\0\0\0mp42")), Samples.box("moov",
                Samples.concat(Samples.box("mvhd", header), theirs)), Samples.box("mdat", new byte[20]));

        assertThat(measure(clip)).isEqualTo(Measured.lasting(4));
    }

    @Test
    void recordingsMayHaveMoreFragmentsThanAnybodyCounts() throws IOException {
        byte[] clip = fragmented(10_800, true);
        assertThat(measure(clip).seconds()).isCloseTo(1_080, Offset.offset(0.1));
        assertThat(measure(fragmented(50, false)).seconds()).isCloseTo(5, Offset.offset(0.1));
        assertThat(measure(Arrays.copyOf(clip, clip.length - 30)).flaw()).contains("ends in the middle");
        assertThat(measure(Arrays.copyOf(clip, clip.length / 2 + 3)).flaw()).contains("ends in the middle");
    }

    /** One sample of a tenth of a second in each fragment. */
    private static byte[] fragmented(int fragments, boolean each) {
        byte[] scale = ByteBuffer.allocate(24).putInt(12, 1_000).array();
        byte[] track = Samples.box("trak", Samples.concat(
                Samples.box("tkhd", ByteBuffer.allocate(84).putInt(12, 1).array()),
                Samples.box("mdia", Samples.box("mdhd", scale))));
        byte[] extends_ = Samples.box("mvex", Samples.box("trex", ByteBuffer.allocate(24).putInt(4, 1).putInt(12, 100).array()));
        byte[] moov = Samples.box("moov", Samples.concat(Samples.box("mvhd", new byte[100]), track, extends_));
        byte[] run = each ? Samples.concat(Samples.hex("00000100"), Samples.bigEndian(1), Samples.bigEndian(100))
                : Samples.concat(Samples.hex("00000000"), Samples.bigEndian(1));
        byte[] fragment = Samples.concat(Samples.box("moof", Samples.box("traf", Samples.concat(
                Samples.box("tfhd", Samples.concat(Samples.hex("00020000"), Samples.bigEndian(1))),
                Samples.box("trun", run)))), Samples.box("mdat", new byte[40]));
        return Samples.concat(Samples.box("ftyp", Samples.ascii("iso5\0\0\0\0iso5")), moov,
                Samples.concat(Collections.nCopies(fragments, fragment).toArray(byte[][]::new)));
    }

    @Test
    void oldRecordingsBeginWithWhatTheyLike() throws IOException {
        byte[] modern = Samples.movie("qt  ", 3);
        byte[] old = Arrays.copyOfRange(modern, 20, modern.length);
        for (byte[] clip : new byte[][] {old, Samples.concat(Samples.box("wide", new byte[0]), old)}) {
            assertThat(new MimeSniffer().sniff(clip, "")).isEqualTo("video/quicktime");
            assertThat(measure(clip).seconds()).isEqualTo(3);
        }
    }

    @Test
    void tagsMayBePadded() throws IOException {
        for (byte[] before : new byte[][] {new byte[100_000], new byte[10], Samples.concat(Samples.ascii("ID3"),
                Samples.hex("03000000000a"), new byte[10], new byte[300_000])}) {
            byte[] sound = Samples.concat(before, Samples.mp3(3));
            BundleDrop drop = new BundleDrop(folder.resolve("drop" + before.length)).folder(java.util.Map.of("request.json",
                    Samples.utf8("{\"model\":\"m\",\"prompt\":\"p\"}"), "audio.mp3", sound));
            assertThat(drop.media()).containsExactly("/audio_url=audio.mp3");
            assertThat(measure(sound, "audio/mpeg").seconds()).isCloseTo(3, Offset.offset(0.06));
        }
    }

    @Test
    void whatHangsOnBehindARecordingOfABrowserIsPassedOver() throws IOException {
        byte[] live = Samples.webm(0);
        int segment = new String(live, StandardCharsets.ISO_8859_1).indexOf("\u0018S\u0080g");
        System.arraycopy(Samples.hex("1fffffff"), 0, live, segment + 4, 4);
        assertThat(measure(Samples.concat(live, Samples.ascii("trailer of some tool"))).seconds()).isEqualTo(1.5);
    }

    @Test
    void whatAPhoneHangsOnBehindItsPictureIsPassedOver() throws IOException {
        assertThat(measure(Samples.concat(Samples.heif("heic", "heic", 400, 300, 0), Samples.bigEndian(70_000),
                Samples.ascii("sefd trailer")))).isEqualTo(new Measured(400, 300, 0, false, false, false, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dng", "nef", "arw", "cr2", "cr3", "raf", "orf", "rw2", "pef", "mrw", "x3f", "crw", "linear", "named.srw"})
    void rawPicturesAreCalledSo(String kind) throws IOException {
        byte[] raw = raw(kind);
        String extension = kind.equals("linear") ? "dng" : kind.replaceFirst(".*\\.", "");
        for (String name : new String[] {"image." + extension, "IMG_0001." + extension.toUpperCase(java.util.Locale.ROOT),
                "reference_image_1." + extension}) {
            assertThat(new BundleDrop(folder.resolve(kind + name)).folder(java.util.Map.of("prompt.txt", Samples.utf8("p"), name, raw))
                    .problems()).singleElement().satisfies(problem -> {
                        assertThat(problem.code()).isEqualTo("wrong-medium");
                        assertThat(problem.sentence()).contains(name, "raw picture", "export a JPEG");
                    });
        }
    }

    @Test
    void aTiffIsNoRawPicture() throws IOException {
        assertThat(new MimeSniffer().sniff(Arrays.copyOf(picture("tiff"), MimeSniffer.HEAD), "tif")).isEqualTo("image/tiff");
        assertThat(new BundleDrop(folder).folder(java.util.Map.of("prompt.txt", Samples.utf8("p"), "image.tif", picture("tiff")))
                .media()).containsExactly("/image_url=image.tif");
    }

    private static byte[] raw(String kind) {
        byte[] rest = new byte[3_000];
        return Samples.concat(switch (kind) {
            case "dng" -> tiff(50_706, 1, 0x0401);
            case "linear" -> tiff(262, 3, 34_892);
            case "pef" -> tiff(259, 3, 65_535);
            case "nef" -> subDirectory(259, 34_713);
            case "arw" -> subDirectory(262, 32_803);
            case "named.srw" -> tiff(271, 2, 0);
            case "cr2" -> Samples.concat(Samples.hex("49492a0010000000"), Samples.ascii("CR\2\0"));
            case "cr3" -> Samples.box("ftyp", Samples.ascii("crx \0\0\0\1crx isom"));
            case "raf" -> Samples.ascii("FUJIFILMCCD-RAW 0201FF383501");
            case "orf" -> Samples.hex("4949524f08000000");
            case "rw2" -> Samples.hex("4949550018000000");
            case "mrw" -> Samples.ascii("\0MRM");
            case "x3f" -> Samples.ascii("FOVb");
            default -> Samples.concat(Samples.hex("49491a000000"), Samples.ascii("HEAPCCDR"));
        }, rest);
    }

    private static byte[] tiff(int tag, int type, int value) {
        return ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN).put(Samples.hex("49492a0008000000")).putShort((short) 1)
                .putShort((short) tag).putShort((short) type).putInt(1).putInt(value).putInt(0).array();
    }

    private static byte[] subDirectory(int tag, int value) {
        byte[] outer = ByteBuffer.allocate(26).put(Samples.hex("4d4d002a00000008")).putShort((short) 1)
                .putShort((short) 330).putShort((short) 4).putInt(1).putInt(26).putInt(0).array();
        byte[] inner = ByteBuffer.allocate(18).putShort((short) 1)
                .putShort((short) tag).putShort((short) 3).putInt(1).putShort((short) value).putShort((short) 0).putInt(0).array();
        return Samples.concat(outer, inner);
    }

    @Test
    void aPictureOnItsSideIsToldOf() throws IOException {
        assertThat(new BundleDrop(folder).folder(java.util.Map.of("prompt.txt", Samples.utf8("p"), "image.heic",
                Samples.heif("heic", "heic", 400, 320, 1))).read().warnings())
                .anySatisfy(warning -> assertThat(warning).contains("image.heic", "on its side", "upright"));
    }
}
