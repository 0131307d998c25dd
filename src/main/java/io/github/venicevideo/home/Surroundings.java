package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Who may rename in a folder, or in one above it: whoever may can put another one in its place, with all that is in it. */
final class Surroundings {

    private static final int STICKY = 01000;

    private Surroundings() {
    }

    /**
     * Checks the home and each folder above it.
     *
     * @throws IOException when others may rename in one of them; the message says which, and what to do
     */
    static void check(Path home) throws IOException {
        for (Path folder = home.toRealPath(); folder != null; folder = folder.getParent()) {
            Optional<String> others = others(folder);
            if (others.isPresent()) {
                throw new IOException((folder.equals(home.toRealPath()) ? "The home " + folder : "The folder " + folder
                        + ", in which the home lies,") + " may be written to by " + others.get() + ", who could put something else in"
                        + " the place of what lies there. Take that right away (chmod go-w), or set the sticky bit (chmod +t), or set"
                        + " venice.home to a folder elsewhere. Only drop folders and consents/ are for others to write to.");
            }
        }
    }

    private static Optional<String> others(Path folder) throws IOException {
        PosixFileAttributes attributes;
        try {
            attributes = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if ((Integer) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS) % (2 * STICKY) >= STICKY) {
                return Optional.empty();
            }
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // Windows: access lists decide, which cannot be judged by a look.
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = attributes.permissions();
        String mode = " (its mode is " + PosixFilePermissions.toString(permissions) + ")";
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            return Optional.of("everybody" + mode);
        }
        // Many systems give each user a group of the same name, in which nobody else is.
        boolean isOwn = attributes.group().getName().equals(attributes.owner().getName());
        return permissions.contains(PosixFilePermission.GROUP_WRITE) && !isOwn
                ? Optional.of("the group " + attributes.group().getName() + mode) : Optional.empty();
    }
}
