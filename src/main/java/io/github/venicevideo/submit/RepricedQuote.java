package io.github.venicevideo.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Remaps;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.MediaChanged;
import io.github.venicevideo.venice.answer.QuoteAnswer;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.answer.Refused;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a job costs that was accepted already: by another model than was asked for, or before the ledger knew of it. */
public final class RepricedQuote implements ApiQuestion {

    private static final Logger LOG = LoggerFactory.getLogger(RepricedQuote.class);

    private final Home home;
    private final Ledger ledger;
    private final Clock clock;
    private final CatalogueCache catalogue;
    private final Backoff backoff;
    private final ZoneId zone;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public RepricedQuote(Home home, Ledger ledger, Clock clock, CatalogueCache catalogue, Settings settings) {
        this.home = home;
        this.ledger = ledger;
        this.clock = clock;
        this.catalogue = catalogue;
        this.backoff = new Backoff(settings.duration("venice.retry.initial-delay"),
                settings.duration("venice.retry.max-delay"));
        this.zone = ZoneId.of(settings.required("venice.zone"));
    }

    /** In the form that needs no video. */
    @Override
    public void ask(Exchange exchange) throws IOException {
        Job job = exchange.getProperty(Exchanges.JOB, Job.class);
        PriceQuestion question = Quote.questionOf(job);
        ObjectNode fields = job.request().fields().deepCopy();
        String model = job.model().orElseThrow();
        exchange.getMessage().setBody(question.body(new VideoRequest(fields.put("model", model), job.request().media()),
                formOf(question),
                catalogue.get().flatMap(known -> known.find(model)), home.work(job.id()).path()));
    }

    private static QuoteForm formOf(PriceQuestion question) {
        return question.allows(QuoteForm.GUIDE) ? QuoteForm.GUIDE : QuoteForm.ENTRY;
    }

    @Override
    public void judge(Exchange exchange) {
        PriceQuestion question = Quote.questionOf(exchange.getProperty(Exchanges.JOB, Job.class));
        exchange.setProperty(Exchanges.ANSWER, question.answer(formOf(question),
                QuoteAnswer.of(Answer.of(exchange.getMessage(), clock))));
        exchange.getMessage().setBody(null);
    }

    @Override
    public void judgeFailure(Exchange exchange) {
        Quote.failed(exchange);
    }

    /** Settles it at that price; where it cannot be had, what was asked for at first stands. */
    public void settle(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) QuoteOutcome answer) {
        String taken = Remaps.asked(job).map(asked -> "It was taken by " + job.model().orElse("") + " in place of " + asked)
                .orElse("It was paid for before this ledger knew it");
        int tries = ledger.remaps().tries(job.id());
        if (answer instanceof QuoteOutcome.Priced priced) {
            LOG.warn("{}: {}, and costs {} USD", job.bundle(), taken, MicroUsd.text(priced.microUsd()));
            ledger.remaps().priced(job, priced.microUsd(), day(job), taken + ", and costs " + MicroUsd.text(priced.microUsd()) + " USD");
        } else if (tries < Price.MOST_TRIES && !(answer instanceof QuoteOutcome.NoPrice || answer instanceof Refused
                || answer instanceof MediaChanged)) {
            ledger.remaps().later(job, clock.instant().plus(backoff.after(tries + 1, random)), "No price yet");
        } else {
            LOG.warn("{}: {}, and what that costs cannot be had", job.bundle(), taken);
            ledger.remaps().unpriced(job, taken + ", and what that costs cannot be had");
        }
    }

    private LocalDate day(Job job) {
        return LocalDate.ofInstant(job.submittedAt().orElse(job.createdAt()), zone);
    }
}
