package io.github.venicevideo.home;

import io.github.venicevideo.home.foreign.ForeignFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/** Copies files, hashing them on the way, and notes what has no copy. Lives for one copy of one bundle. */
final class Copying {

    private static final int PIECE = 256 * 1024;

    private final BorderLimits limits;
    private final SortedMap<String, TakenFile> files = new TreeMap<>();
    private final SortedMap<String, Oddity> odd;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private long bytes;

    Copying(BorderLimits limits, SortedMap<String, Oddity> odd) {
        this.limits = limits;
        this.odd = odd;
    }

    void leaveOut(String spelled, Oddity why) {
        odd.put(spelled, why);
    }

    Taken taken() {
        return new Taken(files, odd);
    }

    /**
     * Copies one file, whole and synced, or notes why it has none.
     *
     * @param target a new file in a folder of ours
     * @param links how many names the file has
     * @throws StillWrittenException when its size or its time changes meanwhile
     */
    void file(ForeignFolder folder, Path name, Path target, String spelled, int links) throws IOException {
        BasicFileAttributes before = folder.attributes(name);
        if (before.isSymbolicLink() || before.isDirectory()) {
            odd.put(spelled, Oddity.LINK);
        } else if (!before.isRegularFile()) {
            odd.put(spelled, Oddity.SPECIAL);
        } else if (links > 1) {
            odd.put(spelled, Oddity.HARD_LINK);
        } else if (files.size() >= limits.files()) {
            odd.put(spelled, Oddity.TOO_MANY);
        } else if (before.size() > limits.bytes() - bytes) {
            odd.put(spelled, Oddity.TOO_LARGE);
        } else {
            copy(folder, name, target, spelled, before);
        }
    }

    /** Whether a file is still as it was when it was copied. */
    static boolean isAsBefore(BasicFileAttributes before, BasicFileAttributes now) {
        return before.size() == now.size() && before.lastModifiedTime().equals(now.lastModifiedTime());
    }

    private void copy(ForeignFolder folder, Path name, Path target, String spelled, BasicFileAttributes before)
            throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (SeekableByteChannel in = folder.open(name);
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long copied = 0;
            piece.clear();
            while (copied <= before.size() && in.read(piece) >= 0) {
                piece.flip();
                digest.update(piece.duplicate());
                copied += piece.remaining();
                while (piece.hasRemaining()) {
                    out.write(piece);
                }
                piece.clear();
            }
            if (copied != before.size() || !isAsBefore(before, folder.attributes(name))) {
                throw new StillWrittenException(spelled.isEmpty() ? name.toString() : spelled);
            }
            out.force(true);
        } catch (AccessDeniedException e) {
            odd.put(spelled, Oddity.UNREADABLE);
            return;
        } catch (NoSuchFileException e) {
            throw new StillWrittenException(spelled.isEmpty() ? name.toString() : spelled);
        }
        if (before instanceof PosixFileAttributes posix) {
            Modes.setLike(target, posix.permissions(), Modes.FILE);
        }
        Files.setLastModifiedTime(target, before.lastModifiedTime());
        bytes += before.size();
        files.put(spelled, new TakenFile(HexFormat.of().formatHex(digest.digest()), before.size()));
    }

    /** How many names a file has; 1 where nobody knows. */
    static int links(Path ours) throws IOException {
        try {
            return Files.getAttribute(ours, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer links ? links : 1;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return 1;
        }
    }
}
