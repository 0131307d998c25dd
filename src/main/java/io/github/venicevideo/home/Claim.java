package io.github.venicevideo.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a claimed bundle came from; noted in its work folder before it is taken, so that a start after a crash
 * knows as much as the claim did.
 *
 * @param jobId the job it becomes, and the name of its work folder
 * @param drop name of the drop folder, or {@code Drops.DIRECT}
 * @param bundle name for people: what was dropped, without its extension
 * @param entry the name it was dropped with
 * @param folder whether a folder was dropped, not a single file
 * @param reference the caller's own name for it
 * @param take which take of its bundle this is, from 1; 0 while nobody has looked how many are asked for
 * @param claimedAt epoch milliseconds
 */
public record Claim(String jobId, String drop, String bundle, String entry, boolean folder,
                    Optional<String> reference, int take, long claimedAt) {

    /** Whoever drops a bundle names it; its name goes into logs, documents and names of folders. */
    public Claim {
        bundle = ShownNames.of(bundle);
    }

    /** A claim made at a given time. */
    public static Claim of(String jobId, String drop, String bundle, String entry, boolean folder,
            Optional<String> reference, Instant at) {
        return new Claim(jobId, drop, bundle, entry, folder, reference, 0, at.toEpochMilli());
    }

    /** The same claim for a job that there was before. */
    public Claim as(String earlierJobId) {
        return new Claim(earlierJobId, drop, bundle, entry, folder, reference, 1, claimedAt);
    }

    /** The same claim for one of the bundle's takes. */
    public Claim forTake(String takeJobId, int number) {
        return new Claim(takeJobId, drop, bundle, entry, folder, number == 1 ? reference : Optional.empty(), number, claimedAt);
    }

    /** Notes it, durably, making the work folder. */
    public void write(WorkFolder folder) throws IOException {
        Files.createDirectories(folder.dropped());
        DurableFiles.write(folder.claimFile(), Json.pretty(this));
    }

    /** The claim of a work folder; empty when there is none that can be read. */
    public static Optional<Claim> read(WorkFolder folder) throws IOException {
        try {
            return Optional.of(Json.mapper().readValue(Files.readAllBytes(folder.claimFile()), Claim.class));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
