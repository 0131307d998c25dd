package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.media.MimeSniffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A data URL as the API takes it, checked.
 *
 * @param declaredType the MIME type it says it is
 * @param head the first decoded bytes, to tell what it really is
 * @param decodedBytes how many bytes it decodes to
 * @param sha256 lower-case hex digest of the decoded bytes
 */
record DataUrl(String declaredType, byte[] head, long decodedBytes, String sha256) {

    private static final Pattern PREFIX =
            Pattern.compile("data:([\\w.+-]+/[\\w.+-]+)(?:;[\\w.+-]+=[\\x21-\\x7e&&[^;,]]{0,100})*;base64,", Pattern.CASE_INSENSITIVE);
    private static final int CHUNK = 4 * 16_384;
    private static final int LONGEST_PREFIX = 4_096;

    static boolean looksLikeOne(String value) {
        return value.regionMatches(true, 0, "data:", 0, 5);
    }

    /**
     * @param in its characters, one byte each; what is none of Latin-1 as a question mark
     * @throws IllegalArgumentException with a sentence on what is wrong with it
     */
    static DataUrl parse(InputStream in) throws IOException {
        Matcher matcher = PREFIX.matcher(prefix(in));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("It must begin like data:image/png;base64, .");
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        long count = 0;
        byte[] chunk = in.readNBytes(CHUNK);
        if (chunk.length == 0) {
            throw new IllegalArgumentException("It holds no data.");
        }
        while (chunk.length > 0) {
            byte[] decoded = decode(chunk);
            chunk = in.readNBytes(CHUNK);
            if (chunk.length > 0 && decoded.length < CHUNK / 4 * 3) {
                throw new IllegalArgumentException("Its base64 ends (=) before the data does.");
            }
            digest.update(decoded);
            head.write(decoded, 0, Math.min(decoded.length, MimeSniffer.HEAD - Math.min(MimeSniffer.HEAD, head.size())));
            count += decoded.length;
        }
        return new DataUrl(matcher.group(1).toLowerCase(Locale.ROOT), head.toByteArray(), count,
                HexFormat.of().formatHex(digest.digest()));
    }

    /** Whether it is what documentations write instead of data. */
    static boolean isShortened(String value) {
        return PREFIX.matcher(value).lookingAt() && (value.endsWith("...") || value.endsWith("…"));
    }

    /** Writes what a data URL that {@link #parse} took decodes to. */
    static void decode(InputStream in, OutputStream out) throws IOException {
        prefix(in);
        for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
            out.write(decode(chunk));
        }
    }

    /** Up to its first comma, which no parameter holds. */
    private static String prefix(InputStream in) throws IOException {
        StringBuilder prefix = new StringBuilder();
        int b = in.read();
        while (b >= 0 && prefix.length() < LONGEST_PREFIX) {
            prefix.append((char) b);
            if (b == ',') {
                break;
            }
            b = in.read();
        }
        return prefix.toString();
    }

    private static byte[] decode(byte[] chunk) {
        for (int i = 0; i < chunk.length; i++) {
            // What is no Latin-1 became '?', which base64 does not have either.
            if (Character.isWhitespace(chunk[i])) {
                throw new IllegalArgumentException("There is a space or line break in its base64.");
            }
        }
        try {
            return Base64.getDecoder().decode(chunk);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Its base64 cannot be decoded.", e);
        }
    }
}
