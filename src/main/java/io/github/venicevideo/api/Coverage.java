package io.github.venicevideo.api;

import java.util.Map;
import java.util.Set;

/**
 * What a store knows of some media, by their SHA-256. A medium that is nowhere in it was never heard of under this policy.
 *
 * @param attested those that an attestation in force covers, each with the latest one
 * @param revoked those of which consent was taken back, and not given again since, under whatever policy
 * @param expired those whose attestations under this policy have all run out
 */
public record Coverage(Map<String, Attestation> attested, Set<String> revoked, Set<String> expired) {

    public Coverage {
        attested = Map.copyOf(attested);
        revoked = Set.copyOf(revoked);
        expired = Set.copyOf(expired);
    }

    /** Nothing is known. */
    public static Coverage none() {
        return new Coverage(Map.of(), Set.of(), Set.of());
    }
}
