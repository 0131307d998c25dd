package io.github.venicevideo.deliver;

import io.github.venicevideo.home.DurableFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a file that only one of several programs can make. */
final class ExclusiveFile {

    private ExclusiveFile() {
    }

    /**
     * Makes it with its content, so that nobody sees it without; where the file system has no links, it is empty for a moment.
     *
     * @param temporary a name in the same folder that nobody can foresee
     * @throws FileAlreadyExistsException when it is there
     */
    static void create(Path file, Path temporary, byte[] content) throws IOException {
        try {
            DurableFiles.create(temporary, content);
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            DurableFiles.create(file, content);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
