package io.github.venicevideo.intake;

import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.Home;
import java.io.IOException;
import java.util.List;

/** Copies what was claimed into the program's own tree, before anything reads it. */
public final class TakeOver {

    private final Home home;
    private final Border border;
    private final Leftovers leftovers;

    public TakeOver(Home home, Border border, Leftovers leftovers) {
        this.home = home;
        this.border = border;
        this.leftovers = leftovers;
    }

    /**
     * Takes over a claimed bundle; one that is ours already is left as it is.
     *
     * @throws IOException when the disk is full, or somebody still writes to it; it is taken over later
     */
    public void takeOver(Claim claim) throws IOException {
        try {
            border.takeOver(home.work(claim.jobId()));
        } catch (IOException | RuntimeException e) {
            leftovers.notRecorded(List.of(claim.jobId()), e);
            throw e;
        }
    }
}
