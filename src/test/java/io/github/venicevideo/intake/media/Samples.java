package io.github.venicevideo.intake.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Smallest bytes that are recognised as what they stand for. */
public final class Samples {

    public static final byte[] PNG = picture("png", 1, 1);
    public static final byte[] JPEG = picture("jpg", 1, 1);
    static final byte[] GIF = picture("gif", 1, 1);
    static final byte[] BMP = picture("bmp", 1, 1);
    static final byte[] WEBP = webp(1, 1);
    public static final byte[] HEIC = heif("heic", "heic", 1, 1, 0);
    static final byte[] HEIF_OF_A_PHONE = heif("mif1", "heic", 1, 1, 0);
    static final byte[] AVIF = heif("avif", "avif", 1, 1, 0);
    public static final byte[] M4A = movie("M4A ", 3);
    public static final byte[] MP4 = movie("isom", 3);
    static final byte[] MP42 = movie("mp42", 3);
    static final byte[] MOV = movie("qt  ", 3);
    public static final byte[] WEBM = webm(3);
    static final byte[] WAV = wav(3);
    public static final byte[] MP3 = concat(ascii("ID3"), hex("03000000000000"), mp3(3));
    static final byte[] MP3_BARE = mp3(3);
    public static final byte[] PDF = ascii("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n");
    public static final byte[] HTML = ascii("<!DOCTYPE html>\n<html><head><title>404</title></head><body></body></html>");
    static final byte[] SVG = ascii("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>");

    private Samples() {
    }

    public static byte[] named(String format) {
        return switch (format) {
            case "png" -> PNG;
            case "jpg" -> JPEG;
            case "gif" -> GIF;
            case "bmp" -> BMP;
            case "webp" -> WEBP;
            case "heic" -> HEIC;
            case "mp4" -> MP4;
            case "heif" -> HEIF_OF_A_PHONE;
            case "avif" -> AVIF;
            case "m4a" -> M4A;
            case "mp42" -> MP42;
            case "mov" -> MOV;
            case "webm" -> WEBM;
            case "wav" -> WAV;
            case "mp3" -> MP3;
            case "mp3-bare" -> MP3_BARE;
            case "pdf" -> PDF;
            case "html" -> HTML;
            case "svg" -> SVG;
            case "txt" -> ascii("just words");
            case "junk" -> hex("0001020304050607fe00ff");
            default -> throw new IllegalArgumentException(format);
        };
    }

    /** Different bytes for each number, all of them PNG. */
    public static byte[] png(int number) {
        return concat(PNG, ascii("picture " + number));
    }

    public static String dataUrl(String mimeType, byte[] bytes) {
        return "data:" + mimeType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    public static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Names and formats in turn: {@code "image.jpg", "jpg", …}; a text is a format of {@code "=the text"}. */
    public static Map<String, byte[]> files(String... namesAndFormats) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndFormats.length; i += 2) {
            String format = namesAndFormats[i + 1];
            files.put(namesAndFormats[i], format.startsWith("=") ? utf8(format.substring(1)) : named(format));
        }
        return files;
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** A real picture. */
    public static byte[] picture(String format, int width, int height) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out)) {
                throw new IllegalArgumentException(format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The header of a lossy WebP. */
    static byte[] webp(int width, int height) {
        byte[] frame = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).put(hex("1002009d012a"))
                .putShort((short) width).putShort((short) height).array();
        return concat(ascii("RIFF"), littleEndian(12 + frame.length), ascii("WEBPVP8 "), littleEndian(frame.length), frame);
    }

    /** As much of a HEIF file as tells its size. */
    public static byte[] heif(String major, String compatible, int width, int height, int quarters) {
        byte[] size = box("ispe", concat(new byte[4], bigEndian(width), bigEndian(height)));
        byte[] turn = box("irot", new byte[] {(byte) quarters});
        byte[] meta = box("meta", concat(new byte[4], box("hdlr", concat(new byte[8], ascii("pict"), new byte[13])),
                box("pitm", concat(new byte[4], hex("0001"))), box("iprp", box("ipco", concat(size, turn)))));
        return concat(box("ftyp", concat(ascii(major), new byte[4], ascii("mif1"), ascii(compatible))), meta,
                box("mdat", new byte[16]));
    }

    /** As much of a clip as tells how long it lasts. */
    public static byte[] movie(String brand, double seconds) {
        byte[] header = ByteBuffer.allocate(100).putInt(0).putInt(0).putInt(0).putInt(1_000)
                .putInt((int) Math.round(seconds * 1_000)).array();
        return concat(box("ftyp", concat(ascii(brand), new byte[4], ascii(brand))), box("moov", box("mvhd", header)),
                box("mdat", new byte[16]));
    }

    /** Silence, 8 kHz, 8 bit, mono. */
    public static byte[] wav(double seconds) {
        int samples = (int) Math.round(seconds * 8_000);
        return concat(ascii("RIFF"), littleEndian(36 + samples), ascii("WAVEfmt "), littleEndian(16), hex("01000100"),
                littleEndian(8_000), littleEndian(8_000), hex("01000800"), ascii("data"), littleEndian(samples),
                new byte[samples]);
    }

    /** As much of a WebM as tells how long it lasts; 0: one that does not say. */
    public static byte[] webm(double seconds) {
        byte[] scale = concat(hex("2ad7b1830f4240"));
        byte[] duration = seconds == 0 ? new byte[0]
                : concat(hex("448988"), ByteBuffer.allocate(8).putDouble(seconds * 1_000).array());
        byte[] info = element("1549a966", concat(scale, duration));
        byte[] cluster = element("1f43b675", concat(hex("e78203e8"), element("a3", concat(hex("8101f480"), new byte[20]))));
        return concat(hex("1a45dfa38f4286810142f781014282847765626d"), element("18538067", concat(info, cluster)));
    }

    /** With a size of four bytes. */
    static byte[] element(String id, byte[] content) {
        return concat(hex(id), bigEndian(0x1000_0000 | content.length), content);
    }

    /** Empty frames of 1,152 samples at 44.1 kHz, without a header before them. */
    public static byte[] mp3(double seconds) {
        byte[][] frames = new byte[(int) Math.ceil(seconds * 44_100 / 1_152)][];
        Arrays.fill(frames, concat(hex("fffb9064"), new byte[413]));
        return concat(frames);
    }

    public static byte[] box(String type, byte[] content) {
        return concat(bigEndian(8 + content.length), ascii(type), content);
    }

    public static byte[] bigEndian(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] littleEndian(int value) {
        return bigEndian(Integer.reverseBytes(value));
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
