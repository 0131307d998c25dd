package io.github.venicevideo.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 of what is delivered, in the two spellings that it is compared in. */
final class Sha256 {

    /** In bytes. */
    static final int LENGTH = 32;

    private static final int BUFFER = 1 << 16;

    private Sha256() {
    }

    static String hex(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    /** Reads a stream to its end. */
    static String hex(InputStream in) throws IOException {
        return HexFormat.of().formatHex(of(in, Long.MAX_VALUE));
    }

    /** Reads so many bytes of a stream, or what there is. */
    static byte[] of(InputStream in, long bytes) throws IOException {
        MessageDigest digest = digest();
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

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
