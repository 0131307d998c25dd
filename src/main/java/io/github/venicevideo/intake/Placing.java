package io.github.venicevideo.intake;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.Taken;
import io.github.venicevideo.home.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Puts what comes otherwise than by a rename into a work folder of its own: whole, or not at all, so that a start after
 * a crash never takes up half a bundle.
 */
public final class Placing {

    private final Home home;
    private final JobIds ids;
    private final Clock clock;

    public Placing(Home home, JobIds ids, Clock clock) {
        this.home = home;
        this.ids = ids;
        this.clock = clock;
    }

    /** A new job's id. */
    public String nextId() {
        return ids.next();
    }

    /**
     * Writes the claim, lets the bundle be filled in beside its place, syncs it, and renames it there.
     *
     * @param entry the name of the file or folder that it becomes
     * @param filler makes the file or folder at the path that it is given, synced
     */
    public Claim place(String jobId, String drop, String bundle, String entry, boolean folder, Optional<String> reference,
            Filler filler) throws IOException {
        WorkFolder work = home.work(jobId);
        Claim claim = Claim.of(jobId, drop, bundle, entry, folder, reference, clock.instant());
        Path staged = work.staged();
        claim.write(work);
        try {
            Taken.nothing().write(work);
            filler.fill(staged);
            DurableFiles.move(staged, work.dropped().resolve(entry));
        } catch (IOException | RuntimeException e) {
            DurableFiles.deleteTree(work.path());
            throw e;
        }
        return claim;
    }

    /** Makes a bundle's file or folder. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path staged) throws IOException;
    }
}
