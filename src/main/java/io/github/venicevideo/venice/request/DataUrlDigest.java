package io.github.venicevideo.venice.request;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** The digest of what a data URL decodes to, while its text goes by. */
final class DataUrlDigest {

    private static final int QUAD = 4;
    private static final int QUAD_BYTES = 3;

    private final MessageDigest digest;
    private final StringBuilder head = new StringBuilder();
    private boolean inData;
    private boolean ended;
    private byte[] rest = new byte[0];

    /** @param digest a fresh SHA-256 */
    DataUrlDigest(MessageDigest digest) {
        this.digest = digest;
    }

    /**
     * Takes the next piece of the text.
     *
     * @throws IllegalArgumentException where it is not the base64 of a data URL
     */
    void update(byte[] text, int length) {
        int from = 0;
        while (!inData && from < length) {
            inData = text[from] == ',';
            if (!inData) {
                head.append((char) text[from]);
            }
            from++;
        }
        byte[] data = Arrays.copyOf(rest, rest.length + length - from);
        System.arraycopy(text, from, data, rest.length, length - from);
        int whole = data.length / QUAD * QUAD;
        decode(Arrays.copyOf(data, whole));
        rest = Arrays.copyOfRange(data, whole, data.length);
    }

    /**
     * The digest, in lower-case hex; once, at the end.
     *
     * @throws IllegalArgumentException where the text was no data URL in base64
     */
    String hex() {
        decode(rest);
        if (!inData || !head.toString().toLowerCase(Locale.ROOT).endsWith(";base64")) {
            throw new IllegalArgumentException("It does not begin like data:image/png;base64, .");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void decode(byte[] base64) {
        if (base64.length == 0) {
            return;
        }
        if (ended) {
            throw new IllegalArgumentException("Its base64 ends (=) before the data does.");
        }
        byte[] bytes = Base64.getDecoder().decode(base64);
        ended = bytes.length < base64.length / QUAD * QUAD_BYTES;
        digest.update(bytes);
    }
}
