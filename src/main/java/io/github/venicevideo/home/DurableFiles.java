package io.github.venicevideo.home;

import io.github.venicevideo.home.foreign.ForeignTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.UUID;

/** File operations that are on disk, not only in its cache, when they return. */
public final class DurableFiles {

    private static final String TEMPORARY = ".venice-";
    private static final String TEMPORARY_END = ".tmp";

    private DurableFiles() {
    }

    /**
     * Writes a whole file so that a reader, or a start after a crash, sees the old content or the new, never a part. The folder
     * may be one that others write to: a link, a pipe or a folder in the file's place is replaced, and never followed or opened.
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = temporary(file.toAbsolutePath().getParent());
        try {
            create(temporary, content);
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                deleteTree(file);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
        syncFolder(file.toAbsolutePath().getParent());
    }

    /** Makes a file that nobody has made before, synced; no link in its place is followed. */
    public static void create(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** A name in a folder that nobody can foresee, for a file that is to be renamed. */
    public static Path temporary(Path folder) {
        return folder.resolve(TEMPORARY + UUID.randomUUID() + TEMPORARY_END);
    }

    /** Deletes the temporary files of programs that died while they wrote into a folder, if they are older than a given time. */
    public static void sweep(Path folder, Instant before) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, TEMPORARY + "*" + TEMPORARY_END)) {
            for (Path file : left) {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (found.isRegularFile() && found.lastModifiedTime().toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Somebody else swept it, or there is no such folder.
            return;
        }
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
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
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
                    Files.copy(path, target, LinkOption.NOFOLLOW_LINKS);
                    syncFile(target);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
