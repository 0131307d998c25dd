package io.github.venicevideo.deliver;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes a file that only one of several programs can make. */
final class ExclusiveFile {

    private ExclusiveFile() {
    }

    /**
     * Makes it with its content, so that nobody sees it without; where the file system has no links, it is empty for a moment.
     *
     * @param temporary where nobody else writes, in the same folder
     * @throws FileAlreadyExistsException when it is there
     */
    static void create(Path file, Path temporary, byte[] content) throws IOException {
        try {
            Files.write(temporary, content);
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
