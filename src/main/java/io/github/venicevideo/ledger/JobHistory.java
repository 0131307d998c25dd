package io.github.venicevideo.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The append-only history of jobs. */
final class JobHistory {

    private JobHistory() {
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
