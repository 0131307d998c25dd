package io.github.venicevideo.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.Budget;
import io.github.venicevideo.home.Drops;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Exchanges;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Limits;
import io.github.venicevideo.ledger.Spend;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.AccountTrouble;
import io.github.venicevideo.venice.Answer;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.QueueFailure;
import io.github.venicevideo.venice.QueueRequestEntity;
import io.github.venicevideo.venice.QuoteAnswer;
import io.github.venicevideo.venice.QuoteOutcome;
import io.github.venicevideo.venice.Refused;
import io.github.venicevideo.venice.Retry;
import io.github.venicevideo.venice.SafeMessage;
import io.github.venicevideo.venice.Wait;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks what a job will cost, and lets it go on only when that is within its limits (contract, "POST /video/quote"). */
public final class Price {

    private static final Logger LOG = LoggerFactory.getLogger(Price.class);
    private static final int MOST_TRIES = 4;

    private final Home home;
    private final Drops drops;
    private final Ledger ledger;
    private final Clock clock;
    private final Staging staging;
    private final Verdicts verdicts;
    private final Backoff backoff;
    private final ZoneId zone;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public Price(Home home, Drops drops, Ledger ledger, Clock clock, Limits limits, Staging staging,
            Settings settings) {
        this.home = home;
        this.drops = drops;
        this.ledger = ledger;
        this.clock = clock;
        this.staging = staging;
        this.verdicts = new Verdicts(limits);
        this.backoff = new Backoff(settings.duration("venice.retry.initial-delay"),
                settings.duration("venice.retry.max-delay"));
        this.zone = ZoneId.of(settings.required("venice.zone"));
    }

    /**
     * Whether the price was asked for before.
     *
     * @return {@code priced} or {@code unknown}
     */
    public String known(@ExchangeProperty(Exchanges.JOB) Job job) {
        return job.price().isPresent() ? "priced" : "unknown";
    }

    /**
     * The question that the API answers with a price. A video that is to be upscaled is part of it: one that is too
     * large for its body is staged before.
     */
    public QueueRequestEntity question(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        boolean upscaling = PriceQuestion.holdsVideo(job.request());
        if (upscaling) {
            staging.stage(job);
        }
        return PriceQuestion.of(upscaling ? staging.outgoing(job) : job.request(), job.options().referenceVideoSeconds(),
                home.work(job.id()).path());
    }

    /** Judges the answer. */
    public void judge(Exchange exchange) {
        QuoteOutcome outcome = QuoteAnswer.of(Answer.of(exchange.getMessage(), clock));
        exchange.getMessage().setBody(null);
        exchange.setProperty(Exchanges.ANSWER, outcome);
        exchange.setProperty(Exchanges.OUTCOME, outcome.key());
    }

    /** Judges a call that ended without an answer: asking costs nothing, so it is asked again. */
    public void judgeFailure(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().setBody(null);
        if (QueueFailure.of(failure, false).kind() == QueueFailure.Kind.MEDIA_CHANGED) {
            exchange.setProperty(Exchanges.ANSWER, QueueFailure.of(failure, false));
            exchange.setProperty(Exchanges.OUTCOME, "media-changed");
            return;
        }
        exchange.setProperty(Exchanges.ANSWER, new Retry(0, Optional.empty(),
                SafeMessage.of(failure)));
        exchange.setProperty(Exchanges.OUTCOME, "retry");
    }

    /** Keeps the price. */
    public void priced(@ExchangeProperty(Exchanges.ANSWER) QuoteOutcome.Priced priced, Exchange exchange) {
        Job job = exchange.getProperty(Exchanges.JOB, Job.class);
        LOG.info("{}: will cost {} USD", job.bundle(), MicroUsd.text(priced.microUsd()));
        exchange.setProperty(Exchanges.JOB, ledger.spend().priced(job, priced.microUsd()));
    }

    /**
     * What to do with a quote that cannot be had.
     *
     * @return {@code unpriced} when the job may go on without one; {@code wait} when it was put off
     */
    public String withoutPrice(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) Object answer) {
        boolean limited = drops.budget().isLimited() || drops.named(job.dropName()).budget().isLimited()
                || job.options().maxPrice().isPresent();
        if (!limited && answer instanceof Retry && job.troubleCount() + 1 >= MOST_TRIES) {
            LOG.warn("{}: no price could be had, and no budget is set: it goes on without one", job.bundle());
            return "unpriced";
        }
        Instant later = clock.instant().plus(backoff.after(job.troubleCount() + 1, random));
        Instant due = answer instanceof AccountTrouble ? clock.instant()
                : answer instanceof Wait wait && wait.until().isAfter(later) ? wait.until() : later;
        ledger.transitions().received(job, due, "No price could be had yet: " + (answer instanceof Retry retry ? retry.message()
                : answer instanceof Wait wait ? wait.message()
                : answer instanceof AccountTrouble trouble ? trouble.message() : ""));
        verdicts.ofQuote(Submit.modelOf(job), answer);
        return "wait";
    }

    /** The request cannot even be priced. */
    public Job refused(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) Refused refused)
            throws JsonProcessingException {
        Job failed = Refusals.fail(ledger, job, refused);
        verdicts.ofQuote(Submit.modelOf(job), refused);
        return failed;
    }

    /**
     * Reserves the price, or parks the job with it.
     *
     * @return {@code affordable} or {@code over-budget}
     */
    public String afford(@ExchangeProperty(Exchanges.JOB) Job job) {
        if (job.price().isEmpty()) {
            return "affordable";
        }
        long price = job.price().get();
        boolean approved = job.approved().filter("over-budget"::equals).isPresent();
        Budget own = drops.named(job.dropName()).budget();
        Optional<Long> perJob = drops.perJob(job.dropName(), job.options().maxPrice());
        if (!approved && perJob.isPresent() && price > perJob.get()) {
            park(job, "It would cost " + MicroUsd.text(price) + " USD, and the limit for one job is " + MicroUsd.text(perJob.get()) + " USD.",
                    perJob.get(), Optional.empty());
            return "over-budget";
        }
        Optional<Spend.Limit> over = ledger.spend().reserve(job, price, approved ? Optional.empty() : drops.budget().perDay(),
                approved ? Optional.empty() : own.perDay(), zone);
        if (over.isEmpty()) {
            return "affordable";
        }
        Spend.Limit limit = over.get();
        boolean fitsAnEmptyDay = limit.wanted() <= limit.amount();
        park(job, "It would cost " + MicroUsd.text(limit.wanted()) + " USD" + (job.options().takes() > 1 ? " with its other takes" : "")
                + ", and of the " + MicroUsd.text(limit.amount()) + " USD that " + limit.setting() + " allows, "
                + MicroUsd.text(limit.spent()) + " USD are spent or reserved." + (fitsAnEmptyDay
                ? " It goes on by itself when the next day begins in " + zone + "." : ""),
                limit.amount(), fitsAnEmptyDay ? Optional.of(midnight()) : Optional.empty());
        return "over-budget";
    }

    /** A job that the day's limit held goes on. */
    public Job resume(@ExchangeProperty(Exchanges.JOB) Job job) {
        return ledger.transitions().received(job, clock.instant(), "A new day, a new budget");
    }

    private void park(Job job, String message, long limit, Optional<Instant> resumeAt) {
        ObjectNode detail = Json.mapper().createObjectNode();
        detail.put("limit_usd", MicroUsd.toUsd(limit));
        resumeAt.ifPresent(at -> detail.put("resume_at", at.toString()));
        ledger.transitions().overBudget(job, message + Submit.sentBefore(job), Optional.of(detail.toString()), resumeAt);
    }

    private Instant midnight() {
        return LocalDate.ofInstant(clock.instant(), zone).plusDays(1).atStartOfDay(zone).toInstant();
    }
}
