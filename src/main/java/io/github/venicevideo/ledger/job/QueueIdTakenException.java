package io.github.venicevideo.ledger.job;

/** A {@code queue_id} is another job's already; nothing was changed. */
public final class QueueIdTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueueIdTakenException(String queueId, String jobId) {
        super("The queue_id " + queueId + " is job " + jobId + "'s already, and belongs to one job alone.");
    }
}
