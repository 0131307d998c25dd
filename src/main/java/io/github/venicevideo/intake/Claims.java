package io.github.venicevideo.intake;

import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.Drop;
import io.github.venicevideo.home.Drops;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.WorkFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.file.GenericFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes bundles out of the drop folders: one atomic rename each, so that two programs never take the same one. */
public final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Home home;
    private final Drops drops;
    private final Border border;
    private final JobIds ids;
    private final Clock clock;
    /** Drops whose trouble was told; until one of their bundles can be taken again. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public Claims(Home home, Drops drops, Border border, JobIds ids, Clock clock) {
        this.home = home;
        this.drops = drops;
        this.border = border;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Claims the bundle that a file belongs to.
     *
     * @param dropName the drop folder's name
     * @return empty when somebody else was faster, or the bundle was taken away, or cannot be moved now, such as while somebody
     *         holds it open or its disk is full: it stays where it is and is tried again
     */
    public Optional<Claim> claim(GenericFile<File> file, String dropName) {
        try {
            Optional<Claim> claim = take(file, dropName);
            claim.filter(taken -> told.remove(dropName)).ifPresent(taken -> LOG.info("Bundles can be taken from {} again", dropName));
            return claim;
        } catch (IOException e) {
            if (told.add(dropName)) {
                LOG.error("{} cannot be taken from {}. It stays there, with all that comes after it, and is tried again until"
                        + " that is mended. {}", file.getFileNameOnly(), dropName, e.toString());
            }
            return Optional.empty();
        }
    }

    private Optional<Claim> take(GenericFile<File> file, String dropName) throws IOException {
        Drop drop = drops.named(dropName);
        String entry = Path.of(file.getRelativeFilePath()).getName(0).toString();
        String jobId = ids.next();
        WorkFolder folder = home.work(jobId);
        Claim claim = Claim.of(jobId, drop.name(), BundleNames.of(entry), entry,
                Files.isDirectory(drop.folder().resolve(entry), LinkOption.NOFOLLOW_LINKS), Optional.empty(), clock.instant());
        try {
            claim.write(folder);
            border.claim(drop.folder().resolve(entry), folder, entry);
        } catch (IOException e) {
            // A share may say that a rename failed which it has made.
            if (border.claimed(folder).isPresent()) {
                return Optional.of(claim);
            }
            remove(folder, e);
            if (e instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw e;
        }
        LOG.info("{}: taken from {}", claim.bundle(), drop.name());
        return Optional.of(claim);
    }

    /** The next start does it where this one cannot. */
    private static void remove(WorkFolder folder, IOException why) {
        try {
            DurableFiles.deleteTree(folder.path());
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
