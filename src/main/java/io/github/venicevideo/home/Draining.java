package io.github.venicevideo.home;

import io.github.venicevideo.home.foreign.ForeignFolder;
import io.github.venicevideo.home.foreign.ForeignTrees;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.SortedMap;

/**
 * Renames whatever is no folder out of somebody's folder into a mirror of it where nobody else can reach it by a path. Only there
 * is it looked at: what is seen is what is there. Lives for one taking over.
 */
final class Draining {

    /** Below each folder of the mirror: what came out of its original. */
    static final String FILES = "f";
    /** Below each folder of the mirror: the mirrors of its folders. */
    static final String FOLDERS = "d";

    private static final int MOST_RACES = 100;

    private final BorderLimits limits;
    private final SortedMap<String, Oddity> odd;
    private int files;
    private int races;
    private boolean moved;

    Draining(BorderLimits limits, SortedMap<String, Oddity> odd) {
        this.limits = limits;
        this.odd = odd;
    }

    /**
     * Moves what is there, until nothing more comes.
     *
     * @return whether there was anything
     */
    boolean drain(Path claimed, Path mirror) throws IOException {
        boolean any = false;
        do {
            moved = false;
            try (ForeignFolder root = ForeignFolder.of(claimed)) {
                drain(root, mirror, "", 0);
            }
            foldersAmongFiles(mirror, "", 0);
            any |= moved;
        } while (moved && files <= limits.files());
        return any;
    }

    private void drain(ForeignFolder from, Path mirror, String folder, int depth) throws IOException {
        for (Path name : from.names()) {
            String spelled = Names.below(folder, name, depth);
            try {
                one(from, name, mirror, spelled, depth);
            } catch (NoSuchFileException e) {
                // Whoever drops it took it away again.
                moved = true;
            } catch (AccessDeniedException e) {
                odd.put(spelled, Oddity.UNREADABLE);
            } catch (FileSystemException e) {
                // It was put in another's place meanwhile, or it cannot be read; the next round tells.
                moved = true;
                if (++races > MOST_RACES) {
                    throw e;
                }
            }
            if (files > limits.files()) {
                odd.put(spelled, Oddity.TOO_MANY);
                return;
            }
        }
    }

    private void one(ForeignFolder from, Path name, Path mirror, String spelled, int depth) throws IOException {
        BasicFileAttributes attributes = from.attributes(name);
        if (!ForeignFolder.isFolder(attributes)) {
            files++;
            from.moveTo(name, folder(mirror.resolve(FILES)));
            moved = true;
        } else if (depth >= limits.depth()) {
            odd.put(spelled, Oddity.TOO_DEEP);
        } else {
            try (ForeignFolder inner = from.folder(name)) {
                drain(inner, mirrorOf(mirror, name, attributes), spelled, depth + 1);
            }
        }
    }

    /** A folder that was put in a file's place between the look and the rename. */
    private void foldersAmongFiles(Path mirror, String folder, int depth) throws IOException {
        if (Files.exists(mirror.resolve(FILES))) {
            try (ForeignFolder among = ForeignFolder.of(mirror.resolve(FILES))) {
                for (Path name : among.names()) {
                    BasicFileAttributes attributes = among.attributes(name);
                    if (ForeignFolder.isFolder(attributes)) {
                        moved = true;
                        try (ForeignFolder inner = among.folder(name)) {
                            drain(inner, mirrorOf(mirror, name, attributes), Names.below(folder, name, depth), depth + 1);
                        }
                        ForeignTrees.remove(among, name, mirror);
                    }
                }
            }
        }
        if (Files.exists(mirror.resolve(FOLDERS))) {
            for (Path inner : Names.in(mirror.resolve(FOLDERS))) {
                foldersAmongFiles(inner, Names.below(folder, inner.getFileName(), depth), depth + 1);
            }
        }
    }

    private static Path mirrorOf(Path mirror, Path name, BasicFileAttributes attributes) throws IOException {
        Path inner = folder(mirror.resolve(FOLDERS)).resolve(name);
        if (!Files.exists(inner)) {
            folder(inner);
            // Nobody gets as far as here; it is kept for the copy.
            Modes.setLike(inner, attributes instanceof PosixFileAttributes posix ? posix.permissions() : Modes.FOLDER, Modes.FOLDER);
        }
        return inner;
    }

    private static Path folder(Path ours) throws IOException {
        try {
            return Files.createDirectory(ours);
        } catch (FileAlreadyExistsException e) {
            return ours;
        }
    }
}
