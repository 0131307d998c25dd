package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Finds the job that already asks for the same content: in flight, parked, charged and failed, or delivered within a
 * day. Takes of one bundle are not duplicates of each other.
 */
final class Duplicates {

    private static final Duration REMEMBERED = Duration.ofHours(24);

    private Duplicates() {
    }

    static Optional<EarlierJob> of(Handle handle, NewJob job, Set<String> formerHashes, Instant now) {
        if (job.state() != JobState.RECEIVED || job.contentHash().isEmpty() || job.options().allowDuplicate()) {
            return Optional.empty();
        }
        String first = job.options().take() > 1 ? job.id().substring(0, job.id().lastIndexOf('-')) : job.id();
        return handle.createQuery("SELECT id, bundle, state, price, (SELECT location FROM delivery"
                        + " WHERE job_id = job.id AND location IS NOT NULL ORDER BY destination LIMIT 1) AS location FROM job WHERE content_hash IN (<hashes>) AND id <> :first"
                        + " AND id NOT LIKE :takes AND (state NOT IN ('failed', 'delivered')"
                        + " OR (state = 'failed' AND queue_id IS NOT NULL AND COALESCE(reason, '') <> 'generation-refunded')"
                        + " OR (state = 'delivered' AND ended_at > :since)) ORDER BY id LIMIT 1")
                .bindList("hashes", Stream.concat(Stream.of(job.contentHash()), formerHashes.stream()).toList())
                .bind("first", first)
                .bind("takes", first + "-%")
                .bind("since", now.minus(REMEMBERED))
                .map((row, context) -> new EarlierJob(row.getString("id"), row.getString("bundle"), row.getString("state"),
                        Optional.ofNullable(row.getString("location")),
                        Optional.of(row.getLong("price")).filter(price -> price > 0)))
                .findOne();
    }
}
