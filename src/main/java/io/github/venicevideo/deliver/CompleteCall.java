package io.github.venicevideo.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/** Asks the API to delete its copy of a video. */
public final class CompleteCall implements ApiQuestion {

    private final Clock clock;

    public CompleteCall(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void ask(Exchange exchange) throws JsonProcessingException {
        Job job = exchange.getProperty(Exchanges.JOB, Job.class);
        exchange.getMessage().setBody(Json.entity(Map.of("model", job.model().orElse(""), "queue_id", job.queueId().orElse(""))));
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
