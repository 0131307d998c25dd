package io.github.venicevideo.intake;

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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes bundles out of the drop folders: one atomic rename each, so that two programs never take the same one. */
public final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Home home;
    private final Drops drops;
    private final JobIds ids;
    private final Clock clock;

    public Claims(Home home, Drops drops, JobIds ids, Clock clock) {
        this.home = home;
        this.drops = drops;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Claims the bundle that a file belongs to.
     *
     * @param dropName the drop folder's name
     * @return empty when somebody else was faster, or the bundle was taken away
     * @throws IOException when it cannot be moved, such as while somebody holds it open; it is tried again
     */
    public Optional<Claim> claim(GenericFile<File> file, String dropName) throws IOException {
        Drop drop = drops.named(dropName);
        String entry = Path.of(file.getRelativeFilePath()).getName(0).toString();
        String jobId = ids.next();
        WorkFolder folder = home.work(jobId);
        Claim claim = Claim.of(jobId, drop.name(), BundleNames.of(entry), entry,
                Files.isDirectory(drop.folder().resolve(entry)), Optional.empty(), clock.instant());
        claim.write(folder);
        try {
            DurableFiles.move(drop.folder().resolve(entry), folder.dropped().resolve(entry));
        } catch (IOException e) {
            // A share may say that a rename failed which it has made.
            if (folder.droppedEntry().isPresent()) {
                return Optional.of(claim);
            }
            DurableFiles.deleteTree(folder.path());
            if (e instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw e;
        }
        LOG.info("{}: taken from {}", claim.bundle(), drop.name());
        return Optional.of(claim);
    }
}
