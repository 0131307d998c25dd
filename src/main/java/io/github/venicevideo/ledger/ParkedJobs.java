package io.github.venicevideo.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Jobs that wait for a person. */
public final class ParkedJobs {

    private final Jdbi jdbi;
    private final Clock clock;
    private final Supplier<String> owners;

    /** @param owners a name for each claim */
    ParkedJobs(Jdbi jdbi, Clock clock, Supplier<String> owners) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.owners = owners;
    }

    /**
     * Takes a job whose answer is about to be carried out, before anything in its work folder is touched.
     *
     * @param job as it was when the answer was read
     * @return the same with its lease; empty where it does not wait any more, waits anew, or is in another's hands
     */
    public Optional<Job> claim(Job job, Duration lease) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery("UPDATE job SET lease_owner = :owner, lease_until = :until"
                        + " WHERE id = :id AND state = 'parked' AND filed = 1 AND updated_at = :parkedAt"
                        + " AND (lease_owner IS NULL OR lease_until < :now) RETURNING *")
                .bind("owner", owners.get()).bind("until", now.plus(lease)).bind("id", job.id())
                .bind("parkedAt", job.updatedAt()).bind("now", now)
                .mapTo(Job.class).findOne());
    }

    /**
     * Those that wait for one reason, oldest first.
     *
     * @param until those that were parked later are left out
     */
    public List<Job> waitingFor(String reason, Instant until) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE state = 'parked' AND filed = 1"
                        + " AND reason = :reason AND updated_at <= :until ORDER BY id")
                .bind("reason", reason).bind("until", until).mapTo(Job.class).list());
    }
}
