package io.github.venicevideo.submit;

import io.github.venicevideo.ledger.limit.Balances;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.Balance;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;

/** What the account holds after a request in doubt, asked once; a refusal says nothing, and closes nothing. */
public final class BalanceCall implements ApiQuestion {

    private static final String BEFORE = "veniceBalanceBefore";
    private static final String NOW = "veniceBalance";

    private final Limits limits;
    private final Clock clock;

    public BalanceCall(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Remembers what was known of the account before, since the answer tells anew of it. */
    @Override
    public void ask(Exchange exchange) {
        limits.balances().last().ifPresent(seen -> exchange.setProperty(BEFORE, seen));
        exchange.getMessage().setBody(null);
    }

    @Override
    public void judge(Exchange exchange) {
        Balance.now(Answer.of(exchange.getMessage(), clock)).ifPresent(balance -> exchange.setProperty(NOW, balance));
        exchange.getMessage().setBody(null);
    }

    @Override
    public void judgeFailure(Exchange exchange) {
        exchange.getMessage().setBody(null);
    }

    static Optional<Balances.Seen> before(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(BEFORE, Balances.Seen.class));
    }

    static Optional<Balance> now(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(NOW, Balance.class));
    }
}
