package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** How open copies are: never more than what they are copies of. */
final class Modes {

    static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-x---");
    static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r-----");

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private Modes() {
    }

    /** Opens it as far as the original was, and no further than the widest; its owner always keeps what the widest has. */
    static void setLike(Path ours, Set<PosixFilePermission> original, Set<PosixFilePermission> widest) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(widest);
        permissions.removeIf(permission -> !OWNERS.contains(permission) && !original.contains(permission));
        try {
            Files.setPosixFilePermissions(ours, permissions);
        } catch (UnsupportedOperationException e) {
            // Windows: the home's own access list decides.
            return;
        }
    }
}
