package io.github.venicevideo.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One destination of one job.
 *
 * @param destination the destination's configured name
 * @param name what the video is called there; reserved before anything is written
 * @param location where it went, once it is there and checked
 */
public record Delivery(String destination, String name, Optional<String> location, Optional<Instant> deliveredAt) {

    /** Whether the video is there, and was checked there. */
    public boolean isDone() {
        return deliveredAt.isPresent();
    }
}
