package io.github.venicevideo.intake.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/**
 * The folder {@code unpacked/} of one job: the only place a reading writes to. Its files get names of our own,
 * so that no name out of a zip ever reaches the file system. Lives for one reading.
 */
final class Unpacked {

    private static final String FOLDER = "unpacked";

    private final Path workFolder;
    private final Path folder;
    private int count;

    /**
     * @param workFolder what the paths of media are relative to
     * @param scratch where {@code unpacked/} is made: the work folder, but for a bundle that is read where it lies
     */
    Unpacked(Path workFolder, Path scratch) {
        this.workFolder = workFolder;
        this.folder = scratch.resolve(FOLDER);
    }

    /** Removes what an earlier reading left; links in it are removed, not followed. */
    void clear() throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(folder);
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Writes what the writer gives to a new file, on disk when this returns: the ledger will point to it.
     *
     * @throws NotWrittenException when the disk takes it not; any other exception is the writer's own
     */
    Path write(String nameLike, Writer writer) throws IOException {
        Path file = folder.resolve(String.format(Locale.ROOT, "%04d-%s", ++count, plain(nameLike)));
        try (DiskOutput out = DiskOutput.to(file)) {
            writer.writeTo(out);
            out.sync();
        }
        return file;
    }

    /**
     * The file's path relative to the work folder, in a spelling that leads back to it. Where the platform's
     * charset cannot spell a name (a container without a locale), the file is copied under a plain one.
     */
    String relative(Path file) throws IOException {
        String spelled = spell(file);
        return leadsTo(spelled, file) ? spelled : spell(write("copy", out -> Files.copy(file, out)));
    }

    private boolean leadsTo(String spelled, Path file) {
        try {
            return workFolder.resolve(spelled).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private String spell(Path file) {
        StringBuilder spelled = new StringBuilder();
        for (Path part : workFolder.relativize(file)) {
            spelled.append(spelled.isEmpty() ? "" : "/").append(part);
        }
        return spelled.toString();
    }

    private static String plain(String name) {
        String plain = name.substring(name.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.length() <= 60 ? plain : plain.substring(plain.length() - 60);
    }

    /** Gives the bytes of a file. */
    @FunctionalInterface
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }
}
