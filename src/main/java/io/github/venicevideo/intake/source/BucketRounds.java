package io.github.venicevideo.intake.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Goes round each source's bucket, part by part: one look is bounded, and still everything in the bucket is seen. */
final class BucketRounds {

    /** So many objects are looked at in one go. */
    static final int USUAL = 20_000;

    private final int most;
    /** By source: the key that its next part begins behind. */
    private final Map<String, String> after = new ConcurrentHashMap<>();

    BucketRounds(int most) {
        this.most = most;
    }

    /** The next part of a source's bucket; after the last one it is the first again. */
    BucketPart next(String source, Bucket bucket) {
        String from = after.getOrDefault(source, "");
        BucketPart part = new BucketListing(source, bucket.name(), bucket.prefix()).part(from, bucket.list(from), most);
        after.put(source, part.last());
        return part;
    }
}
