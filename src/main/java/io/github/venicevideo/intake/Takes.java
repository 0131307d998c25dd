package io.github.venicevideo.intake;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives each take of a bundle a work folder with the bundle in it, so that each can end, park and be restored by
 * itself. The first take's claim is rewritten last: until then, a start after a crash makes the others anew.
 */
final class Takes {

    private final Home home;

    Takes(Home home) {
        this.home = home;
    }

    /** The claims of all takes of a bundle, the given one first; only itself once the takes have been made. */
    List<Claim> of(Claim claim, WorkFolder folder, int takes) throws IOException {
        if (takes == 1 || claim.take() > 0) {
            return List.of(claim);
        }
        List<Claim> claims = new ArrayList<>();
        claims.add(claim.forTake(claim.jobId(), 1));
        for (int number = 2; number <= takes; number++) {
            Claim take = claim.forTake(JobIds.take(claim.jobId(), number), number);
            WorkFolder copy = home.work(take.jobId());
            DurableFiles.deleteTree(copy.path());
            take.write(copy);
            DurableFiles.copyTree(folder.path().resolve("unpacked"), copy.path().resolve("unpacked"));
            // By a rename at last, so that nobody takes up half a copy.
            Path staged = copy.path().resolve("staged");
            DurableFiles.copyTree(folder.dropped(), staged);
            Files.delete(copy.dropped());
            DurableFiles.move(staged, copy.dropped());
            claims.add(take);
        }
        claims.get(0).write(folder);
        return claims;
    }
}
