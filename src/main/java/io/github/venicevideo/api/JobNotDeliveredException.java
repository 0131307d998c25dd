package io.github.venicevideo.api;

import java.util.Optional;

/** A caller cannot have its video, or not yet; the message says why, and the job says what to do. */
public final class JobNotDeliveredException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String jobId;
    private final JobState state;

    public JobNotDeliveredException(String jobId, JobState state, Optional<String> reason, Optional<String> message) {
        super("Job " + jobId + " is " + state + reason.map(code -> " (" + code + ")").orElse("")
                + message.map(sentence -> ": " + sentence).orElse(""));
        this.jobId = jobId;
        this.state = state;
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
