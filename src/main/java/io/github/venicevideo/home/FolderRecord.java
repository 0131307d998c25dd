package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Where a job's bundle lies, as the ledger has it.
 *
 * @param folder below the home, with {@code /} between its parts, so that a home may be moved
 * @param key what tells the folder from any other, whatever it is called; empty where the file system has no such thing
 * @param ours whether this program made the folder; if not, it is the one that was dropped, and whoever dropped it may change it
 */
public record FolderRecord(String folder, Optional<String> key, boolean ours) {

    /**
     * A folder of this program's.
     *
     * @param folder where it lies, or is going to, in {@code done/}, {@code failed/} or {@code parked/}
     * @param key of the folder, wherever it lies by now
     */
    public static FolderRecord ours(Path folder, Optional<String> key) {
        return new FolderRecord(spelled(folder), key, true);
    }

    /** How a folder is recorded. */
    static String spelled(Path folder) {
        return folder.getParent().getFileName() + "/" + folder.getFileName();
    }

    /** What tells a folder from any other. */
    public static Optional<String> keyOf(Path folder) throws IOException {
        try {
            return Optional.ofNullable(Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey())
                    .map(Object::toString);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
