package io.github.venicevideo.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** File operations that are on disk, not only in its cache, when they return. */
public final class DurableFiles {

    private DurableFiles() {
    }

    /** Writes a whole file so that a reader, or a start after a crash, sees the old content or the new, never a part. */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(file.toAbsolutePath().getParent());
    }

    /**
     * Renames within one file system, atomically, and syncs both folders.
     *
     * @throws NoSuchFileException when somebody else moved it first
     * @throws AtomicMoveNotSupportedException across file systems
     */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(to.toAbsolutePath().getParent());
        syncFolder(from.toAbsolutePath().getParent());
    }

    /** Syncs a file's content. */
    public static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Syncs a folder's entries where the platform can; Windows cannot open folders, and orders renames itself. */
    public static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException | UnsupportedOperationException e) {
            // Not every file system lets a folder be opened; the rename itself has happened.
            return;
        }
    }

    /**
     * Deletes a file or a folder with all that is in it; links are deleted, never followed, whoever puts them there meanwhile.
     * Absent is fine.
     */
    public static void deleteTree(Path root) throws IOException {
        ForeignTrees.remove(root);
    }

    /** Copies a file or a folder, symbolic links left out; nothing there is nothing to do. */
    public static void copyTree(Path from, Path to) throws IOException {
        if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(path, target);
                    syncFile(target);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
