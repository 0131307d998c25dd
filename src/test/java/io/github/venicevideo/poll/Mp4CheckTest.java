package io.github.venicevideo.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.jcodec.api.awt.AWTSequenceEncoder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class Mp4CheckTest {

    @TempDir
    static Path folder;
    private static byte[] real;

    @BeforeAll
    static void encode() throws IOException {
        Path file = folder.resolve("real.mp4");
        AWTSequenceEncoder encoder = AWTSequenceEncoder.createSequenceEncoder(file.toFile(), 25);
        for (int i = 0; i < 50; i++) {
            BufferedImage image = new BufferedImage(160, 96, BufferedImage.TYPE_3BYTE_BGR);
            image.createGraphics().drawString("frame " + i, 10 + i, 50);
            encoder.encodeImage(image);
        }
        encoder.finish();
        real = Files.readAllBytes(file);
    }

    @Test
    void readsARealVideo() throws IOException {
        assertThat(check(real)).isEqualTo(new Mp4Facts(true, "", real.length, 2_000, 160, 96));
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        for (int length = 0; length < real.length; length += length < 200 || length > real.length - 1_000 ? 1 : 997) {
            assertThat(check(Arrays.copyOf(real, length)).whole()).as("%s of %s bytes", length, real.length).isFalse();
        }
    }

    @Test
    void refusesATruncationEvenWhereTheMediaGoToTheEnd() throws IOException {
        byte[] streamed = mediaLast(0);
        assertThat(check(streamed).whole()).isTrue();

        for (int length = 0; length < streamed.length; length += length > streamed.length - 200 ? 1 : 997) {
            assertThat(check(Arrays.copyOf(streamed, length)).whole()).as("%s of %s bytes", length, streamed.length).isFalse();
        }
    }

    @Test
    void neverThrowsWhateverIsInTheFile() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 1_500; round++) {
            byte[] damaged = real.clone();
            for (int i = random.nextInt(20); i >= 0; i--) {
                // mostly in the boxes at both ends, where it hurts
                int at = switch (random.nextInt(3)) {
                    case 0 -> random.nextInt(64);
                    case 1 -> real.length - 1 - random.nextInt(1_500);
                    default -> random.nextInt(real.length);
                };
                damaged[at] = (byte) random.nextInt(256);
            }
            Mp4Facts facts = check(random.nextBoolean() ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length)));
            assertThat(facts.problem().isEmpty()).isEqualTo(facts.whole());
            assertThat(facts.durationMs()).isNotNegative();
        }
        byte[] noise = new byte[10_000];
        random.nextBytes(noise);
        assertThat(check(noise).whole()).isFalse();
    }

    @Test
    void refusesWhatOnlyCallsItselfAnMp4() throws IOException {
        assertThat(check("{\"error\": \"not ready\"}".getBytes(StandardCharsets.UTF_8)).problem()).isEqualTo("It does not begin as an MP4 does.");
        assertThat(check("<html><body>Bad gateway</body></html>".getBytes(StandardCharsets.UTF_8)).whole()).isFalse();
        assertThat(check(new byte[1_000]).whole()).isFalse();
        assertThat(check(box("ftyp", new byte[8])).problem()).contains("moov");
        assertThat(Mp4Check.of(folder.resolve("none.mp4")).problem()).contains("no such file");
        assertThat(Mp4Check.of(folder).whole()).isFalse();
    }

    @Test
    void refusesJunkBehindTheLastBox() throws IOException {
        assertThat(check(join(real, new byte[3])).problem()).contains("box header");
        assertThat(check(join(real, new byte[100])).whole()).isFalse();
        assertThat(check(join(real, box("free", new byte[100]))).whole()).isTrue();
    }

    @Test
    void readsLongSizesAndTheSecondVersionOfTheHeaders() throws IOException {
        assertThat(check(mediaLast(1))).isEqualTo(new Mp4Facts(true, "", mediaLast(1).length, 2_000, 160, 96));

        ByteBuffer mvhd = ByteBuffer.allocate(112).putInt(1 << 24).putLong(0).putLong(0).putInt(90_000).putLong(450_000);
        ByteBuffer tkhd = ByteBuffer.allocate(96).putInt(1 << 24);
        tkhd.putInt(88, 1280 << 16).putInt(92, 720 << 16);
        byte[] hdlr = ("\0\0\0\0\0\0\0\0vide" + "\0".repeat(12)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] file = join(box("ftyp", new byte[8]), box("mdat", new byte[5]), box("moov", join(box("mvhd", mvhd.array()),
                box("trak", join(box("tkhd", tkhd.array()), box("mdia", box("hdlr", hdlr)))))));

        assertThat(check(file)).isEqualTo(new Mp4Facts(true, "", file.length, 5_000, 1280, 720));
    }

    @Test
    @Timeout(180)
    void isNotKeptBusyByAFileOfEmptyBoxes() throws IOException {
        byte[] empty = box("free", new byte[0]);
        ByteBuffer many = ByteBuffer.allocate(16 + 8 * 200_000).put(box("ftyp", new byte[8]));
        while (many.hasRemaining()) {
            many.put(empty);
        }
        assertThat(check(many.array()).problem()).contains("too many boxes");
    }

    /** The real video with its media behind the index, as a box whose size field is 0 (to the end) or 1 (64 bits). */
    private static byte[] mediaLast(int size) throws IOException {
        byte[] before = new byte[0];
        byte[] media = null;
        ByteBuffer boxes = ByteBuffer.wrap(real);
        while (boxes.hasRemaining()) {
            int start = boxes.position();
            long length = Integer.toUnsignedLong(boxes.getInt(start));
            int header = length == 1 ? 16 : 8;
            length = length == 1 ? boxes.getLong(start + 8) : length;
            String type = new String(real, start + 4, 4, StandardCharsets.ISO_8859_1);
            byte[] content = Arrays.copyOfRange(real, start + header, start + (int) length);
            if (type.equals("mdat")) {
                media = content;
            } else {
                before = join(before, box(type, content));
            }
            boxes.position(start + (int) length);
        }
        ByteBuffer head = ByteBuffer.allocate(size == 1 ? 16 : 8).putInt(size).put("mdat".getBytes(StandardCharsets.US_ASCII));
        if (size == 1) {
            head.putLong(16L + media.length);
        }
        return join(before, head.array(), media);
    }

    private static byte[] box(String type, byte[] content) {
        return ByteBuffer.allocate(8 + content.length).putInt(8 + content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1)).put(content).array();
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    private static Mp4Facts check(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("checked.mp4"), content);
        return Mp4Check.of(file);
    }
}
