package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Takes out of a job's rows what it asked for, and what people said about it. Its id, states, times, amounts, and what the
 * API called it stay: what was spent stays right, and a video can still be told by its SHA-256. The column {@code erased} is
 * 1 once the words are gone, and 2 once all is.
 */
public final class Scrub {

    private static final String WORDS = "request = :request, message = NULL, detail = NULL, options = :options";

    private static final String DIGEST = "erased:sha256:";

    private Scrub() {
    }

    /** Which jobs have something left to be forgotten. */
    public static final String LEFT = "erased < 2";

    /** What stands in place of a caller's reference whose job was forgotten. */
    public static String digest(String reference) {
        return DIGEST + Policy.hashOf(reference);
    }

    /** What stands in place of its names at its destinations. */
    public static String erasedName(String jobId) {
        return "erased-" + jobId;
    }

    /** What it asked for; its name, and its names at its destinations, stay, so that no other job takes them. */
    public static void words(Handle handle, Job job) {
        words(handle, job, "erased = 1");
    }

    /**
     * All that tells of anybody. Of a caller's reference a digest is left, since a repeated call must not pay again; that its
     * content was made before is not known afterwards.
     */
    public static void all(Handle handle, Job job) {
        words(handle, job, "erased = 2, bundle = '', content_hash = '', folder = NULL");
        job.reference().filter(reference -> !reference.startsWith(DIGEST)).ifPresent(reference -> handle
                .createUpdate("UPDATE job SET reference = :digest WHERE id = :id")
                .bind("digest", digest(reference)).bind("id", job.id()).execute());
        handle.createUpdate("UPDATE delivery SET name = :name, location = NULL, trouble = NULL WHERE job_id = :id")
                .bind("name", erasedName(job.id())).bind("id", job.id()).execute();
        // Whoever has not been told by now is not told any more.
        handle.createUpdate("UPDATE event SET body = NULL, sent_at = COALESCE(sent_at, at) WHERE job_id = :id")
                .bind("id", job.id()).execute();
        BundlePlaces.forget(handle, job.id());
        handle.createUpdate("DELETE FROM errand WHERE job_id = :id").bind("id", job.id()).execute();
        handle.createUpdate("DELETE FROM refused_medium WHERE job_id = :id").bind("id", job.id()).execute();
    }

    private static void words(Handle handle, Job job, String first) {
        Map<String, Object> model = Map.of("model", job.request().fields().path("model").asText(""));
        JobOptions old = job.options();
        handle.createUpdate("UPDATE job SET " + first + ", " + WORDS + " WHERE id = :id")
                .bind("request", LedgerJson.write(Map.of("fields", model, "media", List.of())))
                .bind("options", LedgerJson.write(new JobOptions(List.of(), Optional.empty(), old.maxPrice(),
                        old.referenceVideoSeconds(), old.clip(), old.allowDuplicate(), old.take(), old.takes())))
                .bind("id", job.id()).execute();
        handle.createUpdate("UPDATE job_history SET message = NULL WHERE job_id = :id").bind("id", job.id()).execute();
        handle.createUpdate("UPDATE event SET body = NULL WHERE job_id = :id AND sent_at IS NOT NULL").bind("id", job.id())
                .execute();
        handle.createUpdate("DELETE FROM download_url WHERE job_id = :id").bind("id", job.id()).execute();
    }
}
