package io.github.venicevideo.ledger.limit;

import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.RateHeaders;
import io.github.venicevideo.venice.client.ApiCall;
import io.github.venicevideo.venice.client.CallWatch;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one API key may do: the budgets of its calls, the budget of its failures, and its gate. It sees every call
 * that is made with the key, and stops those that would get it blocked.
 */
public final class Limits implements CallWatch, Service {

    private static final Logger LOG = LoggerFactory.getLogger(Limits.class);
    private static final int SERVER_ERROR = 500;

    private final RequestBudget queue;
    private final RequestBudget retrieve;
    private final FailureBudget failures;
    private final Gate gate;
    private final Reach reach;
    private final Breaker asking;
    private final Breaker pricing;
    private final Breaker fetching;
    private final Balances balances;

    /** @param key whose limits these are */
    public Limits(Ledger ledger, KeyId key, Clock clock, Settings settings) {
        this.queue = new RequestBudget(ledger::jdbi, clock, key, ApiCall.QUEUE,
                settings.number("venice.limits.queue-per-minute"));
        this.retrieve = new RequestBudget(ledger::jdbi, clock, key, ApiCall.RETRIEVE,
                settings.number("venice.limits.retrieve-per-minute"));
        this.failures = new FailureBudget(ledger::jdbi, clock, key,
                settings.number("venice.limits.failures"));
        this.gate = new Gate(ledger::jdbi, clock, key, settings.duration("venice.gate.probe-interval"));
        this.reach = new Reach(ledger::jdbi, clock, key);
        Duration pause = settings.duration("venice.retry.initial-delay");
        this.asking = new Breaker(clock, pause);
        this.pricing = new Breaker(clock, pause);
        this.fetching = new Breaker(clock, pause);
        this.balances = new Balances(ledger::jdbi, clock, key);
    }

    /** Calls that send a job. */
    public RequestBudget queue() {
        return queue;
    }

    /** Calls that ask about a job. */
    public RequestBudget retrieve() {
        return retrieve;
    }

    /** Answers that were no success, of all calls. */
    public FailureBudget failures() {
        return failures;
    }

    /** Whether anything is sent to the queue at all. */
    public Gate gate() {
        return gate;
    }

    /** What answers tell of the account. */
    public Balances balances() {
        return balances;
    }

    /** What the last questions about jobs say of the next. */
    public Breaker asking() {
        return asking;
    }

    /** What the last questions about prices say of the next. */
    public Breaker pricing() {
        return pricing;
    }

    /** What the last transfers of videos say of the next; whoever fetches tells it. */
    public Breaker fetching() {
        return fetching;
    }

    /** Whether the API answers at all. */
    public Reach reach() {
        return reach;
    }

    @Override
    public void start() {
        // nothing is held open
    }

    /** When no call is made any more, and before the ledger is closed. */
    @Override
    public void stop() {
        failures.settle();
    }

    @Override
    public void begin(ApiCall call) throws IOException {
        try {
            failures.begin();
        } catch (RuntimeException e) {
            throw new IOException("It was held back: the ledger does not say whether it may be made", e);
        }
        reach.begin(call == ApiCall.QUEUE);
    }

    /** Never throws: the answer that has come matters more than the count of it. */
    @Override
    public void answered(ApiCall call, Answer head) {
        try {
            if (head.success()) {
                failures.succeeded();
            } else {
                failures.failedNow();
            }
            heard(call, head.status() < SERVER_ERROR);
            reach.answered(head);
            balances.heard(head);
            RateHeaders headers = RateHeaders.of(head);
            switch (call) {
                case QUEUE -> queue.heard(head.status(), headers);
                case RETRIEVE -> retrieve.heard(head.status(), headers);
                case QUOTE, OTHER -> { }
            }
        } catch (RuntimeException e) {
            LOG.warn("What an answer says of the limits could not be kept: {}", e.toString());
        }
    }

    private void heard(ApiCall call, boolean worked) {
        if (call == ApiCall.RETRIEVE || call == ApiCall.QUOTE) {
            Breaker breaker = call == ApiCall.QUOTE ? pricing : asking;
            if (worked) {
                breaker.worked();
            } else {
                breaker.failed();
            }
        }
    }

    @Override
    public void unanswered(ApiCall call, boolean reached) {
        try {
            if (reached) {
                failures.failedNow();
            } else {
                failures.succeeded();
            }
            heard(call, false);
            reach.failed(reached ? "calls are not answered" : "no connection can be made");
        } catch (RuntimeException e) {
            LOG.warn("A call without an answer could not be counted: {}", e.toString());
        }
    }
}
