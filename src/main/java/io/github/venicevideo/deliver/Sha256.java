package io.github.venicevideo.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** SHA-256 of what is delivered, in the two spellings that it is compared in. */
final class Sha256 {

    /** In bytes. */
    static final int LENGTH = 32;

    private static final int BUFFER = 1 << 16;

    private Sha256() {
    }

    static String hex(byte[] content) {
        return DigestUtils.sha256Hex(content);
    }

    /** Reads a stream to its end. */
    static String hex(InputStream in) throws IOException {
        return HexFormat.of().formatHex(of(in, Long.MAX_VALUE));
    }

    /** Reads so many bytes of a stream, or what there is. */
    static byte[] of(InputStream in, long bytes) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(BUFFER, left));
            if (read < 0) {
                break;
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
        return digest.digest();
    }

    /** The spelling of S3 for the one of everybody else. */
    static String base64(String hex) {
        return base64(HexFormat.of().parseHex(hex));
    }

    static String base64(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }
}
