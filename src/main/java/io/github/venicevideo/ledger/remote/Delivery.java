package io.github.venicevideo.ledger.remote;

import java.time.Instant;
import java.util.Optional;

/**
 * One destination of one job.
 *
 * @param destination the destination's configured name
 * @param name what the video is called there, with its folders and without an extension; reserved before anything is written
 * @param location where it went, once it is there and checked
 * @param begunAt when the name was found to be free there, and writing under it began
 * @param trouble why the last try failed, as a sentence without secrets
 * @param troubleSince when the first of the tries failed that have failed since
 * @param givenUpAt when an optional destination was given up
 * @param uploadKey the object that a multipart upload was to become, which was begun there and may be unfinished
 * @param uploadId the store's own name for that upload
 */
public record Delivery(String destination, String name, Optional<String> location, Optional<Instant> deliveredAt,
                       Optional<Instant> begunAt, Optional<String> trouble, Optional<Instant> troubleSince,
                       Optional<Instant> givenUpAt, Optional<String> uploadKey, Optional<String> uploadId) {

    /** Whether the video is there, and was checked there. */
    public boolean isDone() {
        return deliveredAt.isPresent();
    }

    /** Whether nothing more is tried: it is there, or it was given up. */
    public boolean isSettled() {
        return isDone() || givenUpAt.isPresent();
    }
}
