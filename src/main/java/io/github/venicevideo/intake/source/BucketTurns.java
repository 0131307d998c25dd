package io.github.venicevideo.intake.source;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Puts what could not be taken, or not be removed, behind all else that a bucket holds, so that it holds up nothing. */
final class BucketTurns {

    private final Map<String, Long> failed = new ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong();

    /** First what has not failed, as it is given; then the others, the one that failed last at the end. */
    List<BucketBundle> inTurn(List<BucketBundle> found) {
        Map<String, Long> last = Map.copyOf(failed);
        return found.stream().sorted(Comparator.comparingLong(bundle -> last.getOrDefault(bundle.place(), 0L))).toList();
    }

    void failed(BucketBundle bundle) {
        failed.put(bundle.place(), failures.incrementAndGet());
    }

    void worked(BucketBundle bundle) {
        failed.remove(bundle.place());
    }

    /** They will not be asked about again. */
    void forgetThose(Predicate<String> places) {
        failed.keySet().removeIf(places);
    }
}
