package io.github.venicevideo.ledger;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** How many jobs there are of each kind, and how long they have been so. */
public final class Overview {

    private final Supplier<Jdbi> sql;

    Overview(Supplier<Jdbi> sql) {
        this.sql = sql;
    }

    /** How many jobs stand in each state; a state without jobs is left out. */
    public Map<JobState, Long> jobs() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT state, COUNT(*) AS jobs FROM job GROUP BY state")
                .reduceRows(new EnumMap<>(JobState.class), (counts, row) -> {
                    counts.put(JobState.of(row.getColumn("state", String.class)), row.getColumn("jobs", Long.class));
                    return counts;
                }));
    }

    /** How many jobs are parked, by reason. */
    public Map<String, Long> parked() {
        return byReason(JobState.PARKED);
    }

    /** How many jobs have failed, by reason. */
    public Map<String, Long> failed() {
        return byReason(JobState.FAILED);
    }

    /** Since when the job that has stood longest in a state does so; for states that are not final. */
    public Map<JobState, Instant> oldest() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT job.state AS state, MIN(job_history.at) AS since FROM job"
                        + " JOIN job_history ON job_history.job_id = job.id AND job_history.seq ="
                        + " (SELECT MAX(last.seq) FROM job_history last WHERE last.job_id = job.id)"
                        + " WHERE job.state IN ('received', 'submitting', 'generating', 'retrieved', 'parked')"
                        + " GROUP BY job.state")
                .reduceRows(new EnumMap<>(JobState.class), (oldest, row) -> {
                    oldest.put(JobState.of(row.getColumn("state", String.class)), row.getColumn("since", Instant.class));
                    return oldest;
                }));
    }

    /** Why nothing is sent, for each key whose gate is closed. */
    public List<String> closedGates() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT message FROM gate WHERE closed_at IS NOT NULL"
                + " ORDER BY closed_at").mapTo(String.class).list());
    }

    /** How many jobs are still in the making though they were alarmed about. */
    public long overdue() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM job WHERE state = 'generating'"
                + " AND alarmed_at IS NOT NULL").mapTo(Long.class).one());
    }

    /** All videos that were ever fetched, together. */
    public Fetched fetched() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT COUNT(*) AS videos,"
                        + " COALESCE(SUM(polls), 0) AS polls,"
                        + " COALESCE(SUM(completed_at - COALESCE(polled_at, submitted_at, completed_at)), 0) AS lag"
                        + " FROM job WHERE completed_at IS NOT NULL")
                .map((row, context) -> new Fetched(row.getLong("videos"), row.getLong("polls"), row.getLong("lag"))).one());
    }

    /**
     * Videos that are on local disk, or were.
     *
     * @param polls how often they were asked about before
     * @param lagMs from each one's last answer that it was still being made until it was on disk, in milliseconds: the most
     *         that it can have waited, and the time that its bytes took
     */
    public record Fetched(long videos, long polls, long lagMs) {
    }

    private Map<String, Long> byReason(JobState state) {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT reason, COUNT(*) AS jobs FROM job"
                        + " WHERE state = :state GROUP BY reason")
                .bind("state", state.toString())
                .reduceRows(new TreeMap<>(), (counts, row) -> {
                    counts.put(row.getColumn("reason", String.class), row.getColumn("jobs", Long.class));
                    return counts;
                }));
    }
}
