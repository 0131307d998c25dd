package io.github.venicevideo.ledger.remote;

import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Errands;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobHistory;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What became of the remote copies of delivered videos, and of the links of rejected ones. Whoever says so has claimed the
 * job for that; once that lease is another's, what is said changes nothing.
 */
public final class CleanUps {

    private final Jdbi jdbi;
    private final Clock clock;
    private final Errands errands;

    public CleanUps(Jdbi jdbi, Clock clock, Errands errands) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.errands = errands;
    }

    /** How often a job's remote copy could not be deleted so far. */
    public int tries(String jobId) {
        return errands.tries(Due.CLEANUP, jobId);
    }

    /** Whether anything of a job's was to be deleted, or was. */
    public boolean isBegun(String jobId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM errand WHERE job_id = :id"
                + " AND kind = 'cleanup'").bind("id", jobId).mapTo(Long.class).one()) > 0;
    }

    /** It is gone. */
    public void deleted(Job job, String message) {
        end(job, "deleted", message);
    }

    /** It is left where it is, for good. */
    public void kept(Job job, String message) {
        end(job, "kept", message);
    }

    /** It could not be deleted now: tried again at a given time. */
    public void later(Job job, Instant dueAt, String message) {
        errands.later(Due.CLEANUP, job, dueAt, Optional.of(message));
    }

    private void end(Job job, String state, String message) {
        jdbi.useTransaction(handle -> {
            int ended = handle.createUpdate("UPDATE errand SET state = :state, message = :message, lease_owner = NULL,"
                            + " lease_until = NULL" + Errands.HELD + " AND state = 'open'")
                    .bind("state", state).bind("message", message).bind("id", job.id())
                    .bind("kind", Errands.name(Due.CLEANUP)).bind("owner", job.leaseOwner()).execute();
            if (ended > 0) {
                note(handle, job, message);
            }
        });
    }

    /** In the job's history, though its state stays. */
    private void note(Handle handle, Job job, String message) {
        JobHistory.add(handle, job.id(), clock.instant(), job.state(), Optional.empty(), Optional.of(message));
    }
}
