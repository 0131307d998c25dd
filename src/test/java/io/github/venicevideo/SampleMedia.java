package io.github.venicevideo;

import io.github.venicevideo.sandbox.Sandbox;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.jcodec.api.awt.AWTSequenceEncoder;

/** Media that the sandbox takes, different for each text. */
public final class SampleMedia {

    private SampleMedia() {
    }

    public static byte[] png(String text) {
        return image("png", text, 400, 320);
    }

    public static byte[] png(String text, int width, int height) {
        return image("png", text, width, height);
    }

    public static byte[] jpeg(String text) {
        return image("jpg", text, 400, 320);
    }

    /** A JPEG with an Exif segment: orientation, and a position in Venice. */
    public static byte[] photo(int width, int height, int orientation, boolean position) {
        String exif = "4578696600004d4d002a00000008" + (position ? "0002" : "0001")
                + "0112000300000001" + String.format("%04x", orientation) + "0000"
                + (position ? "8825000400000001" + "00000026" : "") + "00000000"
                + (position ? "0004" + "0001000200000002" + "4e000000" + "0002000500000003" + "0000005c"
                        + "0003000200000002" + "45000000" + "0004000500000003" + "00000074" + "00000000"
                        + "0000002d00000001" + "0000001a00000001" + "0000000000000001"
                        + "0000000c00000001" + "0000001400000001" + "0000000000000001" : "");
        byte[] segment = HexFormat.of().parseHex(exif);
        byte[] jpeg = image("jpg", "photo", width, height);
        byte[] head = {jpeg[0], jpeg[1], (byte) 0xff, (byte) 0xe1, 0, (byte) (segment.length + 2)};
        return concat(concat(head, segment), java.util.Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** A picture that shows a face, as far as the sandbox can tell. */
    public static byte[] face(String person) {
        return concat(png(person), ascii(Sandbox.FACE_MARKER));
    }

    /** A picture that no consent makes acceptable, as far as the sandbox can tell. */
    public static byte[] forbidden(String text) {
        return concat(png(text), ascii(Sandbox.MINOR_MARKER));
    }

    /** As much of a phone's picture as tells what it is and how large it is shown; the rest is data. */
    public static byte[] heic(int bytes) {
        ByteBuffer heic = ByteBuffer.allocate(bytes);
        heic.putInt(24).put(ascii("ftypheic")).putInt(0).put(ascii("mif1heic"));
        heic.putInt(48).put(ascii("meta")).putInt(0).putInt(36).put(ascii("iprp")).putInt(28).put(ascii("ipco"));
        heic.putInt(20).put(ascii("ispe")).putInt(0).putInt(400).putInt(320);
        heic.putInt(heic.remaining()).put(ascii("mdat"));
        for (int i = 0; heic.hasRemaining(); i++) {
            heic.put((byte) (i * 31));
        }
        return heic.array();
    }

    /** As much of an MP4 as tells how long it lasts. */
    public static byte[] mp4(int seconds) {
        ByteBuffer mp4 = ByteBuffer.allocate(16 + 8 + 108);
        mp4.putInt(16).put(ascii("ftypisom")).putInt(0);
        mp4.putInt(8 + 108).put(ascii("moov"));
        mp4.putInt(108).put(ascii("mvhd")).putInt(0).putInt(0).putInt(0).putInt(1000).putInt(seconds * 1000);
        return mp4.array();
    }

    /** A real clip, three seconds long and 96 pixels high, in which something moves. */
    public static byte[] clip(String text) {
        return clip(text, 4, 12);
    }

    /** The same, of so many pictures. */
    public static byte[] clip(String text, int framesPerSecond, int frames) {
        try {
            Path file = Files.createTempFile("clip", ".mp4");
            try {
                AWTSequenceEncoder encoder = AWTSequenceEncoder.createSequenceEncoder(file.toFile(), framesPerSecond);
                for (int i = 0; i < frames; i++) {
                    BufferedImage image = new BufferedImage(160, 96, BufferedImage.TYPE_3BYTE_BGR);
                    image.createGraphics().drawString(text, 10 + i, 50);
                    encoder.encodeImage(image);
                }
                encoder.finish();
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Silence, 8 kHz, 8 bit, mono. */
    public static byte[] wav(int seconds) {
        int samples = seconds * 8000;
        ByteBuffer wav = ByteBuffer.allocate(44 + samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + samples);
        wav.put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1).putShort((short) 1)
                .putInt(8000).putInt(8000).putShort((short) 1).putShort((short) 8);
        wav.put(ascii("data")).putInt(samples);
        return wav.array();
    }

    public static byte[] zip(Map<String, ?> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, ?> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue() instanceof byte[] bytes ? bytes : utf8(file.getValue().toString()));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static String dataUrl(String mimeType, byte[] bytes) {
        return "data:" + mimeType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    /** How the sandbox writes down a data URL that it saw. */
    public static String seen(String mimeType, byte[] bytes) {
        return "sandbox-media:" + mimeType + ":" + sha256(bytes) + ":" + bytes.length;
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] image(String format, String text, int width, int height) {
        try {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(new Color(text.hashCode() | 0x404040));
            graphics.fillRect(40, 40, 320, 240);
            graphics.dispose();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
