package io.github.venicevideo.intake;

import io.github.venicevideo.home.Claim;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What a source has placed in the work folder and what is not known to be recorded yet, each under its reference. */
public final class Placed {

    private final Leftovers leftovers;
    private final Map<String, Claim> claims = new ConcurrentHashMap<>();

    public Placed(Leftovers leftovers) {
        this.leftovers = leftovers;
    }

    /**
     * Places what a reference stands for, unless that was done before, by this program or one before it, and not recorded.
     *
     * @throws TakenUpException while it is taken up again by itself, see {@link Leftovers#leave}
     */
    public Claim once(String reference, Fetch fetch) throws IOException {
        Claim before = claims.get(reference);
        if (before != null) {
            leftovers.leave(before);
            return before;
        }
        Optional<Claim> left = leftovers.placedAs(reference);
        Claim claim = left.isPresent() ? left.get() : fetch.place();
        claims.put(reference, claim);
        return claim;
    }

    /** It is recorded: from now on the ledger knows it. */
    public void recorded(String reference) {
        claims.remove(reference);
    }

    /** They will not be asked for again. */
    public void forgetThose(Predicate<String> references) {
        claims.keySet().removeIf(references);
    }

    /** Brings it into a work folder of its own. */
    @FunctionalInterface
    public interface Fetch {
        Claim place() throws IOException;
    }
}
