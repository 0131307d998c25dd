package io.github.venicevideo.ledger.consent;

import io.github.venicevideo.api.Policy;
import java.time.Instant;
import java.util.Optional;

/**
 * One link of the chain of all that happened to consents. It tells of no person: what does stands in {@code facts} as a
 * salted commitment, so that it can be erased and the chain still holds.
 *
 * @param seq its place, from 1, without gaps
 * @param kind {@code attestation}, {@code revocation}, {@code use} or {@code erasure}
 * @param subject what it is about: an attestation's or a revocation's id
 * @param facts JSON, as it was hashed; {@code commitments} holds a digest for each name of {@code consent_secret}
 * @param prevHash the hash of the entry before it; empty for the first
 */
public record ConsentEntry(long seq, Instant at, String kind, String subject, Optional<String> jobId, String facts,
                           String prevHash, String hash) {

    /** The hash that an entry with these contents has. */
    public static String hash(long seq, Instant at, String kind, String subject, Optional<String> jobId, String facts,
            String prevHash) {
        return Policy.hashOf(String.join("\n", prevHash, Long.toString(seq), Long.toString(at.toEpochMilli()), kind,
                subject, jobId.orElse(""), facts));
    }

    /** Whether its hash is that of its contents. */
    public boolean isWhole() {
        return hash.equals(hash(seq, at, kind, subject, jobId, facts, prevHash));
    }

    /** What stands in an entry for something that tells of a person. */
    public static String commitment(String salt, String name, String value) {
        return Policy.hashOf(String.join("\n", salt, name, value));
    }
}
