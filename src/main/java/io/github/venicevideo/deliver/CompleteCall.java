package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.CompleteAnswer;
import io.github.venicevideo.venice.answer.Retry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** Asks the API to delete its copy of a video. */
public final class CompleteCall implements ApiQuestion {

    private final Clock clock;

    public CompleteCall(Clock clock) {
        this.clock = clock;
    }

    /** Which copy. */
    public Map<String, String> question(@ExchangeProperty(Exchanges.JOB) Job job) {
        return Map.of("model", job.model().orElse(""), "queue_id", job.queueId().orElse(""));
    }

    /** The body is the question as JSON already. */
    @Override
    public void ask(Exchange exchange) {
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Json.MEDIA_TYPE);
    }

    @Override
    public void judge(Exchange exchange) {
        exchange.setProperty(Exchanges.ANSWER, CompleteAnswer.of(Answer.of(exchange.getMessage(), clock)));
        exchange.getMessage().setBody(null);
    }

    @Override
    public void judgeFailure(Exchange exchange) {
        failed(exchange);
    }

    /** Deleting twice is no harm, so it is tried again. */
    static void failed(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().setBody(null);
        exchange.setProperty(Exchanges.ANSWER, new Retry(0, Optional.empty(), failure.getClass().getSimpleName()));
    }
}
