package io.github.venicevideo.home.foreign;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Set;

/** A folder that the platform keeps open for us: no name is looked up twice. */
final class SecureFolder implements ForeignFolder {

    private static final Path ITSELF = Path.of(".");

    private final SecureDirectoryStream<Path> folder;

    SecureFolder(SecureDirectoryStream<Path> folder) {
        this.folder = folder;
    }

    @Override
    public List<Path> names() throws IOException {
        // A stream can be gone through once only.
        try (DirectoryStream<Path> again = folder.newDirectoryStream(ITSELF, LinkOption.NOFOLLOW_LINKS)) {
            return ForeignFolder.names(again);
        }
    }

    @Override
    public BasicFileAttributes attributes(Path name) throws IOException {
        PosixFileAttributeView posix = folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return posix != null ? posix.readAttributes()
                : folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).readAttributes();
    }

    @Override
    public ForeignFolder folder(Path name) throws IOException {
        return new SecureFolder(folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public SeekableByteChannel open(Path name) throws IOException {
        return folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public void moveTo(Path name, Path ours) throws IOException {
        try (DirectoryStream<Path> target = Files.newDirectoryStream(ours)) {
            folder.move(name, (SecureDirectoryStream<Path>) target, name);
        }
    }

    @Override
    public void takeFrom(Path ours) throws IOException {
        try (DirectoryStream<Path> source = Files.newDirectoryStream(ours.toAbsolutePath().getParent())) {
            ((SecureDirectoryStream<Path>) source).move(ours.getFileName(), folder, ours.getFileName());
        }
    }

    @Override
    public void delete(Path name, boolean directory) throws IOException {
        if (directory) {
            folder.deleteDirectory(name);
        } else {
            folder.deleteFile(name);
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
