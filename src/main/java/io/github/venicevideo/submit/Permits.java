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

    private static final String TAKEN = "venicePermit";

    private final Ledger ledger;
    private final Limits limits;

    public Permits(Ledger ledger, Limits limits) {
        this.ledger = ledger;
        this.limits = limits;
    }

    /**
     * Takes both. Without them, the job goes back to its place; its price is kept.
     *
     * @return {@code send} or {@code later}
     */
    public String take(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        Optional<Gate.Closed> closed = limits.gate().closed();
        Optional<RequestBudget.Permit> permit = closed.map(Gate.Closed::trial).orElse(true) ? limits.queue().take()
                : Optional.empty();
        if (permit.isPresent() && (closed.isEmpty() || limits.gate().takeTrial())) {
            exchange.setProperty(TAKEN, new Taken(permit.get(), closed));
            return "send";
        }
        permit.ifPresent(limits.queue()::giveBack);
        ledger.leases().putBack(job);
        return "later";
    }

    /** The job is not sent after all: the next one may have what it took. It goes back to its place, to be judged anew. */
    public void giveBack(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(TAKEN) Taken taken) {
        release(taken);
        ledger.leases().putBack(job);
    }

    /** What was to be looked at before the job is sent has failed: the same, and the job waits as one that broke off does. */
    public void giveBackAndFail(@ExchangeProperty(TAKEN) Taken taken,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) throws Exception {
        release(taken);
        throw failure;
    }

    private void release(Taken taken) {
        limits.queue().giveBack(taken.permit());
        taken.trial().ifPresent(limits.gate()::giveTrialBack);
    }

    /** @param trial the closed gate that it was let through */
    record Taken(RequestBudget.Permit permit, Optional<Gate.Closed> trial) {
    }
}
