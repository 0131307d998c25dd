package io.github.venicevideo.poll;

import io.github.venicevideo.ledger.job.Video;
import java.time.Instant;
import java.util.Optional;

/** What the way of a finished video to the local disk comes to. */
sealed interface Fetch {

    /** It waits at an address: that of a private model, or one that another redirects to. */
    record Hop() implements Fetch {
    }

    /** It is on the disk, an MP4 from its first box to its last. */
    record Whole(Video video) implements Fetch {
    }

    /**
     * What came is no whole MP4.
     *
     * @param begun whether the bytes begin as an MP4 does
     */
    record Broken(String sha256, String problem, boolean begun) implements Fetch {
    }

    /** There is no room for it on the disk, so that it stays where it is. */
    record NoRoom() implements Fetch {
    }

    /**
     * It could not be fetched.
     *
     * @param message why, without an address
     * @param hopeless whether another try would end the same way
     * @param notBefore when the server allows the next try
     */
    record NotFetched(String message, boolean hopeless, Optional<Instant> notBefore) implements Fetch {

        static NotFetched passing(String message) {
            return new NotFetched(message, false, Optional.empty());
        }

        static NotFetched hopeless(String message) {
            return new NotFetched(message, true, Optional.empty());
        }
    }
}
