package io.github.venicevideo.crash;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import java.util.Optional;

/** How a job ends: delivered, failed with a reason, or parked with one. */
record End(JobState state, Optional<String> reason) {

    static final End DELIVERED = new End(JobState.DELIVERED, Optional.empty());
    static final End IN_DOUBT = parked("in-doubt");

    static End parked(String reason) {
        return new End(JobState.PARKED, Optional.of(reason));
    }

    static End failed(String reason) {
        return new End(JobState.FAILED, Optional.of(reason));
    }

    static End of(Job job) {
        return new End(job.state(), job.reason());
    }

    @Override
    public String toString() {
        return state + reason.map(text -> ": " + text).orElse("");
    }
}
