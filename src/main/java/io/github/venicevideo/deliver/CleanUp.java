package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.Exchanges;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.JobState;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.AccountTrouble;
import io.github.venicevideo.venice.Answer;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.CompleteAnswer;
import io.github.venicevideo.venice.CompleteOutcome;
import io.github.venicevideo.venice.DownloadUrl;
import io.github.venicevideo.venice.DownloadUrlRule;
import io.github.venicevideo.venice.Retry;
import io.github.venicevideo.venice.SealedAddress;
import io.github.venicevideo.venice.Wait;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
    private final DownloadUrlRule rule;
    private final Duration probeInterval;
    private final boolean enabled;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public CleanUp(Ledger ledger, Api api, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.api = api;
        this.clock = clock;
        this.rule = new DownloadUrlRule(settings.list("venice.download.allowed-hosts"));
        this.probeInterval = settings.duration("venice.gate.probe-interval");
        this.enabled = settings.flag("venice.cleanup");
    }

    /**
     * What is to be done.
     *
     * @return {@code clean}; {@code off}, when it is switched off; {@code other-api}, when another API has the copy
     */
    public String prepare(@ExchangeProperty(Exchanges.JOB) Job job) {
        if (!enabled) {
            return "off";
        }
        return job.api().equals(api.name()) ? "clean" : "other-api";
    }

    /** The remote copy stays, since nobody wants it deleted. */
    public void switchedOff(@ExchangeProperty(Exchanges.JOB) Job job) {
        ledger.cleanUps().kept(job, "The remote copy was not deleted: venice.cleanup is false");
    }

    /** Leaves alone the copy that another API has. */
    public void leave(@ExchangeProperty(Exchanges.JOB) Job job) {
        again(job, clock.instant().plus(probeInterval), "it is at " + job.api());
    }

    /**
     * What there is to delete first.
     *
     * @return {@code link}, for a private model's download_url that was not revoked yet; else as {@link #afterLink}
     */
    public String link(@ExchangeProperty(Exchanges.JOB) Job job) {
        return ledger.downloadUrls().isRevocable(job.id()) ? "link" : afterLink(job);
    }

    /**
     * The link, sealed; it goes into one header of one call.
     *
     * @throws IOException when it may not be called
     */
    public String address(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        DownloadUrl url = new DownloadUrl(ledger.downloadUrls().of(job.id()).orElseThrow());
        Optional<String> refusal = rule.refusal(url);
        if (refusal.isPresent()) {
            throw new IOException("The download_url may not be called. " + refusal.get());
        }
        return SealedAddress.of(url.value());
    }

    /** Judges the answer to the revocation; a link that is revoked is forgotten here too. */
    public void judgeLink(Exchange exchange, @ExchangeProperty(Exchanges.JOB) Job job) {
        Answer answer = Answer.of(exchange.getMessage(), clock);
        exchange.getMessage().setBody(null);
        if (answer.success() || answer.status() == 404 || answer.status() == 410) {
            ledger.downloadUrls().forget(job.id());
            exchange.setProperty(Exchanges.OUTCOME, afterLink(job));
            return;
        }
        exchange.setProperty(Exchanges.ANSWER, new CompleteOutcome.NotDeleted(
                "the download_url answered its revocation with " + answer.status()));
        exchange.setProperty(Exchanges.OUTCOME, "not-deleted");
    }

    /** The question. */
    public Map<String, String> question(@ExchangeProperty(Exchanges.JOB) Job job) {
        return Map.of("model", job.model().orElse(""), "queue_id", job.queueId().orElse(""));
    }

    /** Judges the API's answer. */
    public void judge(Exchange exchange) {
        CompleteOutcome outcome = CompleteAnswer.of(Answer.of(exchange.getMessage(), clock));
        exchange.getMessage().setBody(null);
        exchange.setProperty(Exchanges.ANSWER, outcome);
        exchange.setProperty(Exchanges.OUTCOME, outcome.key());
    }

    /** Judges a call that ended without an answer: deleting twice is no harm, so it is made again. */
    public void judgeFailure(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().setBody(null);
        exchange.setProperty(Exchanges.ANSWER, new Retry(0, Optional.empty(), failure.getClass().getSimpleName()));
        exchange.setProperty(Exchanges.OUTCOME, "retry");
    }

    /** Records that it is gone. */
    public void deleted(@ExchangeProperty(Exchanges.JOB) Job job) {
        LOG.info("{}: the remote copy is deleted", job.bundle());
        ledger.downloadUrls().forget(job.id());
        ledger.cleanUps().deleted(job, "The remote copy was deleted");
    }

    /** Tries again after a while; or leaves it, when that has been done often enough. */
    public void later(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) CompleteOutcome answer) {
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

    /** A rejected job is not delivered: its link is revoked, but what was paid for is not deleted. */
    private static String afterLink(Job job) {
        return job.state() == JobState.DELIVERED ? "copy" : "deleted";
    }

    private static String why(CompleteOutcome answer) {
        return answer instanceof CompleteOutcome.NotDeleted refused ? refused.message()
                : answer instanceof Retry retry ? retry.message()
                : answer instanceof Wait wait ? wait.message()
                : answer instanceof AccountTrouble trouble ? trouble.message() : answer.key();
    }
}
