package io.github.venicevideo.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A job in the making, as far as it matters for when to ask about it.
 *
 * @param id the job's
 * @param model the model to ask with
 * @param submittedAt when the API accepted it
 * @param askedAt when it was asked about last
 * @param dueAt not to be asked about before
 */
public record InFlight(String id, String model, Instant submittedAt, Optional<Instant> askedAt, Instant dueAt) {

    /** Whether the last answer could not be used, and the job is to be asked about again at a time of its own. */
    public boolean isTroubled() {
        return askedAt.filter(dueAt::isAfter).isPresent();
    }

    /** The same, asked about at that time. */
    public InFlight asked(Instant at) {
        return new InFlight(id, model, submittedAt, Optional.of(at), dueAt);
    }
}
