package io.github.venicevideo.ledger.job;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads jobs and their history. */
public final class Jobs {

    private final Jdbi jdbi;

    public Jobs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The job with that id. */
    public Optional<Job> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE id = :id")
                .bind("id", id).mapTo(Job.class).findOne());
    }

    /** The job that a caller recorded under a reference of its own. */
    public Optional<Job> findByReference(String reference) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE reference"
                        + " IN (:reference, :digest)")
                .bind("reference", reference).bind("digest", Scrub.digest(reference)).mapTo(Job.class).findOne());
    }

    /** The job that an API has accepted under a {@code queue_id}. */
    public Optional<Job> findByQueueId(String api, String queueId) {
        return jdbi.withHandle(handle -> QueueIds.owner(handle, api, queueId));
    }

    /**
     * The latest job out of a drop folder that was paid for, and failed since its video could not be had.
     *
     * @param bundle its name; empty for any
     * @param contentHashes any of which its content may be known by
     */
    public Optional<Job> notFetched(String dropName, Optional<String> bundle, List<String> contentHashes) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE content_hash IN (<hashes>) AND drop_name = :drop"
                        + " AND bundle = COALESCE(:bundle, bundle)"
                        + " AND state = 'failed' AND queue_id IS NOT NULL"
                        + " AND reason IN ('expired', 'retrieve-failed', 'download-failed') ORDER BY id DESC LIMIT 1")
                .bindList("hashes", contentHashes).bind("drop", dropName).bind("bundle", bundle).mapTo(Job.class).findOne());
    }

    /** Every job, oldest first. */
    public List<Job> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job ORDER BY id")
                .mapTo(Job.class).list());
    }

    /** What became of a job, oldest first. */
    public List<HistoryEntry> history(String id) {
        return jdbi.withHandle(handle -> handle
                .createQuery("SELECT at, state, reason, message FROM job_history WHERE job_id = :id ORDER BY seq")
                .bind("id", id).mapTo(HistoryEntry.class).list());
    }

    /** Completes the line of a job's history that says that it was sent, with what came of that; needs no lease. */
    public void answered(String id, String message) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE job_history SET message = :message WHERE job_id = :id"
                        + " AND message IS NULL AND seq = (SELECT MAX(seq) FROM job_history WHERE job_id = :id"
                        + " AND state = 'submitting')")
                .bind("id", id).bind("message", message).execute());
    }

    /** Whether any job belongs to another API than the named one. */
    public boolean anyOfOtherApi(String api) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM job WHERE api <> :api")
                .bind("api", api).mapTo(Long.class).one()) > 0;
    }
}
