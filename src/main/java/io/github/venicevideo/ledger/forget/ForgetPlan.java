package io.github.venicevideo.ledger.forget;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.remote.Delivery;
import io.github.venicevideo.ledger.remote.StagedObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What forgetting something comes to.
 *
 * @param jobs that are to be forgotten
 * @param deliveries of these jobs, by their id: copies that are out of reach; where one was given up, what had been sent by then
 * @param eventsSent how many events about these jobs were handed over
 * @param secrets of the chain of consents that are to be erased: their names, by the entry's place
 * @param staged copies of media in a staging bucket
 * @param blocked for each job that is in hand: what to do first
 */
public record ForgetPlan(ForgetTarget target, List<Job> jobs, Map<String, List<Delivery>> deliveries, long eventsSent,
                         Map<Long, Set<String>> secrets, List<StagedObject> staged, List<String> blocked) {

    /** Whether there is nothing to forget. */
    public boolean isEmpty() {
        return jobs.isEmpty() && secrets.isEmpty() && staged.isEmpty();
    }

    /** How many contents of the chain of consents are to be erased. */
    public int contents() {
        return secrets.values().stream().mapToInt(Set::size).sum();
    }
}
