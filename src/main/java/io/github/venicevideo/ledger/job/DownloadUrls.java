package io.github.venicevideo.ledger.job;

import io.github.venicevideo.venice.answer.DownloadUrl;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The {@code download_url}s of private models: secrets, in a table that no page, log, event or sidecar reads
 * (contract, "POST /video/queue"). One is kept with the answer that brought it, and forgotten once it is revoked.
 */
public final class DownloadUrls {

    private final Jdbi jdbi;

    private final Clock clock;

    public DownloadUrls(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public static void keep(Handle handle, String jobId, String url, Clock clock) {
        handle.createUpdate("INSERT INTO download_url (job_id, url, at) VALUES (:id, :url, :at)"
                        + " ON CONFLICT (job_id) DO UPDATE SET url = excluded.url, at = excluded.at, revocable = 1")
                .bind("id", jobId).bind("url", url).bind("at", clock.instant())
                .execute();
    }

    static boolean has(Handle handle, String jobId) {
        return find(handle, jobId).isPresent();
    }

    /** A job's {@code download_url}; empty for models that answer with the bytes. */
    public Optional<String> of(String jobId) {
        return jdbi.withHandle(handle -> find(handle, jobId));
    }

    /**
     * Keeps the {@code url} of an answer that says that a video is done, as for an upscale. It never takes the place of one that
     * the queue gave; of an earlier answer's it does, since such links run out.
     */
    public void answered(String jobId, DownloadUrl url) {
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO download_url (job_id, url, at, revocable)"
                        + " VALUES (:id, :url, :at, 0) ON CONFLICT (job_id) DO UPDATE SET url = excluded.url, at = excluded.at"
                        + " WHERE revocable = 0")
                .bind("id", jobId).bind("url", url.value()).bind("at", clock.instant())
                .execute());
    }

    /** Whether a job has one that the queue gave, and that is ours to revoke. */
    public boolean isRevocable(String jobId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT 1 FROM download_url WHERE job_id = :id AND revocable = 1")
                .bind("id", jobId).mapTo(Integer.class).findOne().isPresent());
    }

    /** It has been revoked: from now on it is of no use to us either. */
    public void forget(String jobId) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM download_url WHERE job_id = :id")
                .bind("id", jobId).execute());
    }

    private static Optional<String> find(Handle handle, String jobId) {
        return handle.createQuery("SELECT url FROM download_url WHERE job_id = :id")
                .bind("id", jobId).mapTo(String.class).findOne();
    }
}
