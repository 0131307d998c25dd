package io.github.venicevideo.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Some bytes of a file.
 *
 * @param from the first of them
 * @param length how many they are
 */
public record FilePart(Path file, long from, long length) {

    /** Reads them from the beginning. */
    InputStream open() {
        try {
            return new FileSlice(file, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] sha256() throws IOException {
        try (InputStream in = open()) {
            return DigestUtils.sha256(in);
        }
    }
}
