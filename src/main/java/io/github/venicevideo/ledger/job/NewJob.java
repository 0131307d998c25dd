package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.venice.request.VideoRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A job about to be recorded.
 *
 * @param state {@code received}; or the state that a job found in its work folder is known to have reached
 * @param reason as in {@link Job#reason()}
 * @param model set when the API had already answered
 * @param queueId set when the API had already answered
 * @param downloadUrl set when the API had already answered with one; a secret
 * @param submittedAt when it was sent; set when the API had already answered
 */
public record NewJob(
        String id,
        String bundle,
        String dropName,
        Optional<String> reference,
        JobState state,
        Optional<String> reason,
        Optional<String> message,
        Optional<String> detail,
        String api,
        VideoRequest request,
        JobOptions options,
        String contentHash,
        Optional<String> model,
        Optional<String> queueId,
        Optional<String> downloadUrl,
        Optional<Instant> submittedAt) {

    /** This job, parked, since it may have been paid for and nobody can tell. */
    public NewJob inDoubt(String why) {
        return new NewJob(id, bundle, dropName, reference, JobState.PARKED, Optional.of(Reason.IN_DOUBT.toString()), Optional.of(why),
                Optional.empty(), api, request, options, contentHash, Optional.empty(), Optional.empty(), downloadUrl, submittedAt);
    }

    /** This job, parked, since an earlier one asked for the same. */
    NewJob asDuplicateOf(EarlierJob earlier) {
        return new NewJob(id, bundle, dropName, reference, JobState.PARKED, Optional.of(Reason.DUPLICATE.toString()),
                Optional.of(earlier.sentence()),
                Optional.of("{\"duplicate_of\":\"" + earlier.id() + "\"}"), api, request, options, contentHash, model, queueId,
                downloadUrl, submittedAt);
    }
}
