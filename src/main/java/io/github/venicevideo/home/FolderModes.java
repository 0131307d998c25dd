package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may look into a folder that holds a bundle and what we say of it: the group of the folder that it goes to, as far as it
 * might look into what was dropped. Where that group may write to the folder above, it may put an answer into this one; by the
 * sticky bit it may not take away or replace what is ours.
 */
final class FolderModes {

    private static final int OWNER = 0700;
    private static final int GROUP_READS = 0050;
    private static final int GROUP_WRITES = 0020;
    private static final int SET_GROUP_AND_STICKY = 03000;

    private FolderModes() {
    }

    /**
     * Opens a folder of ours before it is renamed to where people look.
     *
     * @param root the folder that it goes to
     */
    static void open(Path folder, Path root) throws IOException {
        if (Files.getFileAttributeView(root, PosixFileAttributeView.class) == null) {
            // Windows: the home's own access list decides.
            return;
        }
        PosixFileAttributes above = Files.readAttributes(root, PosixFileAttributes.class);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                give(path, above.group());
            }
        }
        for (String name : OwnFiles.ALL) {
            if (Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                Files.setPosixFilePermissions(folder.resolve(name), Modes.FILE);
            }
        }
        boolean shared = above.permissions().contains(PosixFilePermission.GROUP_WRITE);
        int group = isForGroup(folder) ? shared ? GROUP_READS | GROUP_WRITES : GROUP_READS : 0;
        set(folder, OWNER | group | SET_GROUP_AND_STICKY);
    }

    private static boolean isForGroup(Path folder) throws IOException {
        Path bundle = folder.resolve(BundleFolders.BUNDLE);
        if (!Files.isDirectory(bundle, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (Stream<Path> all = Files.walk(bundle)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Set<PosixFilePermission> permissions = view(path).readAttributes().permissions();
                if (!permissions.contains(PosixFilePermission.GROUP_READ)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Only who is in a group may give something to it. */
    private static void give(Path path, GroupPrincipal group) {
        try {
            PosixFileAttributeView view = view(path);
            if (!view.readAttributes().group().equals(group)) {
                view.setGroup(group);
            }
        } catch (IOException e) {
            // It stays our own group's.
            return;
        }
    }

    private static PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void set(Path folder, int mode) throws IOException {
        try {
            Files.setAttribute(folder, "unix:mode", mode);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            Modes.setLike(folder, Files.getPosixFilePermissions(folder), Modes.FOLDER);
        }
    }
}
