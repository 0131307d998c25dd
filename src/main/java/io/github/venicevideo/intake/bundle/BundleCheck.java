package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.intake.rules.DropDefaultsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a bundle as it would be read if it were dropped, and leaves it as it is.
 *
 * <h2>Contract</h2>
 * Reads the bundle where it lies, and nothing else; writes only into the scratch folder.
 */
public final class BundleCheck {

    private final BundleReader reader;
    private final Path scratch;

    /** @param scratch an empty folder, for what a zip holds; each check empties what the one before it left */
    public BundleCheck(BundleReader reader, Path scratch) {
        this.reader = reader;
        this.scratch = scratch;
    }

    /**
     * Checks one bundle.
     *
     * @param drop whose defaults it would get
     * @throws IOException when the disk fails, or the bundle is taken away meanwhile
     * @throws IllegalArgumentException when the drop's defaults cannot be used; the message says why
     */
    public Finding check(Path bundle, Drop drop) throws IOException {
        try {
            Bundle read = reader.readInPlace(bundle, scratch, DropDefaultsReader.of(drop));
            return new Finding(Optional.of(read), List.of(), read.warnings());
        } catch (InvalidBundleException e) {
            return new Finding(Optional.empty(), e.problems(), e.warnings());
        }
    }

    /** Whether a drop folder would pass over something of this name, and never take it. */
    public static boolean isPassedOver(Path bundle) {
        return Files.isDirectory(bundle, LinkOption.NOFOLLOW_LINKS) ? IgnoredNames.isIgnoredFolder(bundle.getFileName())
                : IgnoredNames.isIgnored(bundle.getFileName());
    }

    /**
     * What a check found.
     *
     * @param bundle what it asks for; empty when it cannot be used
     * @param problems all that is wrong with it
     * @param warnings what was assumed, and what looks odd, as sentences
     */
    public record Finding(Optional<Bundle> bundle, List<Problem> problems, List<String> warnings) {
    }
}
