package io.github.venicevideo.ledger;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Jobs;
import io.github.venicevideo.ledger.job.Scrub;
import io.github.venicevideo.ledger.remote.Deliveries;
import io.github.venicevideo.ledger.remote.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** What people ask of a ledger about single jobs; for a program that only reads it. */
public final class JobQuery {

    private final Jdbi jdbi;

    JobQuery(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Goes through the jobs, oldest first, however many there are; empty: those of all states. */
    public void each(Optional<JobState> state, Consumer<Job> each) {
        jdbi.useHandle(handle -> {
            try (var jobs = handle.createQuery("SELECT * FROM job" + (state.isPresent() ? " WHERE state = :state" : "") + " ORDER BY id")
                    .bindMap(state.map(one -> Map.of("state", one.toString())).orElse(Map.of()))
                    .mapTo(Job.class).stream()) {
                jobs.forEach(each);
            }
        });
    }

    /** The jobs that somebody may mean: by an id, a caller's reference, a {@code queue_id} or a bundle's name; the latest first. */
    public List<Job> meant(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE id = :name OR reference IN (:name, :digest)"
                        + " OR bundle = :name OR queue_id = :name ORDER BY id DESC")
                .bind("name", name).bind("digest", Scrub.digest(name)).mapTo(Job.class).list());
    }

    /** What became of a job, oldest first. */
    public List<HistoryEntry> history(String id) {
        return new Jobs(jdbi).history(id);
    }

    /** Where its video is, or is to go. */
    public List<Delivery> deliveries(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + Deliveries.COLUMNS
                        + " FROM delivery WHERE job_id = :id ORDER BY destination")
                .bind("id", id).mapTo(Delivery.class).list());
    }

    /** When a parked job goes on by itself; empty when it waits for a person. */
    public Optional<Instant> goesOnAt(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT resume_at FROM job WHERE id = :id AND state = 'parked'"
                + " AND resume_at IS NOT NULL").bind("id", id).mapTo(Instant.class).findOne());
    }

    /** How many jobs are sent before one that waits to be. */
    public long before(Job job) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM job WHERE state = 'received' AND api = :api"
                        + " AND (due_at < :due OR due_at = :due AND id < :id)")
                .bind("api", job.api()).bind("due", job.dueAt()).bind("id", job.id()).mapTo(Long.class).one());
    }

    /** Until when the provider's limits hold the next request to the queue; it may be over. */
    public Optional<Instant> nextRequest(KeyId key) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT next_at FROM limiter WHERE key_id = :key AND call = 'queue'")
                .bind("key", key.value()).mapTo(Instant.class).findOne());
    }
}
