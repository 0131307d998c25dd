package io.github.venicevideo.intake.media;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Tells apart what shares the box format of MP4 (ISO/IEC 14496-12) by its brands: the general detector takes
 * every brand it does not know, {@code isom} among them, for QuickTime.
 */
final class IsoBrand {

    private static final Set<String> HEIC = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx");
    private static final Set<String> AVIF = Set.of("avif", "avis");
    private static final Set<String> HEIF = Set.of("mif1", "mif2", "msf1");
    private static final Set<String> AUDIO = Set.of("M4A ", "M4B ", "M4P ");

    /** What recordings of QuickTime begin with that are older than the file type box. */
    private static final Set<String> OLD = Set.of("moov", "mdat", "wide", "pnot");

    private IsoBrand() {
    }

    /** The MIME type; empty when the bytes begin with no box that is known to be the first of a file. */
    static Optional<String> mimeType(byte[] head) {
        if (head.length >= 16 && OLD.contains(text(head, 4))) {
            return Optional.of("video/quicktime");
        }
        if (head.length < 12 || !text(head, 4).equals("ftyp")) {
            return Optional.empty();
        }
        String major = text(head, 8);
        if (HEIF.contains(major)) {
            return Optional.of(compatible(head, HEIC) ? "image/heic" : compatible(head, AVIF) ? "image/avif" : "image/heif");
        }
        if (HEIC.contains(major)) {
            return Optional.of("image/heic");
        }
        if (AVIF.contains(major)) {
            return Optional.of("image/avif");
        }
        if (AUDIO.contains(major)) {
            return Optional.of("audio/mp4");
        }
        return Optional.of(major.equals("qt  ") ? "video/quicktime"
                : major.startsWith("3gp") ? "video/3gpp" : "video/mp4");
    }

    private static boolean compatible(byte[] head, Set<String> brands) {
        int size = (head[0] & 0xFF) << 24 | (head[1] & 0xFF) << 16 | (head[2] & 0xFF) << 8 | head[3] & 0xFF;
        for (int at = 16; at + 4 <= Math.min(size, head.length); at += 4) {
            if (brands.contains(text(head, at))) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, 4, StandardCharsets.ISO_8859_1);
    }
}
