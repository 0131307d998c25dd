package io.github.venicevideo.ledger;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Media that the provider's content policy refused for good, so that they do not cost a second upload. */
public final class RefusedMedia {

    private final Jdbi jdbi;
    private final Clock clock;

    RefusedMedia(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Remembers the media of a refused request; nobody knows which of them it was.
     *
     * @param sha256 lower-case hex digests of their bytes
     */
    public void refused(String jobId, Set<String> sha256) {
        jdbi.useTransaction(handle -> sha256.forEach(hash -> handle.createUpdate("INSERT INTO refused_medium"
                        + " (job_id, sha256, at) VALUES (:id, :sha256, :now) ON CONFLICT DO NOTHING")
                .bind("id", jobId).bind("sha256", hash).bind("now", clock.instant()).execute()));
    }

    /** The job whose media were refused, where all of them are among these. */
    public Optional<String> refusedIn(Set<String> sha256) {
        if (sha256.isEmpty()) {
            return Optional.empty();
        }
        return jdbi.withHandle(handle -> handle.createQuery("SELECT DISTINCT job_id FROM refused_medium"
                                + " WHERE sha256 IN (<hashes>) ORDER BY job_id DESC")
                .bindList("hashes", List.copyOf(sha256)).mapTo(String.class).list().stream()
                .filter(id -> sha256.containsAll(new HashSet<>(handle.createQuery("SELECT sha256 FROM refused_medium"
                        + " WHERE job_id = :id").bind("id", id).mapTo(String.class).list())))
                .findFirst());
    }
}
