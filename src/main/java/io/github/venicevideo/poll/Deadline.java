package io.github.venicevideo.poll;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises an alarm for jobs that the provider is about to forget, about 24 hours after it accepted them (contract,
 * "Where sources disagree"), while a person can still do something.
 */
public final class Deadline {

    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

    private final Ledger ledger;
    private final Clock clock;
    private final Duration deadline;

    public Deadline(Ledger ledger, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.clock = clock;
        this.deadline = settings.duration("venice.poll.deadline");
    }

    /** Tells of each job once. */
    public void check() {
        String message = "It has been in the making for longer than venice.poll.deadline (" + deadline.toMinutes()
                + " min). Venice forgets a job about 24 hours after it accepted it. It is still asked about.";
        for (Job job : ledger.making().overdue(clock.instant().minus(deadline), message)) {
            LOG.error("{}: job {}, queue_id {} of {}: {}", job.bundle(), job.id(), job.queueId().orElse(""),
                    job.model().orElse(""), message);
        }
    }
}
