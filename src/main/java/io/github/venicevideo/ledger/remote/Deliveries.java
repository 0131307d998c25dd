package io.github.venicevideo.ledger.remote;

import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Wakeups;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** Which destination has which video under which name, and what stands in the way of those that do not. */
public final class Deliveries {

    public static final String COLUMNS = "destination, name, location, delivered_at, begun_at, trouble, trouble_since,"
            + " given_up_at, upload_key, upload_id";
    private static final String ONE = " WHERE job_id = :id AND destination = :destination";

    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Wakeups wakeups;

    public Deliveries(Jdbi jdbi, Clock clock, Wakeups wakeups) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.wakeups = wakeups;
    }

    /** The deliveries of a job that have been begun, are done, or were given up. */
    public List<Delivery> of(String jobId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS
                        + " FROM delivery WHERE job_id = :id ORDER BY destination")
                .bind("id", jobId).mapTo(Delivery.class).list());
    }

    /** One delivery of a job, when it has been begun. */
    public Optional<Delivery> of(String jobId, String destination) {
        return of(jobId).stream().filter(delivery -> delivery.destination().equals(destination)).findFirst();
    }

    /**
     * Reserves a name at a destination for a job; a job that has one there keeps it.
     *
     * @return the name that the job has there, or empty when another job has the wanted one
     */
    public Optional<String> reserve(String jobId, String destination, String name) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("INSERT INTO delivery (job_id, destination, name)"
                            + " VALUES (:id, :destination, :name) ON CONFLICT DO NOTHING")
                    .bind("id", jobId).bind("destination", destination).bind("name", name)
                    .execute();
            return handle.createQuery("SELECT name FROM delivery" + ONE)
                    .bind("id", jobId).bind("destination", destination)
                    .mapTo(String.class)
                    .findOne();
        });
    }

    /**
     * Writing begins.
     *
     * @param name the reserved one, or another where somebody else's file bears that
     */
    public void begun(String jobId, String destination, String name) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE delivery SET name = :name, begun_at = COALESCE(begun_at, :now)"
                        + ONE)
                .bind("name", name).bind("now", clock.instant()).bind("id", jobId).bind("destination", destination)
                .execute());
    }

    /** A multipart upload is about to begin: where a kill keeps its id from us, it is found by its key. */
    public void uploadBegins(String jobId, String destination, String key) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE delivery SET upload_key = :key, upload_id = NULL" + ONE)
                .bind("key", key).bind("id", jobId).bind("destination", destination)
                .execute());
    }

    /** A multipart upload has begun; no part of it is sent before this returns. */
    public void uploading(String jobId, String destination, String key, String uploadId) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE delivery SET upload_key = :key, upload_id = :upload" + ONE)
                .bind("key", key).bind("upload", uploadId)
                .bind("id", jobId).bind("destination", destination)
                .execute());
    }

    /** The multipart upload that was begun is complete, or its parts are removed. */
    public void uploaded(String jobId, String destination) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE delivery SET upload_key = NULL, upload_id = NULL" + ONE)
                .bind("id", jobId).bind("destination", destination)
                .execute());
    }

    /** The video is at a destination, and was checked there: whatever else waits for that destination is tried at once. */
    public void done(String jobId, String destination, String location) {
        int awake = jdbi.inTransaction(handle -> {
            handle.createUpdate("UPDATE delivery SET location = :location, delivered_at = :now, trouble = NULL,"
                            + " trouble_since = NULL, trouble_at = NULL, given_up_at = NULL, upload_key = NULL,"
                            + " upload_id = NULL" + ONE)
                    .bind("location", location).bind("now", clock.instant())
                    .bind("id", jobId).bind("destination", destination)
                    .execute();
            return handle.createUpdate("UPDATE job SET due_at = :now WHERE state = 'retrieved' AND lease_owner IS NULL"
                            + " AND due_at > :now AND id IN (SELECT job_id FROM delivery WHERE destination = :destination"
                            + " AND trouble IS NOT NULL AND delivered_at IS NULL)")
                    .bind("now", clock.instant()).bind("destination", destination)
                    .execute();
        });
        if (awake > 0) {
            wakeups.wake(Due.RETRIEVED);
        }
    }

    /** Whether a video was ever brought into a folder, as far as the ledger remembers. */
    public boolean anyIn(String destination, Path folder) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM delivery WHERE destination = :destination"
                        + " AND delivered_at IS NOT NULL AND substr(location, 1, length(:folder)) = :folder)")
                .bind("destination", destination).bind("folder", folder + "/").mapTo(Boolean.class).one());
    }

    /**
     * A try has failed.
     *
     * @param message why, as a sentence without secrets
     */
    public void troubled(String jobId, String destination, String message) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE delivery SET trouble = :message, trouble_at = :now,"
                        + " trouble_since = COALESCE(trouble_since, :now)" + ONE)
                .bind("message", message).bind("now", clock.instant())
                .bind("id", jobId).bind("destination", destination)
                .execute());
    }

    /** An optional destination is not tried any longer for this job. */
    public void givenUp(String jobId, String destination) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE delivery SET given_up_at = :now" + ONE)
                .bind("now", clock.instant()).bind("id", jobId).bind("destination", destination)
                .execute());
    }

    /** What nobody goes on with any longer of multipart uploads that were begun: the jobs' ids, by destination. */
    public Map<String, List<String>> leftUploads() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT d.destination AS destination, d.job_id AS job_id"
                        + " FROM delivery d JOIN job ON job.id = d.job_id WHERE d.upload_key IS NOT NULL"
                        + " AND (d.given_up_at IS NOT NULL OR job.state IN ('delivered', 'failed')) ORDER BY d.job_id")
                .reduceRows(new TreeMap<>(), (left, row) -> {
                    left.computeIfAbsent(row.getColumn("destination", String.class), key -> new ArrayList<>())
                            .add(row.getColumn("job_id", String.class));
                    return left;
                }));
    }

    /**
     * The destinations that fail, and since when; one that has taken a video after it failed is well again. What jobs were
     * delivered without counts for a day: a destination that nothing has been sent to for so long may be of no use any longer.
     */
    public List<DestinationTrouble> troubles() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT d.destination, MIN(d.trouble_since) AS since,
                            SUM(CASE WHEN d.given_up_at IS NULL THEN 1 ELSE 0 END) AS waiting,
                            SUM(CASE WHEN d.given_up_at IS NULL THEN 0 ELSE 1 END) AS given_up,
                            (SELECT t.trouble FROM delivery t WHERE t.destination = d.destination
                                AND t.trouble IS NOT NULL ORDER BY t.trouble_at DESC LIMIT 1) AS message,
                            (SELECT t.name FROM delivery t WHERE t.destination = d.destination
                                AND t.trouble IS NOT NULL ORDER BY t.trouble_at DESC LIMIT 1) AS name
                        FROM delivery d JOIN job ON job.id = d.job_id
                        WHERE d.trouble IS NOT NULL AND (d.given_up_at IS NULL AND job.state = 'retrieved'
                            OR d.given_up_at > :since) AND d.trouble_at > (SELECT COALESCE(MAX(o.delivered_at), 0)
                            FROM delivery o WHERE o.destination = d.destination)
                        GROUP BY d.destination ORDER BY d.destination""")
                .bind("since", clock.instant().minus(REMEMBERED)).mapTo(DestinationTrouble.class)
                .list());
    }
}
