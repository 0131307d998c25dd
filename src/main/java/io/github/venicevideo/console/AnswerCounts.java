package io.github.venicevideo.console;

import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.client.ApiCall;
import io.github.venicevideo.venice.client.CallWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;

/** Counts the API's answers by call and status, and hands on what it sees. */
final class AnswerCounts implements CallWatch {

    private static final int LEAST_STATUS = 100;
    private static final int MOST_STATUS = 599;

    private final MeterRegistry registry;
    private final CallWatch next;

    AnswerCounts(MeterRegistry registry, CallWatch next) {
        this.registry = registry;
        this.next = next;
    }

    @Override
    public void begin(ApiCall call) throws IOException {
        next.begin(call);
    }

    @Override
    public void answered(ApiCall call, Answer head) {
        boolean known = head.status() >= LEAST_STATUS && head.status() <= MOST_STATUS;
        count(call, known ? String.valueOf(head.status()) : "other");
        next.answered(call, head);
    }

    @Override
    public void unanswered(ApiCall call, boolean reached) {
        count(call, reached ? "none" : "unreached");
        next.unanswered(call, reached);
    }

    private void count(ApiCall call, String outcome) {
        Counter.builder("venice.answers").description("Answers of the API since the start, by call and status")
                .tag("call", call.toString()).tag("outcome", outcome).register(registry).increment();
    }
}
