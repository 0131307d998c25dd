package io.github.venicevideo.poll;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.Patience;
import io.github.venicevideo.venice.SafeMessage;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.RetrieveAnswer;
import io.github.venicevideo.venice.answer.RetrieveOutcome;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.answer.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks about jobs in the making, and says what the answers come to (contract, "POST /video/retrieve"). */
public final class Poll implements ApiQuestion {

    private static final Logger LOG = LoggerFactory.getLogger(Poll.class);
    private static final int SERVER_ERROR = 500;
    /** A 500 may be this job's stored failure, told for ever, or an outage that ends: these tries are spread widely. */
    private static final int MOST_SERVER_ERRORS = 8;
    private static final int NEARLY = 99;
    /** So long after the deadline the provider has forgotten a job, whatever it says instead. */
    private static final Duration FORGOTTEN = Duration.ofHours(2);

    private final Ledger ledger;
    private final Clock clock;
    private final Limits limits;
    private final Backoff backoff;
    private final Patience patience;
    private final Duration deadline;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public Poll(Ledger ledger, Clock clock, Limits limits, Settings settings) {
        this.ledger = ledger;
        this.clock = clock;
        this.limits = limits;
        this.backoff = new Backoff(settings.duration("venice.retry.initial-delay"),
                settings.duration("venice.retry.max-delay"));
        this.patience = new Patience(MOST_SERVER_ERRORS, settings.duration("venice.retry.initial-delay"),
                settings.duration("venice.poll.give-up-after"));
        this.deadline = settings.duration("venice.poll.deadline");
    }

    /** The question. The remote copy is never deleted by asking: a transfer that breaks would lose a paid video. */
    public Map<String, String> question(@ExchangeProperty(Exchanges.JOB) Job job) {
        return Map.of("model", job.model().orElse(""), "queue_id", job.queueId().orElse(""));
    }

    /** The body is the question as JSON already. */
    @Override
    public void ask(Exchange exchange) {
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Json.MEDIA_TYPE);
    }

    /** A video stays in the body, unread. */
    @Override
    public void judge(Exchange exchange) {
        RetrieveOutcome outcome = RetrieveAnswer.of(Answer.of(exchange.getMessage(), clock));
        if (!(outcome instanceof RetrieveOutcome.Video)) {
            exchange.getMessage().setBody(null);
        }
        if (outcome instanceof RetrieveOutcome.Video || outcome instanceof RetrieveOutcome.Completed) {
            Job job = exchange.getProperty(Exchanges.JOB, Job.class);
            if (outcome instanceof RetrieveOutcome.Completed completed) {
                completed.url().ifPresent(url -> ledger.downloadUrls().answered(job.id(), url));
            }
            ledger.making().ready(job, TimeTaken.of(job, clock.instant(), ledger.modelSpeeds().of(job.model().orElse(""))));
        }
        exchange.setProperty(Exchanges.ANSWER, outcome);
    }

    /** Asking changes nothing, so it is asked again. */
    @Override
    public void judgeFailure(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().setBody(null);
        exchange.setProperty(Exchanges.ANSWER, new Retry(0, Optional.empty(),
                SafeMessage.of(failure)));
    }

    /** Still being made. */
    Job processing(Job job, RetrieveOutcome.Processing answer) {
        Optional<Long> average = answer.averageMs().isPresent() ? Optional.of(answer.averageMs().getAsLong()) : average(job);
        long execution = answer.executionMs().orElseGet(() -> Duration.between(submitted(job), clock.instant()).toMillis());
        long before = job.polledAt().map(at -> Duration.between(submitted(job), at).toMillis()).orElse(-1L);
        if (Progress.isNews(before, execution, average)) {
            LOG.info("{}: {}", job.bundle(), average.map(millis -> Math.min(NEARLY, execution * 100 / millis) + " % (" + execution / 1000
                    + " s of about " + millis / 1000 + " s)").orElse("in the making for " + execution / 1000 + " s"));
        }
        if (average.isEmpty()) {
            job.model().ifPresent(ledger.modelSpeeds()::reportedNothing);
        }
        return ledger.making().asked(job, average, clock.instant());
    }

    /** The API asks to be left alone for a while. */
    Job waitAsTold(Job job, Wait wait) {
        return again(job, wait.until(), wait.message());
    }

    /** The key or the account is refused; the video stays where it is. */
    Job waitForAccount(Job job, AccountTrouble trouble) {
        limits.gate().trouble(trouble, true);
        return again(job, clock.instant(), "the API key or the account is refused (" + trouble.code() + "): " + trouble.message());
    }

    /**
     * The provider is in trouble; a 500 that does not end is this job's own, and so is a refusal that nobody has heard of when
     * the provider should have forgotten the job.
     */
    Job retry(Job job, Retry retry) {
        boolean serverError = retry.status() == SERVER_ERROR || retry.isRefusal() && isForgotten(job);
        if (serverError && patience.isOver(job.serverErrors() + 1)) {
            return ledger.transitions().failed(job, Reason.RETRIEVE_FAILED, "Venice answered " + MOST_SERVER_ERRORS
                    + " times in a row that it cannot say what became of the video: " + retry.message(), Optional.empty());
        }
        Instant dueAt = serverError ? clock.instant().plus(patience.after(job.serverErrors() + 1))
                : backedOff(job, retry.notBefore());
        tellAgain(job, dueAt, retry.message());
        return ledger.making().troubled(job, dueAt, serverError);
    }

    /** The provider gave up on it. */
    Job failed(Job job, RetrieveOutcome.Failed answer) throws JsonProcessingException {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("code", answer.code());
        answer.creditsRefunded().ifPresent(refunded -> detail.put("credits_refunded", refunded));
        answer.recommendedModel().ifPresent(model -> detail.put("recommended_model", model));
        String refund = answer.creditsRefunded().map(refunded -> refunded ? " The credits were refunded."
                : " The credits were not refunded.").orElse("");
        boolean refunded = answer.creditsRefunded().orElse(false);
        if (refunded) {
            ledger.spend().refunded(job);
        }
        return ledger.transitions().failed(job, refunded ? Reason.GENERATION_REFUNDED : Reason.GENERATION_FAILED,
                "Venice could not make the video (" + answer.code() + "): " + answer.message() + refund
                + answer.recommendedModel().map(model -> " A model that would do it: " + model + ".").orElse(""),
                Optional.of(Json.mapper().writeValueAsString(detail)));
    }

    /** Unknown, expired or deleted. */
    Job expired(Job job, RetrieveOutcome.Expired answer) {
        return ledger.transitions().failed(job, Reason.EXPIRED, "Venice no longer knows this job: " + answer.message()
                + " It keeps videos for about 24 hours.", Optional.empty());
    }

    Job again(Job job, Instant dueAt, String message) {
        tellAgain(job, dueAt, message);
        return ledger.making().troubled(job, dueAt, false);
    }

    private void tellAgain(Job job, Instant dueAt, String message) {
        LOG.warn("{}: no usable answer, asked again in {} s: {}", job.bundle(),
                Math.max(1, Duration.between(clock.instant(), dueAt).toSeconds()), message);
    }

    Instant backedOff(Job job, Optional<Instant> notBefore) {
        Instant later = clock.instant().plus(backoff.after(job.troubleCount() + 1, random));
        return notBefore.filter(later::isBefore).orElse(later);
    }

    private boolean isForgotten(Job job) {
        return submitted(job).plus(deadline).plus(FORGOTTEN).isBefore(clock.instant());
    }

    private Optional<Long> average(Job job) {
        return job.averageMs().or(() -> job.model().flatMap(ledger.modelSpeeds()::average));
    }

    private Instant submitted(Job job) {
        return job.submittedAt().orElse(job.createdAt());
    }
}
