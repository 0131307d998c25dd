package io.github.venicevideo.home;

import io.github.venicevideo.home.foreign.ForeignFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Puts something of ours into a folder that others can write to, without following a link that they put there. */
public final class HandOut {

    private static final int MOST_TRIES = 10_000;

    private HandOut() {
    }

    /**
     * Moves a folder of ours, whole, into a folder below somebody's.
     *
     * @param ours the only thing in its folder with that name; it gets another where that is taken
     * @param theirs a folder whose own place nobody else can change
     * @param below the name of the folder in it, made where there is none
     * @throws IOException when there is a link or a file in that place, among others; ours stays where it is
     */
    public static void move(Path ours, Path theirs, String below) throws IOException {
        Path target = theirs.resolve(below);
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(target);
        }
        Path from = ours;
        try (ForeignFolder outer = ForeignFolder.of(theirs); ForeignFolder inner = outer.folder(Path.of(below))) {
            for (int i = 2; isThere(inner, from.getFileName()); i++) {
                if (i > MOST_TRIES) {
                    throw new FileSystemException(target.toString(), null, "It holds too much of that name");
                }
                Path renamed = ours.resolveSibling(ours.getFileName() + "-" + i);
                from = Files.move(from, renamed);
            }
            inner.takeFrom(from);
        } catch (IOException e) {
            if (!from.equals(ours) && Files.exists(from)) {
                Files.move(from, ours);
            }
            throw e;
        }
        DurableFiles.syncFolder(target);
    }

    private static boolean isThere(ForeignFolder folder, Path name) throws IOException {
        try {
            folder.attributes(name);
            return true;
        } catch (java.nio.file.NoSuchFileException e) {
            return false;
        }
    }
}
