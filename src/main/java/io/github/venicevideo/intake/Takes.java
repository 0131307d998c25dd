package io.github.venicevideo.intake;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.Taken;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.intake.bundle.NotWrittenException;
import io.github.venicevideo.ledger.Ledger;
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
    private final Ledger ledger;

    Takes(Home home, Ledger ledger) {
        this.home = home;
        this.ledger = ledger;
    }

    /**
     * The claims of all takes of a bundle, the given one first. Where they were made before and not recorded, the first
     * take's claim takes the others along, and any other stands for itself.
     *
     * @param given may be older than what is noted in the folder: whoever placed the bundle still holds it
     * @throws NotWrittenException when there is no room for the copies; then there is none
     */
    List<Claim> of(Claim given, WorkFolder folder, int takes) throws IOException {
        Claim claim = Claim.read(folder).filter(noted -> noted.take() > 0).orElse(given);
        if (takes == 1 || claim.take() > 1) {
            return List.of(claim);
        }
        return claim.take() == 1 ? madeBefore(claim, takes) : make(claim, folder, takes);
    }

    /** Without those that have gone on by themselves, since they were recorded or even sent. */
    private List<Claim> madeBefore(Claim first, int takes) throws IOException {
        List<Claim> claims = new ArrayList<>(List.of(first));
        for (int number = 2; number <= takes; number++) {
            WorkFolder copy = home.work(JobIds.take(first.jobId(), number));
            if (copy.droppedEntry().isPresent() && Intent.read(copy).isEmpty() && ledger.jobs().find(copy.jobId()).isEmpty()) {
                Claim.read(copy).ifPresent(claims::add);
            }
        }
        return claims;
    }

    /** All of them or none: a copy that stays behind would be taken for a bundle, and sent, at the next start. */
    private List<Claim> make(Claim claim, WorkFolder folder, int takes) throws IOException {
        List<Claim> claims = new ArrayList<>();
        claims.add(claim.forTake(claim.jobId(), 1));
        try {
            for (int number = 2; number <= takes; number++) {
                Claim take = claim.forTake(JobIds.take(claim.jobId(), number), number);
                copy(folder, take);
                claims.add(take);
            }
            claims.get(0).write(folder);
        } catch (IOException e) {
            for (int number = 2; number <= takes; number++) {
                DurableFiles.deleteTree(home.work(JobIds.take(claim.jobId(), number)).path());
            }
            throw new NotWrittenException(e);
        }
        return claims;
    }

    private void copy(WorkFolder folder, Claim take) throws IOException {
        WorkFolder copy = home.work(take.jobId());
        DurableFiles.deleteTree(copy.path());
        take.write(copy);
        Taken.read(folder).orElse(Taken.nothing()).write(copy);
        DurableFiles.copyTree(folder.unpacked(), copy.unpacked());
        // By a rename at last, so that nobody takes up half a copy.
        Path staged = copy.path().resolve("staged");
        DurableFiles.copyTree(folder.dropped(), staged);
        Files.delete(copy.dropped());
        DurableFiles.move(staged, copy.dropped());
    }
}
