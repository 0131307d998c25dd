package io.github.venicevideo.intake;

import io.github.venicevideo.home.BorderLimits;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Something in a drop folder that is whole, and can be claimed.
 *
 * @param drop the drop folder's name
 * @param folder where the drop folder lies
 * @param entry its name there
 * @param bytes of all its files together, as they lie there
 */
public record Settled(String drop, Path folder, String entry, long bytes) {

    boolean isZip() {
        return entry.toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    @Override
    public String toString() {
        return entry;
    }

    /** Whether it looks like this now. */
    boolean looksAs(Snapshot before) {
        return Snapshot.of(folder, path(), BorderLimits.USUAL).equals(before);
    }

    Path path() {
        return folder.resolve(entry);
    }
}
