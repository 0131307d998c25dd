package io.github.venicevideo.poll;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A download, as it lies on disk.
 *
 * @param sha256 lower-case hex digest, made on the way
 */
record VideoFile(long bytes, String sha256) {

    private static final int BUFFER = 1 << 16;

    /**
     * Writes a stream to a file and syncs it.
     *
     * @param length what the server announced
     * @param maxBytes more than that is not written
     * @throws TooLargeException when it has more than {@code maxBytes}
     * @throws IOException when it breaks off, is longer or shorter than announced, or comes too slowly
     */
    static VideoFile write(InputStream in, Path file, Optional<Long> length, long maxBytes, MinSpeed minSpeed) throws IOException {
        if (length.isPresent() && length.get() > maxBytes) {
            throw new TooLargeException("The video has " + length.get() + " bytes");
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        long bytes = 0;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
                if (bytes > maxBytes) {
                    throw new TooLargeException("The video has more than " + maxBytes + " bytes");
                }
                if (length.isPresent() && bytes > length.get()) {
                    // Unpacked on its way, a small answer could go on for gigabytes.
                    throw new IOException("The download went on after " + length.get() + " bytes, as long as it was said to be.");
                }
                minSpeed.check(bytes);
                digest.update(buffer, 0, count);
                ByteBuffer written = ByteBuffer.wrap(buffer, 0, count);
                while (written.hasRemaining()) {
                    out.write(written);
                }
            }
            out.force(true);
        }
        if (length.isPresent() && length.get() != bytes) {
            throw new IOException("The download broke off after " + bytes + " of " + length.get() + " bytes.");
        }
        return new VideoFile(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /** The digest of a file that is there already. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** It would come as large again. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException(String what) {
            super(what + ", more than venice.download.max-size allows.");
        }
    }
}
