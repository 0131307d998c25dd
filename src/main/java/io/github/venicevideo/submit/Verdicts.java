package io.github.venicevideo.submit;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.answer.MediaChanged;
import io.github.venicevideo.venice.answer.QueueOutcome;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.answer.Wait;

/** What the answer to one job says about the jobs that come after it: about its model, and about the gate. */
final class Verdicts {

    private final Limits limits;

    Verdicts(Limits limits) {
        this.limits = limits;
    }

    /**
     * A quote proves a price and nothing else: a refused one neither opens the gate nor ends a row of doubts, since the queue
     * has judged nothing. A question that was never answered says nothing of the model.
     *
     * @param answer one that is no price
     */
    void ofQuote(String model, QuoteOutcome answer) {
        if (!(answer instanceof MediaChanged) && (!(answer instanceof Retry retry) || retry.status() > 0)) {
            limits.failures().learn(model, false);
        }
        if (answer instanceof AccountTrouble trouble) {
            limits.gate().trouble(trouble, false);
        }
    }

    /** What the queue has answered. Told once what the answer comes to is committed: nothing of it is lost when this breaks off. */
    void of(Job job, QueueOutcome outcome) {
        if (outcome instanceof QueueOutcome.NotSent || outcome instanceof MediaChanged) {
            return;
        }
        limits.failures().learn(Submit.modelOf(job), outcome instanceof QueueOutcome.Accepted);
        if (outcome instanceof AccountTrouble trouble) {
            limits.gate().trouble(trouble, false);
        } else if (outcome instanceof QueueOutcome.InDoubt doubt) {
            limits.gate().doubt(doubt.message());
        } else if (outcome instanceof QueueOutcome.ServerError error) {
            limits.gate().doubt(error.message());
        } else if (!(outcome instanceof Wait)) {
            limits.gate().works();
        }
    }
}
