package io.github.venicevideo.sandbox.fault;

import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Faults on demand. Rules are tried in the order in which they were armed; in each {@link Fault.Phase} the first that
 * fits strikes. A struck request still counts against the limits, and a struck failure towards the block.
 */
public final class Faults {

    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final List<Hold> holds = new CopyOnWriteArrayList<>();

    public Faults() {
    }

    /** For the next {@code times} requests of this call. */
    public FaultRule next(int times, Call call, Fault fault) {
        return arm(new FaultRule(call, request -> true, times, fault));
    }

    /** For every request of this call, until disarmed. */
    public FaultRule every(Call call, Fault fault) {
        return next(Integer.MAX_VALUE, call, fault);
    }

    /**
     * For those requests of this call that the predicate picks. A fault that strikes before the body is read shows the
     * predicate a request without one.
     */
    public FaultRule when(Call call, Predicate<LoggedRequest> which, Fault fault) {
        return arm(new FaultRule(call, which, Integer.MAX_VALUE, fault));
    }

    /** Holds the next request of this call at this point. */
    public Hold hold(Call call, Hold.Point at) {
        return hold(call, at, 0);
    }

    /** Holds the next video sent by this call, after so many bytes. */
    public Hold holdWhileSending(Call call, long afterBytes) {
        return hold(call, Hold.Point.WHILE_SENDING, afterBytes);
    }

    /** Disarms all, and releases all that is held. */
    public void clear() {
        rules.forEach(FaultRule::disarm);
        rules.clear();
        holds.forEach(Hold::release);
        holds.clear();
    }

    /** Disarms all, and drops what is held. */
    public void abandon() {
        holds.forEach(Hold::abandon);
        clear();
    }

    public Optional<Fault> strike(Fault.Phase phase, LoggedRequest request) {
        return rules.stream().filter(rule -> rule.strikes(request.call(), phase, request)).findFirst()
                .map(FaultRule::fault);
    }

    private Hold hold(Call call, Hold.Point at, long afterBytes) {
        Hold hold = new Hold();
        holds.add(hold);
        next(1, call, new Fault.Wait(hold, at, afterBytes));
        return hold;
    }

    private FaultRule arm(FaultRule rule) {
        rules.add(rule);
        return rule;
    }
}
