package io.github.venicevideo.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.LeaseLostException;
import io.github.venicevideo.ledger.job.QueueIdTakenException;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.limit.Balances;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.answer.Balance;
import io.github.venicevideo.venice.answer.DownloadUrl;
import io.github.venicevideo.venice.answer.MediaChanged;
import io.github.venicevideo.venice.answer.QueueOutcome;
import io.github.venicevideo.venice.answer.Refused;
import io.github.venicevideo.venice.answer.Wait;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends jobs to the queue, each at most once for all that can be known: the intent is committed before the POST,
 * the answer before anything is done with it, and what may have been accepted is never sent again by itself.
 */
public final class Submit {

    private static final Logger LOG = LoggerFactory.getLogger(Submit.class);

    private final Home home;
    private final BundleFolders bundles;
    private final Ledger ledger;
    private final Api api;
    private final Clock clock;
    private final Limits limits;
    private final Verdicts verdicts;
    private final Backoff backoff;
    private final Duration probeInterval;
    private final Duration firstPoll;
    private final CatalogueCache catalogue;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public Submit(Home home, BundleFolders bundles, Ledger ledger, Api api, Clock clock, Limits limits,
            Settings settings, CatalogueCache catalogue) {
        this.home = home;
        this.bundles = bundles;
        this.ledger = ledger;
        this.api = api;
        this.clock = clock;
        this.limits = limits;
        this.verdicts = new Verdicts(limits);
        this.backoff = new Backoff(settings.duration("venice.retry.initial-delay"),
                settings.duration("venice.retry.max-delay"));
        this.probeInterval = settings.duration("venice.gate.probe-interval");
        this.firstPoll = settings.duration("venice.poll.min-interval");
        this.catalogue = catalogue;
    }

    /** Settles a job that was sent before, whatever the ledger says, whose bundle is gone, or that belongs to another API. */
    public void check(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) throws IOException {
        boolean bundleIsThere = bundles.bringBack(home.work(job.id()));
        boolean sentBefore = Intent.read(home.work(job.id())).isPresent();
        if (!sentBefore && bundleIsThere && job.api().equals(api.name())) {
            return;
        }
        Exchanges.settled(exchange);
        if (sentBefore) {
            settle(job);
        } else if (!bundleIsThere) {
            // Somebody took it away while it waited: that is an answer too.
            ledger.transitions().failed(job, Reason.BUNDLE_GONE, "Its bundle was taken away while it waited." + sentBefore(job),
                    Optional.empty());
        } else {
            LOG.warn("{}: was recorded for {}, and this program speaks to {}: it waits until that is so again",
                    job.bundle(), job.api(), api.name());
            ledger.leases().release(job, probeInterval);
        }
    }

    /** Commits the intent to send. */
    public Job begin(@ExchangeProperty(Exchanges.JOB) Job job) {
        return ledger.transitions().submitting(job);
    }

    /** Puts the intent beside the bundle, where it outlives the ledger. From here on, no answer means in doubt. */
    public void writeIntent(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        Intent.of(job.id(), api.name(), job.attempts() + 1, clock.instant()).write(home.work(job.id()));
    }

    /**
     * Puts the answer beside the bundle, before the ledger has it. When the disk does not take it, the ledger still
     * may: either of the two is enough, and the log has the rest.
     */
    public void keepAnswer(@ExchangeProperty(Exchanges.JOB) Job job,
            @ExchangeProperty(Exchanges.ANSWER) QueueOutcome.Accepted accepted) {
        try {
            Intent.of(job.id(), api.name(), job.attempts() + 1, clock.instant())
                    .answered(accepted.model(), accepted.queueId(), accepted.downloadUrl().map(DownloadUrl::value))
                    .write(home.work(job.id()));
        } catch (IOException e) {
            LOG.error("{}: was accepted as {} by {}, which could not be written beside its bundle", job.bundle(),
                    accepted.queueId(), accepted.model(), e);
        }
    }

    /** Commits that the job was accepted. */
    public Job accepted(@ExchangeProperty(Exchanges.JOB) Job job,
            @ExchangeProperty(Exchanges.ANSWER) QueueOutcome.Accepted accepted) throws IOException {
        LOG.info("{}: accepted as {} by {}{}", job.bundle(), accepted.queueId(), accepted.model(),
                accepted.model().equals(modelOf(job)) ? "" : ", which was not asked for: that was " + modelOf(job));
        try {
            Job generating = commit(job, accepted);
            verdicts.of(job, accepted);
            return generating;
        } catch (QueueIdTakenException e) {
            return taken(job, job.attempts() + 1, clock.instant(), e);
        }
    }

    /** Two jobs cannot be one: its answer is none that can be used, so that nobody knows what it was accepted as. */
    private Job taken(Job job, int attempt, Instant sentAt, QueueIdTakenException e) throws IOException {
        LOG.error("{}: {} What it was accepted as, nobody knows", job.bundle(), e.getMessage());
        Intent.of(job.id(), api.name(), attempt, sentAt).write(home.work(job.id()));
        return parkInDoubt(job, e.getMessage(), limits.balances().last(), Optional.empty());
    }

    private Job commit(Job job, QueueOutcome.Accepted accepted) {
        Optional<String> url = accepted.downloadUrl().map(DownloadUrl::value);
        try {
            return ledger.transitions().generating(job, accepted.model(), accepted.queueId(), url, clock.instant(),
                    clock.instant().plus(firstPoll));
        } catch (LeaseLostException e) {
            // Another program on this ledger has taken the job, and given it up: it does not know what is known here.
            return ledger.parkedJobs().acceptedAfterAll(job.id(), job.attempts() + 1, accepted.model(), accepted.queueId(), url)
                    .orElseThrow(() -> e);
        }
    }

    /** Takes the intent back: it is known that nothing was accepted. */
    public void deleteIntent(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) QueueOutcome answer)
            throws IOException {
        Intent.delete(home.work(job.id()));
        verdicts.of(job, answer);
    }

    /** Whether the queue has taken the job. */
    public boolean isAccepted(@ExchangeProperty(Exchanges.ANSWER) QueueOutcome outcome) {
        return outcome instanceof QueueOutcome.Accepted;
    }

    /** Whether nobody can tell. */
    public boolean isInDoubt(@ExchangeProperty(Exchanges.ANSWER) QueueOutcome outcome) {
        return outcome instanceof QueueOutcome.InDoubt;
    }

    /**
     * A job that is sent again after a 500 may have been accepted all the same: that counts as spent from now on. Its intent is
     * still in place, so that it is in doubt when the program ends here.
     */
    public void countDoubt(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) QueueOutcome outcome) {
        if (outcome instanceof QueueOutcome.ServerError error) {
            ledger.spend().mayBeCharged(job, Reason.IN_DOUBT, "Answered with a 500, which venice.submit.retry-500 takes for a refusal: "
                    + error.message() + " It may have been accepted and charged all the same.");
        }
    }

    /** Settles a job that was not accepted, and that consent does not help: it waits and is sent again, or it has failed. */
    public void settleRefusal(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) QueueOutcome outcome)
            throws JsonProcessingException {
        Instant untold = clock.instant().plus(backoff.after(job.troubleCount() + 1, random));
        if (outcome instanceof Wait wait) {
            sendAgain(job, wait.told() || wait.until().isAfter(untold) ? wait.until() : untold, wait.message());
        } else if (outcome instanceof QueueOutcome.ServerError error) {
            sendAgain(job, untold, error.message());
        } else if (outcome instanceof QueueOutcome.NotSent notSent) {
            sendAgain(job, untold, notSent.message());
        } else if (outcome instanceof AccountTrouble trouble) {
            // The gate keeps it until that is mended.
            sendAgain(job, clock.instant(), "The API key or the account is refused (" + trouble.code() + "): " + trouble.message());
        } else if (outcome instanceof MediaChanged changed) {
            Refusals.fail(ledger, job, changed);
        } else if (outcome instanceof Refused refused) {
            Refusals.fail(ledger, job, refused, catalogue.get());
        } else {
            throw new IllegalStateException("Nothing is known of " + outcome);
        }
    }

    /** Keeps what the answer bears for later questions, once nothing is lost when that does not succeed. */
    public void keepEvidence(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        String evidence = exchange.getProperty(QueueCall.EVIDENCE, String.class);
        try {
            if (evidence != null) {
                ledger.jobs().answered(job.id(), evidence);
            }
        } catch (RuntimeException e) {
            LOG.warn("{}: {} It could not be kept in the history: {}", job.bundle(), evidence, e.toString());
        }
    }

    /** It may have been accepted: a person decides. */
    public Job inDoubt(@ExchangeProperty(Exchanges.JOB) Job job,
            @ExchangeProperty(Exchanges.ANSWER) QueueOutcome.InDoubt doubt, Exchange exchange) {
        Job parked = parkInDoubt(job, doubt.message(), BalanceCall.before(exchange),
                BalanceCall.now(exchange));
        verdicts.of(job, doubt);
        return parked;
    }

    /**
     * Decides what became of a job that was left in the middle of sending, by what lies in its work folder.
     *
     * <p>An answer: it was accepted. An intent alone: in doubt. Neither: its POST had not begun.
     */
    public Job settle(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        WorkFolder work = home.work(job.id());
        Optional<Intent> intent = Intent.read(work);
        if (intent.isEmpty()) {
            LOG.info("{}: was about to be sent when the program ended; it is sent now", job.bundle());
            return ledger.transitions().received(job, clock.instant(), "The program ended before it was sent");
        }
        if (!intent.get().isAnswered()) {
            return parkInDoubt(job, "The program ended while it was being sent, before the answer came.",
                    limits.balances().last(), Optional.empty());
        }
        String queueId = intent.get().queueId().orElseThrow();
        LOG.info("{}: had been accepted as {} when the program ended", job.bundle(), queueId);
        try {
            return ledger.transitions().generating(job, intent.get().model().orElseThrow(), queueId, intent.get().downloadUrl(),
                    intent.get().sentAt(), clock.instant());
        } catch (QueueIdTakenException e) {
            return taken(job, intent.get().attempt(), intent.get().sentAt(), e);
        }
    }

    private Job parkInDoubt(Job job, String message, Optional<Balances.Seen> before, Optional<Balance> now) {
        Charge charge = new Charge(before, now, before.map(seen -> limits.balances().othersSince(seen.at(), job.id())).orElse(0L),
                job.price());
        return ledger.transitions().parked(job, Reason.IN_DOUBT, "The whole request was sent and no usable answer came: " + message
                + " It may have been accepted and charged, so it is not sent again by itself."
                + (job.serverErrors() > 0 ? " So may have been the tries before it, which were answered with a 500." : "")
                + " " + charge.sentence(), Optional.of(detail(charge)));
    }

    private static String detail(Charge charge) {
        ObjectNode detail = Json.mapper().createObjectNode().put("charge", charge.verdict().toString());
        charge.before().ifPresent(seen -> detail.put("balance_before", seen.balance().toString())
                .put("balance_before_at", seen.at().toString()));
        charge.now().ifPresent(balance -> detail.put("balance_now", balance.toString()));
        return detail.put("other_jobs_meanwhile", charge.others()).toString();
    }

    /** What may be said of a job that is not sent now. */
    static String sentBefore(Job job) {
        return job.serverErrors() == 0 ? " Nothing was sent."
                : " It was sent before and answered with a 500, and may have been charged for that.";
    }

    private void sendAgain(Job job, Instant dueAt, String message) {
        LOG.warn("{}: not accepted yet, tried again in {} s: {}", job.bundle(),
                Math.max(1, Duration.between(clock.instant(), dueAt).toSeconds()), message);
        ledger.transitions().received(job, dueAt, message);
    }

    static String modelOf(Job job) {
        return job.request().fields().path("model").asText("");
    }
}
