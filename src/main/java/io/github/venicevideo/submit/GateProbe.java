package io.github.venicevideo.submit;

import io.github.venicevideo.ledger.Limits;
import io.github.venicevideo.venice.AccountTrouble;
import io.github.venicevideo.venice.Answer;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Tries a closed gate with a call that changes nothing and costs nothing ({@code GET /api_keys/rate_limits}). */
public final class GateProbe {

    private final Limits limits;
    private final Clock clock;

    public GateProbe(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Whether the gate is closed and it is time to try. */
    public boolean isDue() {
        return limits.gate().isProbeDue();
    }

    /** Judges the answer: one job may try, or it stays closed. */
    public void judge(Exchange exchange) {
        Answer answer = Answer.of(exchange.getMessage(), clock);
        exchange.getMessage().setBody(null);
        Optional<AccountTrouble> trouble = AccountTrouble.in(answer);
        if (trouble.isPresent()) {
            limits.gate().trouble(trouble.get(), true);
        } else if (answer.success()) {
            limits.gate().probed();
        }
    }

    /** A call without an answer says nothing new. */
    public void judgeFailure(Exchange exchange) {
        exchange.getMessage().setBody(null);
    }
}
