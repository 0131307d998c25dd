package io.github.venicevideo.deliver;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.answer.CompleteOutcome;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.answer.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what the provider still has of a delivered video, and revokes the link of a private one (contract,
 * "POST /video/queue" and "Where sources disagree"). It never touches the job's state: what cannot be deleted is tried
 * again for about a day, after which the provider forgets it anyway.
 */
public final class CleanUp {

    /** With the back-off these tries span some twenty hours. */
    static final int MOST_TRIES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMinutes(5), Duration.ofHours(6));

    private final Ledger ledger;
    private final Api api;
    private final Clock clock;
    private final Duration probeInterval;
    private final boolean enabled;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public CleanUp(Ledger ledger, Api api, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.api = api;
        this.clock = clock;
        this.probeInterval = settings.duration("venice.gate.probe-interval");
        this.enabled = settings.flag("venice.cleanup");
    }

    /** Settles it where it is switched off, so that the remote copy stays, or where another API has the copy. */
    public void prepare(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        if (!enabled) {
            Exchanges.settled(exchange);
            ledger.cleanUps().kept(job, "The remote copy was not deleted: venice.cleanup is false");
        } else if (!job.api().equals(api.name())) {
            Exchanges.settled(exchange);
            again(job, clock.instant().plus(probeInterval), "it is at " + job.api());
        }
    }

    /** Whether there is a private model's download_url that was not revoked yet. */
    public boolean hasLink(@ExchangeProperty(Exchanges.JOB) Job job) {
        return ledger.downloadUrls().isRevocable(job.id());
    }

    /** Whether the API is to be asked: not of a rejected job, which is not delivered, since what was paid for is not deleted. */
    public boolean hasCopy(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) CompleteOutcome revoked) {
        return job.state() == JobState.DELIVERED && (revoked == null || revoked instanceof CompleteOutcome.Deleted);
    }

    /** @param outcome of the last call; null where there was nothing to delete */
    public void settle(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) CompleteOutcome outcome) {
        if (outcome == null || outcome instanceof CompleteOutcome.Deleted) {
            deleted(job);
        } else {
            later(job, outcome);
        }
    }

    private void deleted(Job job) {
        LOG.info("{}: the remote copy is deleted", job.bundle());
        ledger.downloadUrls().forget(job.id());
        ledger.cleanUps().deleted(job, "The remote copy was deleted");
    }

    /** Tries again after a while; or leaves it, when that has been done often enough. */
    private void later(Job job, CompleteOutcome answer) {
        int tries = ledger.cleanUps().tries(job.id()) + 1;
        String why = why(answer);
        if (tries >= MOST_TRIES) {
            LOG.warn("{}: the remote copy was not deleted, and is left to expire: {}", job.bundle(), why);
            ledger.cleanUps().kept(job, "The remote copy was not deleted: " + why);
            return;
        }
        again(job, clock.instant().plus(BACKOFF.after(tries, random)), why);
    }

    private void again(Job job, Instant dueAt, String why) {
        LOG.info("{}: the remote copy is not deleted yet, tried again in {} min: {}", job.bundle(),
                Math.max(1, Duration.between(clock.instant(), dueAt).toMinutes()), why);
        ledger.cleanUps().later(job, dueAt, why);
    }

    private static String why(CompleteOutcome answer) {
        return answer instanceof CompleteOutcome.NotDeleted refused ? refused.message()
                : answer instanceof Retry retry ? retry.message()
                : answer instanceof Wait wait ? wait.message()
                : answer instanceof AccountTrouble trouble ? trouble.message() : answer.key();
    }
}
