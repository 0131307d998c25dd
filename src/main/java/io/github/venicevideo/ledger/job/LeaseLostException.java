package io.github.venicevideo.ledger.job;

/** Somebody else holds the job by now; whoever gets this must leave it alone. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String jobId) {
        super("The lease on job " + jobId + " has passed to another worker");
    }
}
