package io.github.venicevideo.intake.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Lets a "folder" of a bucket be taken when its listing has not changed for a while, or when it says itself that it is
 * whole. A single object always is: a bucket never shows a part of one.
 */
final class BucketSettling {

    private final Clock clock;
    private final Duration settle;
    /** By place. */
    private final Map<String, Seen> folders = new ConcurrentHashMap<>();

    BucketSettling(Clock clock, Duration settle) {
        this.clock = clock;
        this.settle = settle;
    }

    boolean isSettled(BucketBundle bundle) {
        if (bundle.ready()) {
            return true;
        }
        Instant now = clock.instant();
        Seen seen = folders.compute(bundle.place(), (place, before) -> before != null
                && before.objects().equals(bundle.objects()) && !before.since().isAfter(now) ? before : new Seen(bundle.objects(), now));
        return !now.isBefore(seen.since().plus(settle));
    }

    /** They will not be asked about again. */
    void forgetThose(Predicate<String> places) {
        folders.keySet().removeIf(places);
    }

    private record Seen(List<BucketObject> objects, Instant since) {
    }
}
