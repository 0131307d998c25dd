package io.github.venicevideo.ledger.job;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** How often each finished video was begun to be fetched: the provider allows few, and a restart must not begin anew. */
public final class Downloads {

    private final Jdbi jdbi;

    public Downloads(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A person wants the job to go on: the count begins anew. */
    static void forget(Handle handle, String jobId) {
        handle.createUpdate("DELETE FROM download WHERE job_id = :id").bind("id", jobId).execute();
    }

    /**
     * A video is about to be fetched; committed before a byte of it is.
     *
     * @return how many times it has been begun, this one among them
     */
    public int begun(String jobId) {
        return jdbi.withHandle(handle -> handle.createQuery("INSERT INTO download (job_id, tries) VALUES (:id, 1)"
                        + " ON CONFLICT (job_id) DO UPDATE SET tries = download.tries + 1 RETURNING tries")
                .bind("id", jobId).mapTo(Integer.class).one());
    }

    /** How many times it has been begun. */
    public int tries(String jobId) {
        return number("tries", jobId).intValue();
    }

    /** How many bytes the video has, which there was no room for. */
    public void needs(String jobId, long bytes) {
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO download (job_id, bytes) VALUES (:id, :bytes)"
                        + " ON CONFLICT (job_id) DO UPDATE SET bytes = excluded.bytes")
                .bind("id", jobId).bind("bytes", bytes).execute());
    }

    /** The bytes that {@link #needs} told of; 0 when it is not known. */
    public long needed(String jobId) {
        return number("bytes", jobId);
    }

    /** The most that {@link #needs} told of among the jobs in the making, in bytes; 0 when none waits for room. */
    public long mostNeeded() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COALESCE(MAX(download.bytes), 0) FROM download"
                + " JOIN job ON job.id = download.job_id WHERE download.bytes > 0 AND job.state = 'generating'").mapTo(Long.class).one());
    }

    private Long number(String column, String jobId) {
        Optional<Long> found = jdbi.withHandle(handle -> handle.createQuery("SELECT " + column
                + " FROM download WHERE job_id = :id").bind("id", jobId).mapTo(Long.class).findOne());
        return found.orElse(0L);
    }
}
