package io.github.venicevideo.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Jobs that wait for a person. */
public final class ParkedJobs {

    private final Jdbi jdbi;

    ParkedJobs(Jdbi jdbi) {
        this.jdbi = jdbi;
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
