package io.github.venicevideo.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.Evidence;
import io.github.venicevideo.venice.answer.QueueAnswer;
import io.github.venicevideo.venice.answer.QueueFailure;
import io.github.venicevideo.venice.answer.QueueOutcome;
import io.github.venicevideo.venice.answer.Refused;
import io.github.venicevideo.venice.request.QueueRequestEntity;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one call that is paid for (contract, "POST /video/queue"): it counts the bytes that it hands over. */
public final class QueueCall implements ApiQuestion {

    /** The exchange property that holds what the answer bears for later questions. */
    static final String EVIDENCE = "veniceEvidence";

    /** The exchange property that holds the body that was sent. */
    private static final String ENTITY = "veniceEntity";

    private static final Logger LOG = LoggerFactory.getLogger(QueueCall.class);
    private static final int SERVER_ERROR = 500;
    /** So often a request is answered with a 500 before a person decides, where {@code venice.submit.retry-500} is set. */
    private static final int MOST_SERVER_ERRORS = 3;

    private final Home home;
    private final Ledger ledger;
    private final Clock clock;
    private final Staging staging;
    private final boolean retry500;

    public QueueCall(Home home, Ledger ledger, Clock clock, Staging staging, Settings settings) {
        this.home = home;
        this.ledger = ledger;
        this.clock = clock;
        this.staging = staging;
        this.retry500 = settings.flag("venice.submit.retry-500");
    }

    @Override
    public void ask(Exchange exchange) throws IOException {
        Job job = exchange.getProperty(Exchanges.JOB, Job.class);
        QueueRequestEntity entity = QueueRequestEntity.of(staging.outgoing(job), home.work(job.id()).path(),
                Optional.ofNullable(exchange.getProperty(Exchanges.CONSENTS, ObjectNode.class)));
        exchange.setProperty(ENTITY, entity);
        LOG.info("{}: sending {} to the queue", job.bundle(), size(entity.getContentLength()));
        exchange.getMessage().setBody(entity);
    }

    @Override
    public void judge(Exchange exchange) {
        Job job = exchange.getProperty(Exchanges.JOB, Job.class);
        Answer answer = Answer.of(exchange.getMessage(), clock);
        Evidence.in(answer).ifPresent(evidence -> exchange.setProperty(EVIDENCE, evidence));
        QueueOutcome outcome = QueueAnswer.of(answer, Submit.modelOf(job));
        exchange.getMessage().setBody(null);
        if (retry500 && outcome instanceof QueueOutcome.InDoubt doubt && doubt.status() == SERVER_ERROR
                && job.serverErrors() + 1 < MOST_SERVER_ERRORS) {
            outcome = new QueueOutcome.ServerError(doubt.message());
        }
        boolean withoutConsents = outcome instanceof Refused refused && refused.isAboutConsents()
                && exchange.getProperty(Exchanges.CONSENTS) != null
                && !ledger.consentModels().contradictsItself(job.api(), Submit.modelOf(job));
        exchange.setProperty(Exchanges.ANSWER, withoutConsents ? new QueueOutcome.ConsentsRefused() : outcome);
    }

    /** By how much of its body was written. */
    @Override
    public void judgeFailure(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().setBody(null);
        boolean fullyWritten = Optional.ofNullable(exchange.getProperty(ENTITY, QueueRequestEntity.class))
                .map(QueueRequestEntity::fullyWritten).orElse(false);
        exchange.setProperty(Exchanges.ANSWER, QueueFailure.of(failure, fullyWritten));
    }

    private static String size(long bytes) {
        return bytes < 1_000_000 ? (bytes + 999) / 1000 + " kB" : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
