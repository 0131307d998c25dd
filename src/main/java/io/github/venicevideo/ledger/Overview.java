package io.github.venicevideo.ledger;

import io.github.venicevideo.api.JobState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** How many jobs there are of each kind, and how long they have been so. */
public final class Overview {

    private static final String STANDING = "SELECT MIN(COALESCE(stands_since, created_at)) FROM job WHERE state = :state";
    /** For these {@code stands_since} is when they were received; there are never more of them than workers. */
    private static final String SENDING = "SELECT MIN((SELECT MAX(h.at) FROM job_history h WHERE h.job_id = job.id"
            + " AND h.state = 'submitting')) FROM job WHERE state = :state";

    private final Supplier<Jdbi> sql;

    public Overview(Supplier<Jdbi> sql) {
        this.sql = sql;
    }

    /** How many jobs stand in each state; a state without jobs is left out. */
    public Map<JobState, Long> jobs() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT state, SUM(jobs) AS jobs FROM job_count GROUP BY state HAVING SUM(jobs) > 0")
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
        Map<JobState, Instant> oldest = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            if (!state.isFinal()) {
                sql.get().withHandle(handle -> handle.createQuery(state == JobState.SUBMITTING ? SENDING : STANDING)
                                .bind("state", state.toString()).mapTo(Instant.class).findOne())
                        .ifPresent(since -> oldest.put(state, since));
            }
        }
        return oldest;
    }

    /** Why nothing is sent with a key; empty while its gate is open. */
    public Optional<String> closedGate(KeyId key) {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT message FROM gate WHERE closed_at IS NOT NULL"
                + " AND key_id = :key").bind("key", key.value()).mapTo(String.class).findOne());
    }

    /** Why the API cannot be reached with a key, while any job waits for it; empty when it answers, or nobody needs it. */
    public Optional<String> unreached(KeyId key) {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT unreached_since, unreached FROM gate"
                        + " WHERE key_id = :key AND unreached_since IS NOT NULL")
                .bind("key", key.value())
                .map((row, context) -> "The API cannot be reached since " + Instant.ofEpochMilli(row.getLong("unreached_since"))
                        + ": " + row.getString("unreached") + ". What waits for it is kept, and goes on by itself.")
                .findOne()).filter(said -> waits(key));
    }

    /** Whether a job waits to be sent to a key's API, or to be asked about. */
    public boolean waits(KeyId key) {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT 1 FROM job WHERE api = :api"
                        + " AND state IN ('received', 'submitting', 'generating') LIMIT 1")
                .bind("api", key.api()).mapTo(Integer.class).findOne()).isPresent();
    }

    /** How many jobs are still in the making though they were alarmed about. */
    public long overdue() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM job WHERE state = 'generating'"
                + " AND alarmed_at IS NOT NULL").mapTo(Long.class).one());
    }

    /** All videos that were ever fetched, together. */
    public Fetched fetched() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT videos, polls, lag_ms FROM fetched")
                .map((row, context) -> new Fetched(row.getLong("videos"), row.getLong("polls"), row.getLong("lag_ms"))).one());
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
        return sql.get().withHandle(handle -> handle.createQuery("SELECT CASE reason WHEN '' THEN 'unknown' ELSE reason END"
                        + " AS reason, jobs FROM job_count WHERE state = :state AND jobs > 0")
                .bind("state", state.toString())
                .reduceRows(new TreeMap<>(), (counts, row) -> {
                    counts.put(row.getColumn("reason", String.class), row.getColumn("jobs", Long.class));
                    return counts;
                }));
    }
}
