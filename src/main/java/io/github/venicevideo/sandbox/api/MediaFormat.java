package io.github.venicevideo.sandbox.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Tells what bytes are by how they begin. */
public enum MediaFormat {
    JPEG, PNG, WEBP, BMP, TIFF, GIF, HEIF, AVIF, MP4, MOV, WEBM, WAV, MP3, UNKNOWN;

    private static final int HEAD = 32;
    private static final Set<String> HEIF_BRANDS = Set.of("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1");

    boolean isImage() {
        return ordinal() <= AVIF.ordinal();
    }

    boolean isVideo() {
        return this == MP4 || this == MOV || this == WEBM;
    }

    boolean isAudio() {
        return this == WAV || this == MP3;
    }

    public static MediaFormat of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD));
        }
    }

    static MediaFormat of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        } else if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        } else if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return GIF;
        } else if (text.startsWith("BM")) {
            return BMP;
        } else if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            return TIFF;
        } else if (text.startsWith("\u001aE\u00df\u00a3")) {
            return WEBM;
        } else if (text.startsWith("ID3") || isMpegAudioFrame(head)) {
            return MP3;
        } else if (text.length() >= 12 && text.startsWith("RIFF")) {
            return switch (text.substring(8, 12)) {
                case "WEBP" -> WEBP;
                case "WAVE" -> WAV;
                default -> UNKNOWN;
            };
        } else if (text.length() >= 12 && text.startsWith("ftyp", 4)) {
            return ofBrand(text.substring(8, 12));
        }
        return text.startsWith("moov", 4) || text.startsWith("mdat", 4) ? MOV : UNKNOWN;
    }

    private static MediaFormat ofBrand(String brand) {
        if (brand.equals("avif") || brand.equals("avis")) {
            return AVIF;
        }
        return HEIF_BRANDS.contains(brand) ? HEIF : brand.equals("qt  ") ? MOV : MP4;
    }

    /** Eleven set bits, then a layer that is not the reserved one. */
    private static boolean isMpegAudioFrame(byte[] head) {
        return head.length > 2 && (head[0] & 0xff) == 0xff && (head[1] & 0xe0) == 0xe0 && (head[1] & 0x06) != 0;
    }
}
