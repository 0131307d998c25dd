package io.github.venicevideo.sandbox.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Takes request bodies to disk, so that tens of megabytes cost a few kilobytes of heap. */
public final class Spool {

    private static final int CHUNK = 16 * 1024;

    private final Path dir;
    private final long limit;

    /** What was read of a body. @param whole false when it was over the limit: then the rest was read and dropped */
    record Spooled(Path file, long bytes, String sha256, boolean whole) {
    }

    public Spool(Path dir, long limit) throws IOException {
        this.dir = Files.createDirectories(dir);
        this.limit = limit;
        try (Stream<Path> leftovers = Files.list(dir)) {
            for (Path leftover : leftovers.toList()) {
                Files.delete(leftover);
            }
        }
    }

    long limit() {
        return limit;
    }

    Path newFile() {
        return dir.resolve(UUID.randomUUID().toString());
    }

    Spooled receive(InputStream body) throws IOException {
        Path file = newFile();
        MessageDigest sha = DigestUtils.getSha256Digest();
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            int n;
            while ((n = body.read(chunk)) >= 0) {
                bytes += n;
                if (bytes <= limit) {
                    sha.update(chunk, 0, n);
                    out.write(chunk, 0, n);
                }
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Spooled(file, bytes, HexFormat.of().formatHex(sha.digest()), bytes <= limit);
    }

    /** Reads and drops a body, so that its sender gets to the answer instead of a reset connection. */
    static void drain(InputStream body) throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (body.read(chunk) >= 0) {
            // dropped
        }
    }

    /** @return how many bytes there were, at most {@code count} */
    static long skip(InputStream body, long count) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long read = 0;
        int n;
        while (read < count && (n = body.read(chunk, 0, (int) Math.min(CHUNK, count - read))) >= 0) {
            read += n;
        }
        return read;
    }

    public static String sha256(Path file) throws IOException {
        MessageDigest sha = DigestUtils.getSha256Digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            int n;
            while ((n = in.read(chunk)) >= 0) {
                sha.update(chunk, 0, n);
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
