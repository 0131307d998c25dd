package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.JobNotDeliveredException;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.venice.request.VideoRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the ledger: one request for one video.
 *
 * @param id primary key, and the name of its work folder; sorts by time
 * @param bundle name of what was dropped, for people
 * @param dropName which drop folder it came from; {@code direct} for a call
 * @param reference the caller's own name for it, unique
 * @param reason why it is parked or failed, as a code
 * @param message the same as a sentence
 * @param detail more on the reason as JSON, such as the fields at fault or the policy text
 * @param api which API it was, or will be, sent to
 * @param contentHash SHA-256 over the canonical request and its media
 * @param attempts how many times a POST was begun
 * @param model the model to ask with, as the queue answered it (contract, POST /video/retrieve)
 * @param price in micro-dollars
 * @param pricedAt when that price was told
 * @param approved the reason for parking that a person has approved
 * @param approvedPrice up to which price a person has approved it, in micro-dollars
 * @param polls how many times it was asked about
 * @param averageMs the API's own average for the model (a P80), in milliseconds
 * @param troubleCount answers in a row that could not be used
 * @param serverErrors how many of the answers since the last usable one were a 500; or, once it should be forgotten, a refusal
 * @param dueAt when the next step may be taken
 * @param leaseOwner the claim that holds it, or the errand that it was claimed for, while a worker has it in hand
 * @param filed whether the bundle lies where its state wants it
 * @param folder where it lies then
 */
public record Job(
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
        int attempts,
        Optional<String> model,
        Optional<String> queueId,
        Optional<Long> price,
        Optional<Instant> pricedAt,
        Optional<String> approved,
        Optional<Long> approvedPrice,
        Optional<Instant> submittedAt,
        int polls,
        Optional<Instant> polledAt,
        Optional<Long> averageMs,
        int troubleCount,
        int serverErrors,
        Optional<Instant> completedAt,
        Optional<Video> video,
        Instant dueAt,
        Optional<String> leaseOwner,
        boolean filed,
        Optional<String> folder,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> endedAt) {

    /** The same job in the hands of a claim of something beside its own state, which lets that state alone. */
    Job heldBy(String claim) {
        return new Job(id, bundle, dropName, reference, state, reason, message, detail, api, request, options, contentHash,
                attempts, model, queueId, price, pricedAt, approved, approvedPrice, submittedAt, polls, polledAt, averageMs,
                troubleCount, serverErrors, completedAt, video, dueAt, Optional.of(claim), filed, folder, createdAt,
                updatedAt, endedAt);
    }

    /** Whether the API has accepted it, so that it was paid for. */
    public boolean isPaid() {
        return queueId.isPresent();
    }

    /** The id of the first take of its bundle; its own, where it is that. */
    public String firstTake() {
        return options.take() > 1 ? id.substring(0, id.lastIndexOf('-')) : id;
    }

    /** What a caller is told who waits for its video in vain. */
    public JobNotDeliveredException notDelivered() {
        return new JobNotDeliveredException(id, state, reason, message);
    }
}
