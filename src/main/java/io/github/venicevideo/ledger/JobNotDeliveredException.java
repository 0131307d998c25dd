package io.github.venicevideo.ledger;

/** A caller cannot have its video, or not yet; the message says why, and the job says what to do. */
public final class JobNotDeliveredException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String jobId;
    private final JobState state;

    public JobNotDeliveredException(Job job) {
        super("Job " + job.id() + " is " + job.state() + job.reason().map(reason -> " (" + reason + ")").orElse("")
                + job.message().map(message -> ": " + message).orElse(""));
        this.jobId = job.id();
        this.state = job.state();
    }

    /** The job; while it has not ended, its video may still come. */
    public String jobId() {
        return jobId;
    }

    /** Where it stood. */
    public JobState state() {
        return state;
    }
}
