package io.github.venicevideo.intake.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What one look into a bucket has seen.
 *
 * @param bundles in it, oldest first; whole, since no part ends in the middle of a "folder"
 * @param after the key that it begins behind; empty where it begins with the first
 * @param last the key that it ends with; empty where nothing comes after it
 */
record BucketPart(List<BucketBundle> bundles, String after, String last) {

    BucketPart {
        bundles = List.copyOf(bundles);
    }

    /** Whether an object of this key would have been seen. */
    boolean covers(String key) {
        return (after.isEmpty() || compare(after, key) < 0) && (last.isEmpty() || compare(key, last) <= 0);
    }

    /** In the order of listings, which is that of UTF-8 and not that of Java's characters. */
    private static int compare(String key, String other) {
        return Arrays.compareUnsigned(key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
