package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.draft.LongData;
import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.intake.rules.DropDefaults;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles that try to read, write or use up what is not theirs. */
class HostileBundlesTest {

    private static final ReadLimits SMALL = new ReadLimits(5, 20_000_000, 1_000_000, 100_000, 1_000, 100, 30_000_000);

    @TempDir
    Path root;

    private Path work;
    private Path secret;

    @BeforeEach
    void aSecretBesideTheJob() throws IOException {
        work = Files.createDirectory(root.resolve("job"));
        secret = Files.write(root.resolve("secret.png"), Samples.PNG);
    }

    private BundleDrop drop() {
        return new BundleDrop(work);
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        BundleDrop drop = drop().folder("prompt.txt", "=p");
        Files.createSymbolicLink(drop.path().resolve("image.png"), secret);
        Files.createSymbolicLink(drop.path().resolve("folder"), root);

        assertThat(drop.found()).containsExactlyInAnyOrder("link image.png", "link folder");
    }

    @Test
    void aDroppedLinkIsNotFollowed() throws IOException {
        drop().file("gondola.txt", "p");
        Path link = Files.createSymbolicLink(work.resolve("dropped/link.txt"), secret);

        assertThatThrownBy(
                () -> new BundleReader().read(work, link, DropDefaults.NONE))
                .isInstanceOf(InvalidBundleException.class).hasMessageContaining("link");
    }

    @Test
    void aDiskThatTakesNothingMoreIsNoFaultOfTheZip() throws IOException {
        Path zip = drop().zip("prompt.txt", "=p").path();
        Path full = Files.createFile(root.resolve("full"));

        assertThatThrownBy(() -> new BundleReader().readInPlace(zip, full, DropDefaults.NONE))
                .isInstanceOf(NotWrittenException.class);
    }

    @Test
    void whatLiesOutsideIsNotRead() {
        assertThatThrownBy(
                () -> new BundleReader().read(work, secret, DropDefaults.NONE))
                .isInstanceOf(InvalidBundleException.class);
    }

    @Test
    @Timeout(180)
    void pipesAreNotOpened() throws Exception {
        BundleDrop drop = drop().folder("prompt.txt", "=p");
        Path pipe = drop.path().resolve("image.png");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThat(drop.found()).containsExactly("special-file image.png");
    }

    @Test
    void aLinkInThePlaceOfOurOwnFolderIsRemovedNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept.txt"), "kept");
        BundleDrop drop = drop().zip("prompt.txt", "=p", "image.png", "png");
        Files.createSymbolicLink(work.resolve("unpacked"), elsewhere);

        drop.read();
        assertThat(elsewhere).isDirectoryContaining("glob:**kept.txt");
        assertThat(elsewhere.toFile().list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.png", "a/../../secret.png", "/etc/secret.png", "..\\secret.png",
            "C:\\secret.png", "a/./b.png", "a//b.png", "na\u202Eme.png", "li\nne.png"})
    void zipsStayInside(String name) throws IOException {
        assertThat(drop().zip("prompt.txt", "=p", name, "png").problems()).singleElement()
                .extracting(Problem::code).isEqualTo("unsafe-name");
        try (var files = Files.list(root)) {
            assertThat(files).containsExactlyInAnyOrder(work, secret);
        }
    }

    @Test
    void namesThatNoFileSystemTakesAreOnlyNames() {
        String longName = "a".repeat(2_000) + ".png";
        Map<String, byte[]> files = Samples.files("request.json", "={\"prompt\":\"p\",\"image_url\":\"" + longName
                + "\",\"end_image_url\":\"CON.png\"}", longName, "png", "CON.png", "png");

        assertThat(drop().file("gondola.zip", Samples.zip(files)).read().request().media()).hasSize(2);
    }

    @Test
    void linksInZipsAreRefused() {
        byte[] zip = Samples.zip(Samples.files("prompt.txt", "=../../secret.png"));
        // The upper half of the external attributes, 38 bytes into the directory's entry, is the Unix mode.
        int entry = indexOf(zip, Samples.hex("504b0102"));
        zip[entry + 40] = (byte) 0xFF;
        zip[entry + 41] = (byte) 0xA1;

        assertThat(drop().file("gondola.zip", zip).found()).containsExactly("link prompt.txt");
    }

    @Test
    void bombsAreBounded() {
        assertThat(drop().file("gondola.zip", Samples.zip(Map.of("image.png", new byte[21_000_000]))).with(SMALL)
                .problems().get(0).sentence()).contains("20 MB unpacked");
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            many.put("reference_image_" + i + ".png", Samples.PNG);
        }
        assertThat(drop().file("gondola.zip", Samples.zip(many)).with(SMALL).found())
                .containsExactly("zip-too-large gondola.zip");
        assertThat(drop().folder(many).with(SMALL).found()).containsExactly("too-many-files gondola");
    }

    @Test
    void zipsThatAreCutShortAreRefused() {
        byte[] zip = Samples.zip(Samples.files("prompt.txt", "=p", "image.png", "png"));
        for (int length : new int[] {0, 3, 30, zip.length / 2, zip.length - 1}) {
            assertThat(drop().file("gondola.zip", Arrays.copyOf(zip, length)).found())
                    .as("cut to %d of %d", length, zip.length).containsExactly("zip-damaged gondola.zip");
        }
    }

    @Test
    void damagedZipsAreRefused() {
        byte[] zip = Samples.zip(Samples.files("prompt.txt", "=p"));
        // The checksum of the only entry, 16 bytes into the directory's entry.
        zip[indexOf(zip, Samples.hex("504b0102")) + 16] ^= 1;

        assertThat(drop().file("gondola.zip", zip).found()).containsExactly("zip-damaged gondola.zip");
    }

    @Test
    void zipsWithAPasswordAreRefused() {
        byte[] zip = Samples.zip(Samples.files("prompt.txt", "=p"));
        zip[indexOf(zip, Samples.hex("504b0102")) + 8] |= 1;
        zip[6] |= 1;

        assertThat(drop().file("gondola.zip", zip).problems()).singleElement()
                .extracting(Problem::sentence).asString().contains("password");
    }

    @Test
    void namesThatLieAreShownHarmless() {
        assertThat(new Problem("unknown-file", "a\u202Eb\nc", "", "x".repeat(500), "", "").sentence())
                .startsWith("a\uFFFDb\uFFFDc: \"x").hasSizeLessThan(200).doesNotContain("\n", "\u202E");
    }

    @Test
    void floodsAreBounded() {
        StringBuilder json = new StringBuilder("{\"prompt\":\"p\"");
        for (int i = 0; i < 100_000; i++) {
            json.append(",\"key").append(i).append("\":1");
        }
        assertThat(drop().file("gondola.json", json.append('}').toString()).found())
                .containsExactly("too-complex gondola.json");
        String list = "\"no.png\",".repeat(5_000);
        assertThat(drop().folder("request.json",
                "={\"prompt\":\"p\",\"reference_image_urls\":[" + list + "\"no.png\"]}").problems())
                .hasSizeLessThanOrEqualTo(100)
                .anySatisfy(problem -> assertThat(problem.code()).isEqualTo("out-of-bounds"));
    }

    /** Nothing of it is on the disk, and it would be hashed for minutes. */
    @Test
    @Timeout(180)
    void theSizeOfAFileIsAskedBeforeItIsRead() throws IOException {
        BundleDrop drop = drop().folder("prompt.txt", "=p");
        sparse(drop.path().resolve("image.png"), 50_000_000_000L);

        assertThat(drop.problems()).singleElement().extracting(Problem::sentence).asString()
                .startsWith("image.png: \"50000 MB\" is too large").contains("at most 500 MB");
    }

    @Test
    @Timeout(180)
    void theSizeOfAllFilesIsAskedBeforeOneIsRead() throws IOException {
        BundleDrop drop = drop().folder("prompt.txt", "=p");
        for (int i = 1; i <= 9; i++) {
            sparse(drop.path().resolve("reference_image_" + i + ".png"), 400_000_000L);
        }

        assertThat(drop.found()).containsExactly("too-many-files gondola");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gondola.zip", "gondola.json", "gondola.txt"})
    @Timeout(180)
    void aSingleFileIsReadNoFurtherThanItCanBeUsed(String name) throws IOException {
        BundleDrop drop = drop().file(name, "{}");
        sparse(drop.path(), 50_000_000_000L);

        assertThat(drop.problems()).singleElement().extracting(Problem::code).asString().isIn("file-too-large", "zip-too-large", "syntax");
    }

    private static void sparse(Path file, long bytes) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
    }

    /** A directory of a few million entries takes gigabytes as soon as the zip is opened. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theDirectoryOfAZipIsMeasuredBeforeItIsRead(boolean zip64) {
        int entries = 400_000;
        ByteBuffer zip = ByteBuffer.allocate(entries * 47 + 98).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < entries; i++) {
            zip.putInt(0x02014b50).position(zip.position() + 24);
            zip.putShort((short) 1).position(zip.position() + 16);
            zip.put((byte) 'a');
        }
        int size = zip.position();
        if (zip64) {
            zip.putInt(0x06064b50).putLong(44).putInt(0).putInt(0).putInt(0).putLong(entries).putLong(entries).putLong(size).putLong(0);
            zip.putInt(0x07064b50).putInt(0).putLong(size).putInt(1);
        }
        zip.putInt(0x06054b50).putInt(0).putShort((short) -1).putShort((short) -1).putInt(zip64 ? -1 : size).putInt(zip64 ? -1 : 0)
                .putShort((short) 0);

        assertThat(drop().file("gondola.zip", Arrays.copyOf(zip.array(), zip.position())).problems()).singleElement()
                .extracting(Problem::sentence).asString().contains("at most 1000 files");
    }

    @Test
    void linksAreSeenInALongZipToo() {
        byte[] zip = Samples.zip(Samples.files("prompt.txt", "=../../secret.png"));
        int entry = indexOf(zip, Samples.hex("504b0102"));
        zip[entry + 40] = (byte) 0xFF;
        zip[entry + 41] = (byte) 0xA1;
        int end = zip.length - 22;
        ByteBuffer long64 = ByteBuffer.allocate(zip.length + 76).order(ByteOrder.LITTLE_ENDIAN).put(zip, 0, end);
        long64.putInt(0x06064b50).putLong(44).putInt(0).putInt(0).putInt(0).putLong(1).putLong(1).putLong(end - entry).putLong(entry);
        long64.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        long64.putInt(0x06054b50).putInt(0).putShort((short) -1).putShort((short) -1).putInt(-1).putInt(-1).putShort((short) 0);

        assertThat(drop().file("gondola.zip", long64.array()).found()).containsExactly("link prompt.txt");
    }

    /** A list of nothing: three bytes each in the file, a hundred in memory. */
    @ParameterizedTest
    @ValueSource(strings = {"gondola.json", "gondola.yaml"})
    @Timeout(180)
    void valuesAreCountedAsTheyCome(String name) {
        byte[] text = ("{\"prompt\":\"p\",\"elements\":[" + "{},".repeat(1_000_000) + "{}]}").getBytes(StandardCharsets.US_ASCII);

        assertThat(drop().file(name, text).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("too-complex");
            assertThat(problem.sentence()).contains("at most 10000 values");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gondola.json", "gondola.yaml"})
    void whatIsTooLongForAManifestIsNeverHeld(String name) throws IOException {
        Path list = work.resolve(name);
        try (OutputStream out = Files.newOutputStream(list)) {
            byte[] some = "[],".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            out.write("{\"prompt\":\"p\",\"elements\":[".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                out.write(some);
            }
            out.write("[]]}".getBytes(StandardCharsets.US_ASCII));
        }
        long before = allocated();

        assertThatThrownBy(() -> new BundleReader().readInPlace(list, work, DropDefaults.NONE))
                .hasMessageContaining("is too large. Allowed: at most 64 MB, and 4 MB of it beside the base64 of data URLs");
        assertThat(allocated() - before).isLessThan(30_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gondola.json", "gondola.yaml"})
    void theBase64OfAPictureIsNeverHeld(String name) throws IOException {
        byte[] picture = Samples.concat(Samples.PNG, new byte[30_000_000]);
        String url = Samples.dataUrl("image/png", picture);
        Path manifest = Files.writeString(work.resolve(name), "{\"prompt\": \"p\", \"image_url\": \""
                + (name.endsWith("json") ? url.replace("/", "\\/") : url) + "\"}");
        BundleFile file = new BundleFile(name, manifest);
        LongData data = new LongData();
        long before = allocated();

        String text = new ManifestText(file, ReadLimits.DEFAULT, new Unpacked(work, work), data).read(new Findings()).orElseThrow();

        assertThat(allocated() - before).isLessThan(3_000_000);
        assertThat(text).hasSizeLessThan(200);
        try (InputStream in = data.open(text.substring(text.indexOf("data:"), text.lastIndexOf('"')).replace("\\/", "/"))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(url);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"anything\":\"%s\"", "\"prompt\":\"%s\"", "\"anything\":[{\"a\":\"see %s\"}]", "\"bundle\":{\"name\":\"%s\"}"})
    void aPictureWhereNoneCanStandIsRefused(String fields) {
        String url = Samples.dataUrl("image/png", Samples.concat(Samples.PNG, new byte[20_000]));

        assertThat(drop().file("gondola.json", "{" + fields.formatted(url) + "}").problems()).extracting(Problem::sentence)
                .anySatisfy(sentence -> assertThat(sentence).contains("No medium can stand here"))
                .allSatisfy(sentence -> assertThat(sentence).doesNotContain("data-"));
    }

    @Test
    void aliasesDoNotMakeMoreOfIt() throws IOException {
        String url = Samples.dataUrl("image/png", Samples.concat(Samples.PNG, new byte[600_000]));

        assertThat(drop().with(SMALL).file("gondola.yaml", "prompt: p\nimage_url: &a \"" + url + "\"\nend_image_url: *a\n").found())
                .containsExactly("body-too-large gondola.yaml end_image_url");
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gondola.json", "gondola.yaml"})
    void asManyValuesAsARequestCanNeedAreTaken(String name) {
        String request = "{\"prompt\":\"p\",\"later_field\":[" + "1,".repeat(9_000) + "1]}";

        assertThat(drop().file(name, request).read().request().fields().path("later_field")).hasSize(9_001);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not there");
    }
}
