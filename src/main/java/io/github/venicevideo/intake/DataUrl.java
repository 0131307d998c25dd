package io.github.venicevideo.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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

    static boolean looksLikeOne(String value) {
        return value.regionMatches(true, 0, "data:", 0, 5);
    }

    /** @throws IllegalArgumentException with a sentence on what is wrong with it */
    static DataUrl parse(String value) {
        Matcher matcher = PREFIX.matcher(value);
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException("It must begin like data:image/png;base64, .");
        }
        int start = matcher.end();
        if (value.endsWith("...") || value.endsWith("…")) {
            throw new IllegalArgumentException("It is the shortened example of the documentation: "
                    + "put your file into the bundle and write its name here.");
        }
        if (start == value.length()) {
            throw new IllegalArgumentException("It holds no data.");
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        long count = 0;
        for (int from = start; from < value.length(); from += CHUNK) {
            int to = Math.min(value.length(), from + CHUNK);
            byte[] decoded = decode(value, from, to);
            if (to < value.length() && decoded.length < CHUNK / 4 * 3) {
                throw new IllegalArgumentException("Its base64 ends (=) before the data does.");
            }
            digest.update(decoded);
            head.write(decoded, 0, Math.min(decoded.length, MimeSniffer.HEAD - Math.min(MimeSniffer.HEAD, head.size())));
            count += decoded.length;
        }
        return new DataUrl(matcher.group(1).toLowerCase(Locale.ROOT), head.toByteArray(), count,
                HexFormat.of().formatHex(digest.digest()));
    }

    /** Writes what a data URL that {@link #parse} took decodes to. */
    static void decode(String value, OutputStream out) throws IOException {
        for (int from = value.indexOf(',') + 1; from < value.length(); from += CHUNK) {
            out.write(decode(value, from, Math.min(value.length(), from + CHUNK)));
        }
    }

    private static byte[] decode(String value, int from, int to) {
        byte[] chunk = value.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
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
