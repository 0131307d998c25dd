package io.github.venicevideo.submit;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.limit.Gate;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.limit.RequestBudget;
import io.github.venicevideo.ledger.work.Exchanges;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** What a job needs to be sent now: the permit for one call to the queue and, while the gate is closed, the one trial. */
public final class Permits {

    private final Ledger ledger;
    private final Limits limits;

    public Permits(Ledger ledger, Limits limits) {
        this.ledger = ledger;
        this.limits = limits;
    }

    /** Takes both. Without them, the job goes back to its place; its price is kept. */
    public void take(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        Optional<Gate.Closed> closed = limits.gate().closed();
        Optional<RequestBudget.Permit> permit = closed.map(Gate.Closed::trial).orElse(true) ? limits.queue().take()
                : Optional.empty();
        if (permit.isPresent() && (closed.isEmpty() || limits.gate().takeTrial())) {
            return;
        }
        permit.ifPresent(limits.queue()::giveBack);
        Exchanges.settled(exchange);
        ledger.leases().putBack(job);
    }
}
