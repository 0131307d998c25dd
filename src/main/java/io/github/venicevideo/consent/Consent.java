package io.github.venicevideo.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.ledger.Exchanges;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.QueueOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;

/**
 * Answers {@code 409 needs_consent} (contract, "Consent: 409"). It never agrees to anything: agreeing is a person's
 * legal statement, so the bundle is parked with the text that the person has to agree to.
 */
public final class Consent {

    /** Why a job is parked. */
    public static final String NEEDS_CONSENT = "needs-consent";

    private final Ledger ledger;

    public Consent(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Parks the job for a person, with the policy text and the media that it is about. */
    public Job park(@ExchangeProperty(Exchanges.JOB) Job job,
            @ExchangeProperty(Exchanges.ANSWER) QueueOutcome.NeedsConsent asked) throws JsonProcessingException {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("consent_flow", asked.flow());
        detail.put("face_media_roles", asked.faceMediaRoles());
        detail.put("consent_version", asked.consentVersion());
        detail.put("policy_text", asked.policyText());
        detail.put("docs_url", asked.docsUrl());
        return ledger.parked(job, NEEDS_CONSENT, "Venice found a human face in " + String.join(", ", asked.faceMediaRoles())
                + " and asks the person responsible to agree to its policy. Nothing was charged.\n\n"
                + asked.policyText(), Optional.of(Json.mapper().writeValueAsString(detail)));
    }
}
