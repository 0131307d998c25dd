package io.github.venicevideo.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Lets a "folder" of a bucket be taken when its listing has not changed for a while, or when it says itself that it is
 * whole. A single object always is: a bucket never shows a part of one.
 */
final class BucketSettling {

    private final Clock clock;
    private final Duration settle;
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
        Seen seen = folders.compute(key(bundle), (key, before) -> before != null
                && before.objects().equals(bundle.objects()) && !before.since().isAfter(now) ? before : new Seen(bundle.objects(), now));
        return !now.isBefore(seen.since().plus(settle));
    }

    /** Forgets what a source no longer holds. */
    void keepOnly(String source, List<BucketBundle> bundles) {
        Set<String> there = bundles.stream().map(BucketSettling::key).collect(Collectors.toSet());
        folders.keySet().removeIf(key -> key.startsWith(source + "/") && !there.contains(key));
    }

    private static String key(BucketBundle bundle) {
        return bundle.source() + "/" + bundle.base();
    }

    private record Seen(List<BucketObject> objects, Instant since) {
    }
}
