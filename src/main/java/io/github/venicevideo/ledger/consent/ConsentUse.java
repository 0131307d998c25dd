package io.github.venicevideo.ledger.consent;

import io.github.venicevideo.api.AttestedMedium;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job rests on an attestation. Recorded before the request goes out with it.
 *
 * @param at when that was decided
 * @param grant which of the job's grants it belongs to, from 1; a job that needed to be asked about again has several
 * @param attestationId in the consent store, whichever that is
 * @param by who attested; empty once that is erased
 * @param policyHash the text that the provider asked about; empty where nobody had been shown one
 * @param confirmed the statements made, by the provider's names
 * @param media of this job that the attestation covers
 * @param asked whether the provider, or a person, was asked about this job; else it rests on what was known before
 */
public record ConsentUse(String jobId, Instant at, int grant, String attestationId, Optional<String> by, String flow,
                         Optional<String> policyHash, List<String> confirmed, List<AttestedMedium> media,
                         boolean asked) {

    public ConsentUse {
        confirmed = List.copyOf(confirmed);
        media = List.copyOf(media);
    }
}
