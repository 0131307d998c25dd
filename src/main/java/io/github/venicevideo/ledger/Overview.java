package io.github.venicevideo.ledger;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
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

    /** How many jobs are parked, by reason; {@code unknown} for those that were put back without one. */
    public Map<String, Long> parked() {
        return byReason(JobState.PARKED);
    }

    /** How many jobs have failed, by reason; {@code unknown} as for those that are parked. */
    public Map<String, Long> failed() {
        return byReason(JobState.FAILED);
    }

    /**
     * Since when the job that has stood longest in a state does so; for states that are not final. A job that is sent in
     * vain again and again has been {@code received} all the time.
     */
    public Map<JobState, Instant> oldest() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT state, MIN(since) AS since FROM (SELECT job.state AS state,"
                        + " (SELECT MIN(h.at) FROM job_history h WHERE h.job_id = job.id AND h.seq > COALESCE("
                        + "(SELECT MAX(o.seq) FROM job_history o WHERE o.job_id = job.id AND o.state <> job.state"
                        + " AND NOT (job.state = 'received' AND o.state = 'submitting')), 0)) AS since FROM job"
                        + " WHERE job.state IN ('received', 'submitting', 'generating', 'retrieved', 'parked')) standing"
                        + " WHERE since IS NOT NULL GROUP BY state")
                .reduceRows(new EnumMap<>(JobState.class), (oldest, row) -> {
                    oldest.put(JobState.of(row.getColumn("state", String.class)), row.getColumn("since", Instant.class));
                    return oldest;
                }));
    }

    /** Why nothing is sent with a key; empty while its gate is open. */
    public Optional<String> closedGate(KeyId key) {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT message FROM gate WHERE closed_at IS NOT NULL"
                + " AND key_id = :key").bind("key", key.value()).mapTo(String.class).findOne());
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
        return sql.get().withHandle(handle -> handle.createQuery("SELECT COALESCE(reason, 'unknown') AS reason,"
                        + " COUNT(*) AS jobs FROM job WHERE state = :state GROUP BY COALESCE(reason, 'unknown')")
                .bind("state", state.toString())
                .reduceRows(new TreeMap<>(), (counts, row) -> {
                    counts.put(row.getColumn("reason", String.class), row.getColumn("jobs", Long.class));
                    return counts;
                }));
    }
}
