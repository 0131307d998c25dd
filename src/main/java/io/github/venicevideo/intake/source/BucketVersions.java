package io.github.venicevideo.intake.source;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Names bundles by the version of their content, where their bucket keeps versions. */
final class BucketVersions {

    /** By place, of what stays in its bucket, so that each look does not ask for it again. */
    private final Map<String, Named> known = new ConcurrentHashMap<>();

    /** A bundle with its version; empty when it has been changed since it was listed. */
    Optional<BucketBundle> named(BucketBundle listed, Bucket bucket) {
        Optional<String> id = Optional.ofNullable(known.get(listed.place()))
                .filter(named -> named.reference().equals(listed.reference())).map(Named::id).or(() -> bucket.versionId(listed.trigger()));
        if (!bucket.removes()) {
            id.ifPresent(version -> known.put(listed.place(), new Named(listed.reference(), version)));
        }
        return id.map(version -> version.isEmpty() ? listed : listed.withVersionId(version));
    }

    /** A bundle could not be taken: it is asked about again. */
    void forget(BucketBundle bundle) {
        known.remove(bundle.place());
    }

    /** They will not be asked about again. */
    void forgetThose(Predicate<String> places) {
        known.keySet().removeIf(places);
    }

    /** @param reference as it is listed, by ETag and time */
    private record Named(String reference, String id) {
    }
}
