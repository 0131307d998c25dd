package io.github.venicevideo.submit;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.SafeMessage;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.QueueFailure;
import io.github.venicevideo.venice.answer.QuoteAnswer;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The question what one job will cost, in the form that its model was last answered in (contract, "POST /video/quote"). */
public final class Quote implements ApiQuestion {

    /** The exchange property that says in which form the price is being asked for. */
    static final String FORM = "veniceQuoteForm";

    private final Home home;
    private final Ledger ledger;
    private final Clock clock;
    private final Staging staging;
    private final CatalogueCache catalogue;

    public Quote(Home home, Ledger ledger, Clock clock, Staging staging, CatalogueCache catalogue) {
        this.home = home;
        this.ledger = ledger;
        this.clock = clock;
        this.staging = staging;
        this.catalogue = catalogue;
    }

    /** A video that is to be upscaled may be part of the question: one that is too large for its body is staged before. */
    @Override
    public void ask(Exchange exchange) throws IOException {
        Job job = exchange.getProperty(Exchanges.JOB, Job.class);
        PriceQuestion question = questionOf(job);
        QuoteForm form = Optional.ofNullable(exchange.getProperty(FORM, QuoteForm.class))
                .or(() -> ledger.quoteForms().of(job.api(), Submit.modelOf(job)).flatMap(QuoteForm::of).filter(question::allows))
                .orElse(QuoteForm.ENTRY);
        exchange.setProperty(FORM, form);
        boolean withVideo = form == QuoteForm.ENTRY && PriceQuestion.holdsVideo(job.request());
        if (withVideo) {
            staging.stage(job);
        }
        exchange.getMessage().setBody(question.body(withVideo ? staging.outgoing(job) : job.request(), form,
                catalogue.get().flatMap(known -> known.find(Submit.modelOf(job))), home.work(job.id()).path()));
    }

    static PriceQuestion questionOf(Job job) {
        return new PriceQuestion(job.options().referenceVideoSeconds(), job.options().clip());
    }

    /** A question that was refused in the first of two forms is asked in the second one. */
    @Override
    public void judge(Exchange exchange) {
        QuoteForm form = exchange.getProperty(FORM, QuoteForm.class);
        PriceQuestion question = questionOf(exchange.getProperty(Exchanges.JOB, Job.class));
        QuoteOutcome outcome = question.answer(form, QuoteAnswer.of(Answer.of(exchange.getMessage(), clock)));
        exchange.getMessage().setBody(null);
        boolean second = exchange.getProperty(Exchanges.ANSWER) instanceof OtherForm;
        Optional<QuoteForm> other = question.instead(form);
        if (outcome instanceof QuoteOutcome.NoPrice none && none.refused() && !second && other.isPresent()) {
            exchange.setProperty(FORM, other.get());
            exchange.setProperty(Exchanges.ANSWER, new OtherForm());
        } else {
            exchange.setProperty(Exchanges.ANSWER, outcome);
        }
    }

    @Override
    public void judgeFailure(Exchange exchange) {
        failed(exchange);
    }

    /** Asking costs nothing, so it is asked again. */
    static void failed(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().setBody(null);
        exchange.setProperty(Exchanges.ANSWER, QueueFailure.mediaChanged(failure).<QuoteOutcome>map(changed -> changed)
                .orElseGet(() -> new Retry(0, Optional.empty(), SafeMessage.of(failure))));
    }

    /** The answer was no answer yet: the question is to be asked in its other form. */
    record OtherForm() {
    }
}
