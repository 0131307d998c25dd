package io.github.venicevideo.ledger.consent;

import io.github.venicevideo.api.AttestedMedium;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An attestation, and one job that rests on it.
 *
 * @param kind {@code given}, {@code standing} or {@code manifest}; empty when another store keeps the attestation
 * @param by the person; empty once erased
 * @param at when it was given; empty when another store keeps it
 * @param policyHash which text it is about; empty when nobody was shown one
 * @param way how it came in
 * @param note what it rests on; empty once erased
 * @param revokedAt when it was taken back whole
 * @param media that it covers, or, for a job, those of the job; what was erased is not in it
 * @param revokedMedia digests of those of which alone consent was taken back since
 * @param use the job; empty while none rests on it
 */
public record ConsentRow(String attestationId, Optional<String> kind, Optional<String> by, Optional<Instant> at,
                         String flow, Optional<String> policyHash, Optional<String> way, Optional<String> note,
                         Optional<Instant> validUntil, Optional<Instant> revokedAt, List<AttestedMedium> media,
                         List<String> revokedMedia, Optional<Use> use) {

    /**
     * A job that rests on it.
     *
     * @param at when that was decided, before the request went out
     * @param superseded whether the job was granted something else since
     * @param bundle name for people; empty once erased
     * @param state empty when the ledger no longer knows the job
     * @param videoSha256 of the video, once it was fetched
     * @param locations where it was delivered to
     */
    public record Use(String jobId, Instant at, boolean superseded, Optional<String> bundle, Optional<String> state,
                      Optional<String> videoSha256, List<String> locations) {
    }
}
