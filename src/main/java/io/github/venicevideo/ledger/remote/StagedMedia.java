package io.github.venicevideo.ledger.remote;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Which media lie in the staging bucket, and for which jobs. An object is noted before its upload begins, so that none is
 * ever forgotten there, and under a key of its own each time, so that it is never removed under a job that has just found it.
 */
public final class StagedMedia {

    /** How many objects are told of at once. */
    public static final int MOST_AT_ONCE = 100;

    private static final String NEEDED = "EXISTS (SELECT 1 FROM staged_for f JOIN job j ON j.id = f.job_id"
            + " WHERE f.object_key = staged_media.object_key AND j.state NOT IN ('delivered', 'failed'))";

    private final Jdbi jdbi;
    private final Clock clock;

    public StagedMedia(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Notes that a job needs a content in the bucket.
     *
     * @param newKey the object's key, if it is not there for another job already
     * @return the key under which it lies, or is to lie
     */
    public String intend(String jobId, String bucket, String sha256, String newKey) {
        return jdbi.inTransaction(handle -> {
            String key = handle.createQuery("SELECT object_key FROM staged_media WHERE sha256 = :sha256 AND bucket = :bucket"
                            + " AND removing = 0 ORDER BY object_key LIMIT 1")
                    .bind("sha256", sha256).bind("bucket", bucket).mapTo(String.class).findOne().orElse(newKey);
            handle.createUpdate("INSERT INTO staged_media (object_key, bucket, sha256) VALUES (:key, :bucket, :sha256)"
                            + " ON CONFLICT (object_key) DO NOTHING")
                    .bind("key", key).bind("bucket", bucket).bind("sha256", sha256).execute();
            handle.createUpdate("INSERT INTO staged_for (object_key, job_id) VALUES (:key, :job) ON CONFLICT DO NOTHING")
                    .bind("key", key).bind("job", jobId).execute();
            return key;
        });
    }

    /** The object is there whole. */
    public void uploaded(String key) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE staged_media SET uploaded_at = :now WHERE object_key = :key")
                .bind("now", clock.instant()).bind("key", key).execute());
    }

    /** The key under which a job's content lies whole. */
    public Optional<String> find(String jobId, String bucket, String sha256) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT m.object_key FROM staged_media m"
                        + " JOIN staged_for f ON f.object_key = m.object_key WHERE f.job_id = :job AND m.bucket = :bucket"
                        + " AND m.sha256 = :sha256 AND m.removing = 0 AND m.uploaded_at IS NOT NULL")
                .bind("job", jobId).bind("bucket", bucket).bind("sha256", sha256).mapTo(String.class).findOne());
    }

    /** Whether there are objects, in any bucket, that no job needs any longer. */
    public boolean hasUnneeded() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT object_key FROM staged_media WHERE released = 1 AND (removing = 1"
                + " OR NOT " + NEEDED + ") LIMIT 1").mapTo(String.class).findOne()).isPresent();
    }

    /**
     * Objects that no job needs any longer, from now on given to no job: at most {@link #MOST_AT_ONCE}, in the order of their
     * keys.
     *
     * @param after a key that only later ones follow; empty for the first ones
     */
    public List<String> unneeded(String bucket, String after) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("UPDATE staged_media SET removing = 1 WHERE bucket = :bucket AND released = 1 AND removing = 0 AND NOT "
                    + NEEDED).bind("bucket", bucket).execute();
            return handle.createQuery("SELECT object_key FROM staged_media WHERE bucket = :bucket AND released = 1 AND removing = 1"
                            + " AND object_key > :after ORDER BY object_key LIMIT " + MOST_AT_ONCE)
                    .bind("bucket", bucket).bind("after", after).mapTo(String.class).list();
        });
    }

    /** An object is no longer in the bucket. */
    public void removed(String key) {
        jdbi.useTransaction(handle -> {
            delete(handle, "staged_for", key);
            delete(handle, "staged_media", key);
        });
    }

    /**
     * What may still lie in any bucket, for some jobs or of a medium.
     *
     * @param medium the SHA-256 of its bytes
     */
    public static List<StagedObject> of(Handle handle, Set<String> jobs, Optional<String> medium) {
        Set<StagedObject> objects = new LinkedHashSet<>();
        medium.ifPresent(sha256 -> objects.addAll(objects(handle.createQuery("SELECT bucket, object_key FROM staged_media"
                + " WHERE sha256 = :sha256 ORDER BY object_key").bind("sha256", sha256))));
        for (String job : jobs) {
            objects.addAll(objects(handle.createQuery("SELECT m.bucket, m.object_key FROM staged_media m JOIN staged_for f"
                    + " ON f.object_key = m.object_key WHERE f.job_id = :job ORDER BY m.object_key").bind("job", job)));
        }
        return List.copyOf(objects);
    }

    private static List<StagedObject> objects(Query query) {
        return query.map((row, context) -> new StagedObject(row.getString("bucket"), row.getString("object_key"))).list();
    }

    private static void delete(Handle handle, String table, String key) {
        handle.createUpdate("DELETE FROM " + table + " WHERE object_key = :key").bind("key", key).execute();
    }
}
