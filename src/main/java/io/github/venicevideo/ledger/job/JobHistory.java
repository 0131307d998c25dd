package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.JobState;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The append-only history of jobs. */
public final class JobHistory {

    private JobHistory() {
    }

    /**
     * The state that a job has just reached, unless that is the last thing that is known of it; where it has ended or waits for
     * a person, there is something to tell.
     */
    static void reached(Handle handle, Job job) {
        if (!isSaid(handle, job)) {
            add(handle, job.id(), job.updatedAt(), job.state(), job.reason(), job.message());
        }
        if (job.state().isFinal() || job.state() == JobState.PARKED) {
            JobEvents.arise(handle, job);
        }
    }

    /** A job that may not be sent yet can wait for months, and look every two minutes. */
    private static boolean isSaid(Handle handle, Job job) {
        return job.state() == JobState.RECEIVED && handle.createQuery("SELECT COUNT(*) FROM job_history WHERE job_id = :id"
                        + " AND seq = (SELECT MAX(seq) FROM job_history WHERE job_id = :id)"
                        + " AND state = 'received' AND message = :message")
                .bind("id", job.id()).bind("message", job.message()).mapTo(Long.class).one() > 0;
    }

    /** Something that is to be known of a job, whose state stays, whatever it is by now. */
    static void note(Handle handle, String jobId, Instant at, String message) {
        JobState state = handle.createQuery("SELECT state FROM job WHERE id = :id").bind("id", jobId).mapTo(String.class)
                .map(JobState::of).one();
        add(handle, jobId, at, state, Optional.empty(), Optional.of(message));
    }

    public static void add(Handle handle, String jobId, Instant at, JobState state, Optional<String> reason,
            Optional<String> message) {
        handle.createUpdate("INSERT INTO job_history (job_id, seq, at, state, reason, message) VALUES (:id,"
                        + " (SELECT COALESCE(MAX(seq), 0) + 1 FROM job_history WHERE job_id = :id),"
                        + " :at, :state, :reason, :message)")
                .bind("id", jobId).bind("at", at).bind("state", state.toString())
                .bind("reason", reason).bind("message", message)
                .execute();
    }
}
