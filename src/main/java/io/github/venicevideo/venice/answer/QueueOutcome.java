package io.github.venicevideo.venice.answer;

import java.util.List;
import java.util.Optional;

/** What an answer to {@code POST /video/queue} means for its job. */
public sealed interface QueueOutcome extends Outcome
        permits QueueOutcome.Accepted, QueueOutcome.NeedsConsent, QueueOutcome.ConsentsRefused, QueueOutcome.InDoubt,
        QueueOutcome.ServerError, QueueOutcome.NotSent, MediaChanged, Refused, Wait, AccountTrouble {

    /**
     * Accepted and charged.
     *
     * @param model the model to ask with from now on; the one sent where the answer names none
     * @param queueId safe in file names and URLs: letters, digits, {@code . _ -}
     * @param downloadUrl given for private models, and only this once
     */
    record Accepted(String model, String queueId, Optional<DownloadUrl> downloadUrl) implements QueueOutcome {
    }

    /**
     * A face was found; a person has to consent first. Not charged (contract, "Consent: 409").
     *
     * @param flow the object in {@code consents} that has to be filled, such as {@code seedance}
     * @param faceMediaRoles which inputs hold a face, such as {@code reference_image}
     * @param consentVersion informational, never sent back
     * @param policyText exactly as the server gave it, since its hash is part of an attestation: not cleaned, at most 1 MB;
     *                   empty where the server gave none, and then nobody can consent
     * @param docsUrl http or https, or empty
     * @param message what the server said
     */
    record NeedsConsent(String flow, List<String> faceMediaRoles, String consentVersion, String policyText,
                        String docsUrl, String message) implements QueueOutcome {
    }

    /** The model takes no {@code consents}, which went along. */
    record ConsentsRefused() implements QueueOutcome {
    }

    /**
     * The request may have been accepted and charged, and nobody can tell: never sent again by itself.
     *
     * @param status HTTP status, since an installation may trust its provider's 500; 0 where no answer came
     * @param message what was wrong with the answer, or what the call ended with
     */
    record InDoubt(int status, String message) implements QueueOutcome {
    }

    /**
     * A 500 where an installation takes it for a refusal: sent again a few times, though it may have been charged.
     *
     * @param message what was wrong with the answer
     */
    record ServerError(String message) implements QueueOutcome {
    }

    /**
     * No answer came, and the server can't have accepted it: sending again is safe.
     *
     * @param message what the call ended with
     */
    record NotSent(String message) implements QueueOutcome {
    }
}
