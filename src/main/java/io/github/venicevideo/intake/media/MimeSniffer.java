package io.github.venicevideo.intake.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;

/** Tells what bytes are. Names and extensions have no say, except between the kinds of office documents and of raw pictures. */
public final class MimeSniffer {

    /** How much of a medium is looked at, in bytes. */
    public static final int HEAD = 65_536;

    /** The names that the API and browsers know these formats by. */
    private static final Map<String, String> USUAL_NAMES = Map.ofEntries(
            Map.entry("audio/vnd.wave", "audio/wav"),
            Map.entry("audio/x-wav", "audio/wav"),
            Map.entry("audio/wave", "audio/wav"),
            Map.entry("audio/mp3", "audio/mpeg"),
            Map.entry("image/jpg", "image/jpeg"),
            Map.entry("audio/x-flac", "audio/flac"),
            Map.entry("audio/x-aac", "audio/aac"),
            Map.entry("application/mp4", "video/mp4"),
            Map.entry("video/x-m4v", "video/mp4"),
            Map.entry("application/x-matroska", "video/x-matroska"),
            Map.entry("image/x-ms-bmp", "image/bmp"),
            Map.entry("image/heic-sequence", "image/heic"),
            Map.entry("image/heif-sequence", "image/heif"));

    private static final Map<String, String> OFFICE = Map.of(
            "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "odt", "application/vnd.oasis.opendocument.text",
            "doc", "application/msword");

    /**
     * @param head the first {@value #HEAD} bytes, or fewer
     * @param extension of the file's name, lower case; empty when there is none
     */
    public String sniff(byte[] head, String extension) {
        if (RawPicture.isOne(head, extension)) {
            return RawPicture.MIME_TYPE;
        }
        String usual = IsoBrand.mimeType(head).orElseGet(() -> usualName(detect(head)));
        if (usual.equals("video/x-matroska") && isWebm(head)) {
            return "video/webm";
        }
        if (usual.equals(MimeTypes.OCTET_STREAM)) {
            return sniffSound(head);
        }
        boolean container = usual.equals("application/zip") || usual.startsWith("application/x-tika-");
        return container ? OFFICE.getOrDefault(extension, usual) : usual;
    }

    /** The same for bytes that are no known format, or zeros up to here: an MP3 may begin with any of its frames. */
    public String sniffSound(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && bytes[at] == 0) {
            at++;
        }
        byte[] sound = at == 0 ? bytes : Arrays.copyOfRange(bytes, at, bytes.length);
        return isMpegAudioFrame(sound) || isApeTag(sound) || isId3Tag(sound) ? "audio/mpeg" : MimeTypes.OCTET_STREAM;
    }

    /** The one name for types that go by several. */
    public String usualName(String mimeType) {
        return USUAL_NAMES.getOrDefault(mimeType, mimeType);
    }

    private static String detect(byte[] head) {
        // Tika reads its list of types when it is first asked for it, and keeps it: no start waits for that.
        Detector detector = MimeTypes.getDefaultMimeTypes();
        try (TikaInputStream in = TikaInputStream.get(head)) {
            return detector.detect(in, new Metadata(), new ParseContext()).getBaseType().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** WebM is Matroska that says so in its first element. */
    private static boolean isWebm(byte[] head) {
        int length = Math.min(head.length, 64);
        return new String(head, 0, length, StandardCharsets.ISO_8859_1).contains("webm");
    }

    /** The other kind of tag before an MP3; whether one follows is seen when it is measured. */
    private static boolean isApeTag(byte[] head) {
        return head.length > 32 && new String(head, 0, 8, StandardCharsets.ISO_8859_1).equals("APETAGEX");
    }

    private static boolean isId3Tag(byte[] head) {
        return head.length > 10 && new String(head, 0, 3, StandardCharsets.ISO_8859_1).equals("ID3");
    }

    /** MP3 without a header of its own: eleven set bits, then no reserved version, layer, rate or frequency. */
    private static boolean isMpegAudioFrame(byte[] head) {
        return head.length > 4 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xE0) == 0xE0
                && (head[1] & 0x18) != 0x08 && (head[1] & 0x06) == 0x02
                && (head[2] & 0xF0) != 0xF0 && (head[2] & 0x0C) != 0x0C;
    }
}
