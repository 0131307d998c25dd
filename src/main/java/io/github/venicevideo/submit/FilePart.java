package io.github.venicevideo.submit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Some bytes of a file.
 *
 * @param from the first of them
 * @param length how many they are
 */
record FilePart(Path file, long from, long length) {

    /** Reads them from the beginning. */
    InputStream open() {
        try {
            return new FileSlice(file, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] sha256() throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(open(), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }
}
