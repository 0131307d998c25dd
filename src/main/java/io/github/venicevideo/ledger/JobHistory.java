package io.github.venicevideo.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The append-only history of jobs. */
final class JobHistory {

    private JobHistory() {
    }

    /** The state that a job has just reached; where it has ended or waits for a person, there is something to tell. */
    static void reached(Handle handle, Job job) {
        add(handle, job.id(), job.updatedAt(), job.state(), job.reason(), job.message());
        if (job.state().isFinal() || job.state() == JobState.PARKED) {
            JobEvents.arise(handle, job);
        }
    }

    static void add(Handle handle, String jobId, Instant at, JobState state, Optional<String> reason,
            Optional<String> message) {
        handle.createUpdate("INSERT INTO job_history (job_id, seq, at, state, reason, message) VALUES (:id,"
                        + " (SELECT COALESCE(MAX(seq), 0) + 1 FROM job_history WHERE job_id = :id),"
                        + " :at, :state, :reason, :message)")
                .bind("id", jobId).bind("at", at).bind("state", state.toString())
                .bind("reason", reason).bind("message", message)
                .execute();
    }
}
