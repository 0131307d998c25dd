package io.github.venicevideo.ledger;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.BundlePlaces;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Scrub;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** What has been kept for long enough. Every method may be called again after a crash. */
public final class Retention {

    private static final int AT_ONCE = 200;
    private static final String NOT_IN_HAND = " AND filed = 1 AND lease_owner IS NULL ";

    private final Jdbi jdbi;

    Retention(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Jobs that ended in this state before then, and whose bundles are still kept; at most 200, oldest first. */
    public List<Job> bundlesSince(JobState state, Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE state = :state AND ended_at < :before"
                        + " AND folder IS NOT NULL" + NOT_IN_HAND + "ORDER BY ended_at LIMIT " + AT_ONCE)
                .bind("state", state.toString()).bind("before", before).mapTo(Job.class).list());
    }

    /** The bundle of a job that has ended is gone. */
    public void bundleRemoved(Job job) {
        jdbi.useTransaction(handle -> {
            int changed = handle.createUpdate("UPDATE job SET folder = NULL WHERE id = :id AND state = :state"
                            + " AND folder = :folder")
                    .bind("id", job.id()).bind("state", job.state().toString()).bind("folder", job.folder()).execute();
            if (changed == 1) {
                BundlePlaces.forget(handle, job.id());
            }
        });
    }

    /**
     * Jobs that were parked before then, and cost nothing: nothing of them may have been accepted. At most 200, oldest
     * first.
     */
    public List<Job> waitingSince(Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE state = 'parked' AND queue_id IS NULL"
                        + " AND reason IN ('needs-consent', 'consent-unknown', 'over-budget', 'no-price', 'duplicate')" + NOT_IN_HAND
                        + " AND updated_at < :before AND (SELECT MAX(at) FROM job_history h WHERE h.job_id = job.id) < :before"
                        + " AND NOT EXISTS (SELECT 1 FROM job_history d WHERE d.job_id = job.id AND d.reason = 'in-doubt')"
                        + " ORDER BY updated_at LIMIT " + AT_ONCE)
                .bind("before", before).mapTo(Job.class).list());
    }

    /**
     * Takes what they asked for out of the jobs that ended before then.
     *
     * @return how many of them there were
     */
    public int forgetWords(Instant before) {
        return jdbi.inTransaction(handle -> {
            List<Job> jobs = handle.createQuery("SELECT * FROM job WHERE erased = 0 AND state NOT IN"
                            + " ('received', 'submitting', 'parked', 'generating', 'retrieved')"
                            + " AND NOT EXISTS (SELECT 1 FROM errand WHERE errand.job_id = job.id AND errand.state = 'open')"
                            + " AND ended_at < :before" + NOT_IN_HAND + "ORDER BY ended_at LIMIT " + AT_ONCE)
                    .bind("before", before).mapTo(Job.class).list();
            jobs.forEach(job -> Scrub.words(handle, job));
            return jobs.size();
        });
    }
}
