package io.github.venicevideo.ledger.job;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the API has accepted belongs to one job alone. */
public final class QueueIds {

    private QueueIds() {
    }

    /** The job that an API has accepted under a {@code queue_id}. */
    public static Optional<Job> owner(Handle handle, String api, String queueId) {
        return handle.createQuery("SELECT * FROM job WHERE api = :api AND queue_id = :queueId")
                .bind("api", api).bind("queueId", queueId).mapTo(Job.class).findFirst();
    }

    /** @throws QueueIdTakenException when it is another job's */
    static void check(Handle handle, String api, String queueId, String jobId) {
        owner(handle, api, queueId).filter(owner -> !owner.id().equals(jobId)).ifPresent(owner -> {
            throw new QueueIdTakenException(queueId, owner.id());
        });
    }
}
