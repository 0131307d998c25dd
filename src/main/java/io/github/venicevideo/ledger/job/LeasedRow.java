package io.github.venicevideo.ledger.job;

import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The row of a job in hand: it changes only for the claim that holds it. */
final class LeasedRow {

    private LeasedRow() {
    }

    /**
     * Changes columns of a job.
     *
     * @param assignments SQL, in which {@code :now} is bound
     * @param values what else is bound in it
     * @throws LeaseLostException when another has it, or nobody
     */
    static Job update(Handle handle, Job job, Instant now, String assignments, Map<String, ?> values) {
        return handle.createQuery("UPDATE job SET updated_at = :now, " + assignments
                        + " WHERE id = :id AND lease_owner = :owner RETURNING *")
                .bindMap(values)
                .bind("now", now)
                .bind("id", job.id())
                .bind("owner", job.leaseOwner())
                .mapTo(Job.class)
                .findOne()
                .orElseThrow(() -> new LeaseLostException(job.id()));
    }
}
