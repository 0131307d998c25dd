package io.github.venicevideo.ledger.job;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The events of jobs that have ended or are parked, and alarms about others. One arises in the transaction of its change of
 * state, says what it says when the bundle is filed, and is marked as sent only after somebody took it.
 */
public final class JobEvents {

    private static final String ALARM = " type NOT IN ('delivered', 'failed', 'parked')";
    private static final String COLUMNS = "SELECT id, job_id, at, type, body FROM event";

    private final Jdbi jdbi;
    private final Clock clock;

    public JobEvents(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A job has ended or is parked: told of when its bundle is filed. */
    static void arise(Handle handle, Job job) {
        insert(handle, job.id(), job.updatedAt(), job.state().toString());
    }

    /** Something about a job that is told at once, wherever its bundle lies. */
    static void alarm(Handle handle, String jobId, Instant now, String type) {
        insert(handle, jobId, now, type);
        Errands.begin(handle, jobId, Due.UNSENT, now);
    }

    private static void insert(Handle handle, String jobId, Instant at, String type) {
        handle.createUpdate("INSERT INTO event (id, job_id, at, type) VALUES (:id, :jobId, :at, :type)")
                .bind("id", UUID.randomUUID().toString()).bind("jobId", jobId).bind("at", at).bind("type", type)
                .execute();
    }

    /** Whether a job has events that wait to be handed over. */
    static boolean waiting(Handle handle, String jobId) {
        return handle.createQuery("SELECT COUNT(*) FROM event WHERE job_id = :id AND sent_at IS NULL"
                        + " AND (body IS NOT NULL OR" + ALARM + ")")
                .bind("id", jobId).mapTo(Long.class).one() > 0;
    }

    /** A job's events that do not say anything yet, oldest first. */
    public List<JobEvent> unwritten(String jobId) {
        return list(" WHERE job_id = :id AND sent_at IS NULL AND body IS NULL", jobId);
    }

    /** Those of them that do not wait for the bundle to be filed. */
    public List<JobEvent> unwrittenAlarms(String jobId) {
        return list(" WHERE job_id = :id AND sent_at IS NULL AND body IS NULL AND" + ALARM, jobId);
    }

    /** What an event says from now on; once said, it stays. */
    public void written(String eventId, String body) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE event SET body = :body WHERE id = :id AND body IS NULL")
                .bind("body", body).bind("id", eventId).execute());
    }

    /** A job's events that wait to be handed over, oldest first. */
    public List<JobEvent> unsent(String jobId) {
        return list(" WHERE job_id = :id AND sent_at IS NULL AND body IS NOT NULL", jobId);
    }

    /** An event has been handed over, or nobody wants it. */
    public void sent(String eventId) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE event SET sent_at = :now WHERE id = :id")
                .bind("now", clock.instant()).bind("id", eventId).execute());
    }

    /**
     * All that a job had to tell has been handed over; where more has come up meanwhile, it goes on.
     *
     * @param job as it was claimed for that
     */
    public void told(Job job) {
        jdbi.useTransaction(handle -> {
            if (!waiting(handle, job.id())) {
                Errands.done(handle, Due.UNSENT, job);
            }
        });
    }

    private List<JobEvent> list(String condition, String jobId) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + condition + " ORDER BY at, id")
                .bind("id", jobId).mapTo(JobEvent.class).list());
    }
}
