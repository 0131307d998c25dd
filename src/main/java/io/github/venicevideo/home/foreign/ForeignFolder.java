package io.github.venicevideo.home.foreign;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A folder that others may change at any moment. It is opened once, and what is done in it is done by names within the open folder,
 * so that whoever swaps it, or a folder above it, for a link leads nobody elsewhere.
 */
public interface ForeignFolder extends Closeable {

    /** However many there are, no more are held at a time. */
    int MOST_NAMES = 20_000;

    /** Opens a folder by a path that is ours. */
    static ForeignFolder of(Path ours) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(ours);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new SecureFolder(secure);
        }
        stream.close();
        return PlainFolder.of(ours);
    }

    /** What lies in it now, one part of a path each; {@link #MOST_NAMES} of them, where there are more. */
    List<Path> names() throws IOException;

    /** The names of an open folder, which can be gone through once only. */
    static List<Path> names(DirectoryStream<Path> open) throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            for (Iterator<Path> entries = open.iterator(); names.size() < MOST_NAMES && entries.hasNext(); ) {
                names.add(entries.next().getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Of the thing itself, never of what it points to. */
    BasicFileAttributes attributes(Path name) throws IOException;

    /** Opens a folder in it; fails where it is a link by now. */
    ForeignFolder folder(Path name) throws IOException;

    /** Opens a file in it for reading; fails where it is a link by now. */
    SeekableByteChannel open(Path name) throws IOException;

    /** Renames one into a folder of ours, under the same name. */
    void moveTo(Path name, Path ours) throws IOException;

    /** Renames one of ours into it, under the same name. */
    void takeFrom(Path ours) throws IOException;

    /** Removes a file, a link, or an empty folder. */
    void delete(Path name, boolean folder) throws IOException;

    @Override
    void close() throws IOException;

    /** Whether it is a folder to go into; a junction of Windows says that it is one, and is a link. */
    static boolean isFolder(BasicFileAttributes attributes) {
        return attributes.isDirectory() && !attributes.isOther() && !attributes.isSymbolicLink();
    }
}
