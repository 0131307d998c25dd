package io.github.venicevideo.home;

import io.github.venicevideo.home.foreign.ForeignFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;

/** Copies a folder that stays where it is, without ever following a link in it. Lives for one copy. */
final class InPlace {

    private final BorderLimits limits;
    private final Copying copying;

    InPlace(BorderLimits limits, Copying copying) {
        this.limits = limits;
        this.copying = copying;
    }

    /** @param place where it lies, for the number of its names alone */
    void copy(ForeignFolder parent, Path place, Path target) throws IOException {
        entry(parent, place.getFileName(), place, target, "", 0);
        if (!Files.exists(target)) {
            throw new FileSystemException(place.toString(), null, "It is no plain file or folder, or cannot be read, and links are"
                    + " not followed. Give the file or folder itself");
        }
    }

    private void entry(ForeignFolder from, Path name, Path place, Path target, String spelled, int depth) throws IOException {
        BasicFileAttributes attributes = from.attributes(name);
        if (!ForeignFolder.isFolder(attributes)) {
            copying.file(from, name, target, spelled, Copying.links(place));
        } else if (depth >= limits.depth()) {
            copying.leaveOut(spelled, Oddity.TOO_DEEP);
        } else {
            Files.createDirectory(target);
            try (ForeignFolder inner = from.folder(name)) {
                for (Path each : inner.names()) {
                    entry(inner, each, place.resolve(each), target.resolve(each),
                            Names.below(spelled, each, depth + 1), depth + 1);
                }
            }
            if (attributes instanceof PosixFileAttributes posix) {
                Modes.setLike(target, posix.permissions(), Modes.FOLDER);
            }
            DurableFiles.syncFolder(target);
        }
    }
}
