package io.github.venicevideo.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.drop.Budget;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.job.Spend;
import io.github.venicevideo.ledger.limit.Breaker;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.answer.MediaChanged;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.answer.Refused;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.answer.Wait;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import java.time.Clock;
import java.time.Duration;
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
    static final int MOST_TRIES = 4;
    /** Prices change: one that is older is asked for anew before anything is sent. */
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    /** The exchange property that says that no price could be had, and that the job goes on without one. */
    private static final String UNPRICED = "veniceUnpriced";

    private final Api api;
    private final Drops drops;
    private final Ledger ledger;
    private final Clock clock;
    private final Verdicts verdicts;
    private final Breaker pricing;
    private final Backoff backoff;
    private final ZoneId zone;
    private final CatalogueCache catalogue;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public Price(Drops drops, Ledger ledger, Clock clock, Limits limits, Settings settings, CatalogueCache catalogue, Api api) {
        this.api = api;
        this.drops = drops;
        this.ledger = ledger;
        this.clock = clock;
        this.verdicts = new Verdicts(limits);
        this.pricing = limits.pricing();
        this.backoff = new Backoff(settings.duration("venice.retry.initial-delay"),
                settings.duration("venice.retry.max-delay"));
        this.catalogue = catalogue;
        this.zone = ZoneId.of(settings.required("venice.zone"));
    }

    /**
     * While many questions fail, one speaks for all: a job that would ask waits, which ends its route, or goes on without a price
     * where none is needed and none is told for long.
     */
    public void begin(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        if (isKnown(job) || pricing.begin()) {
            return;
        }
        if (pricing.isLasting() && isUnlimited(job)) {
            exchange.setProperty(Exchanges.ANSWER, new QuoteOutcome.NoPrice(true, "No question about a price is answered at the moment."));
        } else {
            Exchanges.settled(exchange);
            ledger.leases().release(job, Duration.between(clock.instant(), pricing.nextAt()));
        }
    }

    /** Whether the price is to be asked for: not where that was done not too long ago, and once more where the form is another. */
    public boolean isToAsk(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) Object answer) {
        return answer == null ? !isKnown(job) : answer instanceof Quote.OtherForm;
    }

    private boolean isKnown(Job job) {
        return job.price().isPresent() && job.pricedAt().filter(at -> at.plus(GOOD_FOR).isAfter(clock.instant())).isPresent();
    }

    /**
     * Keeps the price that was told. Without one, the job is settled, unless nothing limits it, or a person has named an amount.
     *
     * @param answer null where the price is known
     */
    public void keep(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) QuoteOutcome answer,
            Exchange exchange) throws JsonProcessingException {
        if (answer instanceof QuoteOutcome.Priced priced) {
            LOG.info("{}: will cost {} USD", job.bundle(), MicroUsd.text(priced.microUsd()));
            ledger.quoteForms().learn(job.api(), Submit.modelOf(job), exchange.getProperty(Quote.FORM, QuoteForm.class).toString());
            exchange.setProperty(Exchanges.JOB, ledger.spend().priced(job, priced.microUsd()));
        } else if (answer instanceof QuoteOutcome.NoPrice && job.approvedPrice().isPresent()) {
            exchange.setProperty(Exchanges.JOB, ledger.spend().priced(job, job.approvedPrice().get()));
        } else if (answer != null && isUnlimited(job) && (answer instanceof QuoteOutcome.NoPrice
                || answer instanceof Retry && isLastTry(job))) {
            LOG.warn("{}: no price could be had, and no budget is set: it goes on without one. {}", job.bundle(), said(answer));
            exchange.setProperty(UNPRICED, true);
        } else if (answer != null) {
            Exchanges.settled(exchange);
            withoutPrice(job, answer);
            verdicts.ofQuote(Submit.modelOf(job), answer);
        }
    }

    private boolean isUnlimited(Job job) {
        return !drops.budget().isLimited() && !drops.named(job.dropName()).budget().isLimited() && job.options().maxPrice().isEmpty();
    }

    private static boolean isLastTry(Job job) {
        return job.troubleCount() + 1 >= MOST_TRIES;
    }

    private void withoutPrice(Job job, QuoteOutcome answer) throws JsonProcessingException {
        if (answer instanceof Refused refused) {
            Refusals.fail(ledger, job, refused, catalogue.get());
        } else if (answer instanceof MediaChanged changed) {
            Refusals.fail(ledger, job, changed);
        } else if (answer instanceof QuoteOutcome.NoPrice none && (none.refused() || isLastTry(job))) {
            ledger.transitions().parked(job, Reason.NO_PRICE, "Venice told no price for it, and a limit is set, so that it is not sent"
                    + " without one." + Submit.sentBefore(job) + " What was said: " + none.message(), Optional.empty());
        } else {
            Instant later = clock.instant().plus(backoff.after(job.troubleCount() + 1, random));
            Instant due = answer instanceof AccountTrouble ? clock.instant()
                    : answer instanceof Wait wait && wait.until().isAfter(later) ? wait.until() : later;
            ledger.transitions().received(job, due, "No price could be had yet: " + said(answer));
        }
    }

    private static String said(QuoteOutcome answer) {
        return answer instanceof Retry retry ? retry.message() : answer instanceof Wait wait ? wait.message()
                : answer instanceof QuoteOutcome.NoPrice none ? none.message()
                : answer instanceof AccountTrouble trouble ? trouble.message() : "";
    }

    /** Reserves the price, or parks the job with it. */
    public void afford(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        if (exchange.getProperty(UNPRICED) == null && job.price().isPresent() && !isAffordable(job)) {
            Exchanges.settled(exchange);
        }
    }

    private boolean isAffordable(Job job) {
        long price = job.price().get();
        boolean approved = job.approvedPrice().isPresent();
        if (approved && price > job.approvedPrice().get()) {
            park(job, "It would cost " + MicroUsd.text(price) + " USD now, and was approved up to "
                    + MicroUsd.text(job.approvedPrice().get()) + " USD.", job.approvedPrice().get(), Optional.empty());
            return false;
        }
        Budget own = drops.named(job.dropName()).budget();
        Optional<Long> perJob = drops.perJob(job.dropName(), job.options().maxPrice());
        if (!approved && perJob.isPresent() && price > perJob.get()) {
            park(job, "It would cost " + MicroUsd.text(price) + " USD, and the limit for one job is " + MicroUsd.text(perJob.get()) + " USD.",
                    perJob.get(), Optional.empty());
            return false;
        }
        Optional<Spend.Limit> over = ledger.spend().reserve(job, price, approved ? Optional.empty() : drops.budget().perDay(),
                approved ? Optional.empty() : own.perDay(), zone);
        if (over.isEmpty()) {
            return true;
        }
        Spend.Limit limit = over.get();
        boolean fitsAnEmptyDay = limit.fitsAnEmptyDay();
        park(job, "It would cost " + MicroUsd.text(limit.wanted()) + " USD" + (job.options().takes() > 1 ? " with its other takes" : "")
                + ", and of the " + MicroUsd.text(limit.amount()) + " USD that " + limit.setting() + " allows, "
                + MicroUsd.text(limit.spent()) + " USD are spent or reserved." + (fitsAnEmptyDay
                ? " It goes on by itself when the next day begins in " + zone + "." : ""),
                limit.amount(), fitsAnEmptyDay ? Optional.of(midnight()) : Optional.empty());
        return false;
    }

    /** The budgets may be others than they were when the last program ended: what they allow now goes on. */
    public void free() {
        for (Job job : ledger.heldByBudget().free(drops, api.name(), zone)) {
            LOG.info("{}: the budget allows it now: it goes on, for {} USD", job.bundle(), MicroUsd.text(job.price().orElseThrow()));
        }
    }

    /** A job that a budget held goes on. */
    public Job resume(@ExchangeProperty(Exchanges.JOB) Job job) {
        return ledger.transitions().received(job, clock.instant(), "A new day, or a new budget");
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
