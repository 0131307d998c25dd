package io.github.venicevideo.submit;

import io.github.venicevideo.ledger.limit.Gate;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.answer.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;

/** Tries the key, or a closed gate, with a call that changes nothing and costs nothing ({@code GET /api_keys/rate_limits}). */
public final class GateProbe implements ApiQuestion {

    private static final String GATE = "veniceGateIsTried";
    private static final Duration UNASKED = Duration.ofSeconds(25);

    private final AtomicBoolean begins = new AtomicBoolean(true);
    private final Limits limits;
    private final Clock clock;

    public GateProbe(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Whether it is time to make it: a closed gate is tried now and then; the key is tried once when the program begins, so that
     * a wrong one is told before anything is dropped; and so is an API that jobs wait for, when nothing else was asked of it.
     */
    public boolean isDue(Exchange exchange) {
        limits.reach().look();
        Optional<Gate.Closed> closed = limits.gate().closed();
        boolean first = begins.compareAndSet(true, false);
        boolean gate = closed.isPresent() && limits.gate().isProbeDue()
                || first && closed.filter(shut -> !shut.code().equals(Gate.IN_DOUBT)).isPresent();
        exchange.setProperty(GATE, gate);
        return gate || closed.isEmpty() && first || limits.reach().isUnknownFor(UNASKED);
    }

    @Override
    public void ask(Exchange exchange) {
        exchange.getMessage().setBody(null);
    }

    /** One job may try, or the gate stays closed, or is closed. */
    @Override
    public void judge(Exchange exchange) {
        Answer answer = Answer.of(exchange.getMessage(), clock);
        exchange.getMessage().setBody(null);
        Optional<AccountTrouble> trouble = AccountTrouble.in(answer);
        if (trouble.isPresent()) {
            limits.gate().trouble(trouble.get(), true);
        } else if (answer.success() && exchange.getProperty(GATE, false, Boolean.class)) {
            limits.gate().probed();
        }
    }

    /** A call without an answer says nothing new. */
    @Override
    public void judgeFailure(Exchange exchange) {
        exchange.getMessage().setBody(null);
    }
}
