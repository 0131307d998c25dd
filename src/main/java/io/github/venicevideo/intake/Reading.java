package io.github.venicevideo.intake;

import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.NewJob;
import java.util.List;
import java.util.Optional;

/**
 * What reading a bundle came to.
 *
 * @param jobs the jobs to record; empty when one was taken up again
 * @param resumed a job that was paid for already
 */
public record Reading(List<NewJob> jobs, Optional<Job> resumed) {

    static Reading of(List<NewJob> jobs) {
        return new Reading(jobs, Optional.empty());
    }

    static Reading of(Job resumed) {
        return new Reading(List.of(), Optional.of(resumed));
    }
}
