package io.github.venicevideo.intake;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.NewJob;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What reading a bundle came to.
 *
 * @param claim whose bundle it was, by its job's id
 * @param jobs the jobs to record; empty when there is one already
 * @param known a job that was recorded meanwhile, or paid for before
 * @param formerHashes what the same content may have been recorded as before
 */
public record Reading(String claim, List<NewJob> jobs, Optional<Job> known, Set<String> formerHashes) {

    static Reading of(Claim claim, List<NewJob> jobs) {
        return new Reading(claim.jobId(), jobs, Optional.empty(), Set.of());
    }

    static Reading of(Claim claim, Job known) {
        return new Reading(claim.jobId(), List.of(), Optional.of(known), Set.of());
    }

    Reading knownAs(Set<String> hashes) {
        return new Reading(claim, jobs, known, hashes);
    }
}
