package io.github.venicevideo.home.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Removes what others may still change: whatever is put in whose place, nothing else is removed. However deep it is, few folders are
 * open at a time: what lies deeper is brought up first.
 */
public final class ForeignTrees {

    private static final int DEEP = 40;

    /** A folder of ours on the same disk. */
    private final Path beside;
    private final Deque<Path> broughtUp = new ArrayDeque<>();

    private ForeignTrees(Path beside) {
        this.beside = beside;
    }

    /** Removes a file or a folder of ours with all that is in it; absent is fine. */
    public static void remove(Path ours) throws IOException {
        if (!Files.exists(ours, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path beside = ours.toAbsolutePath().getParent();
        try (ForeignFolder parent = ForeignFolder.of(beside)) {
            remove(parent, ours.getFileName(), beside);
        }
    }

    /**
     * Removes what has this name in the folder, with all that is in it.
     *
     * @param beside a folder of ours on the same disk
     */
    public static void remove(ForeignFolder folder, Path name, Path beside) throws IOException {
        ForeignTrees trees = new ForeignTrees(beside);
        trees.remove(folder, name, 0);
        while (!trees.broughtUp.isEmpty()) {
            Path place = trees.broughtUp.pop();
            try (ForeignFolder inner = ForeignFolder.of(place)) {
                trees.empty(inner, 0);
            }
            Files.delete(place);
        }
    }

    private void remove(ForeignFolder folder, Path name, int depth) throws IOException {
        try {
            boolean isFolder = ForeignFolder.isFolder(folder.attributes(name));
            if (isFolder && depth == DEEP) {
                Path place = Files.createTempDirectory(beside, ".deep-");
                broughtUp.push(place);
                folder.moveTo(name, place);
                return;
            }
            if (isFolder) {
                try (ForeignFolder inner = folder.folder(name)) {
                    empty(inner, depth + 1);
                }
            }
            folder.delete(name, isFolder);
        } catch (NoSuchFileException e) {
            // Somebody was faster.
            return;
        }
    }

    private void empty(ForeignFolder folder, int depth) throws IOException {
        List<Path> names;
        do {
            names = folder.names();
            for (Path name : names) {
                remove(folder, name, depth);
            }
        } while (names.size() == ForeignFolder.MOST_NAMES);
    }
}
