package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Removes what others may still change: whatever is put in whose place, nothing else is removed. */
final class ForeignTrees {

    private ForeignTrees() {
    }

    /** Removes a file or a folder of ours with all that is in it; absent is fine. */
    static void remove(Path ours) throws IOException {
        if (!Files.exists(ours, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (ForeignFolder parent = ForeignFolder.of(ours.toAbsolutePath().getParent())) {
            remove(parent, ours.getFileName());
        }
    }

    /** Removes what has this name in the folder, with all that is in it. */
    static void remove(ForeignFolder folder, Path name) throws IOException {
        try {
            boolean isFolder = ForeignFolder.isFolder(folder.attributes(name));
            if (isFolder) {
                try (ForeignFolder inner = folder.folder(name)) {
                    empty(inner);
                }
            }
            folder.delete(name, isFolder);
        } catch (NoSuchFileException e) {
            // Somebody was faster.
            return;
        }
    }

    private static void empty(ForeignFolder folder) throws IOException {
        List<Path> names;
        do {
            names = folder.names();
            for (Path name : names) {
                remove(folder, name);
            }
        } while (names.size() == ForeignFolder.MOST_NAMES);
    }
}
