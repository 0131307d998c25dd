package io.github.venicevideo.home.foreign;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Where the platform keeps no folder open for us: whether it is still the same one is asked before and after each step. */
final class PlainFolder implements ForeignFolder {

    private final Path path;
    /** What the file system calls it; {@code null} where it has no such thing. */
    private final Object key;

    private PlainFolder(Path path, Object key) {
        this.path = path;
        this.key = key;
    }

    static PlainFolder of(Path path) throws IOException {
        BasicFileAttributes attributes = read(path);
        if (!ForeignFolder.isFolder(attributes)) {
            throw new NotDirectoryException(path.toString());
        }
        return new PlainFolder(path, attributes.fileKey());
    }

    @Override
    public List<Path> names() throws IOException {
        return same(() -> {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                return ForeignFolder.names(entries);
            }
        });
    }

    @Override
    public BasicFileAttributes attributes(Path name) throws IOException {
        return same(() -> read(path.resolve(name)));
    }

    @Override
    public ForeignFolder folder(Path name) throws IOException {
        return same(() -> of(path.resolve(name)));
    }

    @Override
    public SeekableByteChannel open(Path name) throws IOException {
        return same(() -> Files.newByteChannel(path.resolve(name),
                Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    @Override
    public void moveTo(Path name, Path ours) throws IOException {
        same(() -> Files.move(path.resolve(name), ours.resolve(name), StandardCopyOption.REPLACE_EXISTING));
    }

    @Override
    public void takeFrom(Path ours) throws IOException {
        same(() -> Files.move(ours, path.resolve(ours.getFileName())));
    }

    @Override
    public void delete(Path name, boolean folder) throws IOException {
        same(() -> {
            Files.delete(path.resolve(name));
            return name;
        });
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }

    private <T> T same(Step<T> step) throws IOException {
        check();
        T result = step.run();
        check();
        return result;
    }

    private void check() throws IOException {
        BasicFileAttributes now = read(path);
        if (!ForeignFolder.isFolder(now) || !Objects.equals(key, now.fileKey())) {
            throw new FileSystemException(path.toString(), null, "It was put in another's place while it was read");
        }
    }

    private static BasicFileAttributes read(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Something that is done in it. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }
}
