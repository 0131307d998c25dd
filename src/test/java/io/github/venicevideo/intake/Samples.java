package io.github.venicevideo.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Smallest bytes that are recognised as what they stand for. */
final class Samples {

    static final byte[] PNG = hex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489");
    static final byte[] JPEG = concat(hex("ffd8ffe000104a46494600010100000100010000"), new byte[64]);
    static final byte[] GIF = ascii("GIF89a\1\0\1\0\0\0\0;");
    static final byte[] BMP = concat(ascii("BM"), hex("460000000000000036000000280000000200000002000000010018"),
            new byte[32]);
    static final byte[] WEBP = concat(ascii("RIFF"), hex("24000000"), ascii("WEBPVP8 "), new byte[24]);
    static final byte[] HEIC = ftyp("heic");
    static final byte[] HEIF_OF_A_PHONE = concat(hex("00000018"), ascii("ftypmif1"), hex("00000000"), ascii("mif1heic"),
            new byte[64]);
    static final byte[] AVIF = ftyp("avif");
    static final byte[] M4A = ftyp("M4A ");
    static final byte[] MP4 = ftyp("isom");
    static final byte[] MP42 = ftyp("mp42");
    static final byte[] MOV = ftyp("qt  ");
    static final byte[] WEBM = concat(hex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d"), new byte[40]);
    static final byte[] WAV = concat(ascii("RIFF"), hex("24000000"), ascii("WAVEfmt "), new byte[24]);
    static final byte[] MP3 = concat(ascii("ID3"), hex("03000000000000"), hex("fffb9064"), new byte[64]);
    static final byte[] MP3_BARE = concat(hex("fffb9064"), new byte[413], hex("fffb9064"), new byte[413]);
    static final byte[] PDF = ascii("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n");
    static final byte[] HTML = ascii("<!DOCTYPE html>\n<html><head><title>404</title></head><body></body></html>");
    static final byte[] SVG = ascii("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>");

    private Samples() {
    }

    static byte[] named(String format) {
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
    static byte[] png(int number) {
        return concat(PNG, ascii("picture " + number));
    }

    static String dataUrl(String mimeType, byte[] bytes) {
        return "data:" + mimeType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] zip(Map<String, byte[]> entries) {
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
    static Map<String, byte[]> files(String... namesAndFormats) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndFormats.length; i += 2) {
            String format = namesAndFormats[i + 1];
            files.put(namesAndFormats[i], format.startsWith("=") ? utf8(format.substring(1)) : named(format));
        }
        return files;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] ftyp(String brand) {
        return concat(hex("00000018"), ascii("ftyp" + brand), hex("00000000"), ascii(brand + brand), new byte[64]);
    }
}
