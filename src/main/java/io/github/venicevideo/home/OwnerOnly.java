package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps what holds secrets from other users of the machine, where the file system knows such a thing. */
public final class OwnerOnly {

    private OwnerOnly() {
    }

    /** Lets nobody but its owner enter a folder. */
    public static void restrict(Path folder) throws IOException {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (UnsupportedOperationException e) {
            // Windows: the home's own access list decides.
            return;
        }
    }

    /** Makes an empty file that nobody but its owner may read, before anything is written into it. */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException e) {
            Files.createFile(file);
        }
    }
}
