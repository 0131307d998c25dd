package io.github.venicevideo.venice.answer;

import java.util.Optional;
import java.util.OptionalLong;

/** What an answer to {@code POST /video/retrieve} means for its job (contract, "POST /video/retrieve"). */
public sealed interface RetrieveOutcome extends Outcome
        permits RetrieveOutcome.Processing, RetrieveOutcome.Video, RetrieveOutcome.Completed, RetrieveOutcome.Failed,
        RetrieveOutcome.Expired, Wait, AccountTrouble, Retry {

    /**
     * Still being made.
     *
     * @param averageMs the model's P80 in milliseconds, within 1 s to 1 h, where told
     * @param executionMs how long this job has run, in milliseconds, within 0 to 48 h, where told
     */
    record Processing(OptionalLong averageMs, OptionalLong executionMs) implements RetrieveOutcome {
    }

    /** Done: the body of the message is the file, unread. */
    record Video() implements RetrieveOutcome {
    }

    /**
     * Done: the file waits at the job's {@code download_url}.
     *
     * @param url where this answer says that it waits, as for an upscale
     */
    record Completed(Optional<DownloadUrl> url) implements RetrieveOutcome {
    }

    /**
     * The provider gave up on it.
     *
     * @param code such as {@code provider_content_policy}
     * @param message what the server said
     * @param creditsRefunded whether the price was given back, where told
     * @param recommendedModel a model that would do it
     */
    record Failed(String code, String message, Optional<Boolean> creditsRefunded, Optional<String> recommendedModel)
            implements RetrieveOutcome {
    }

    /**
     * Unknown, expired or deleted.
     *
     * @param message what the server said
     */
    record Expired(String message) implements RetrieveOutcome {
    }
}
