package io.github.venicevideo.sandbox.fault;

import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** One armed fault: for which requests, and how often. */
public final class FaultRule {

    private final Call call;
    private final Predicate<LoggedRequest> which;
    private final int times;
    private final Fault fault;
    private final AtomicInteger hits = new AtomicInteger();
    private volatile boolean disarmed;

    FaultRule(Call call, Predicate<LoggedRequest> which, int times, Fault fault) {
        this.call = call;
        this.which = which;
        this.times = times;
        this.fault = fault;
    }

    /** How many requests it has struck. */
    public int hits() {
        return Math.min(hits.get(), times);
    }

    public void disarm() {
        disarmed = true;
    }

    Fault fault() {
        return fault;
    }

    /** Claims one strike, if this request is one of those meant and strikes are left. */
    boolean strikes(Call made, Fault.Phase phase, LoggedRequest request) {
        return !disarmed && made == call && fault.phase() == phase && hits.get() < times && which.test(request)
                && hits.incrementAndGet() <= times;
    }
}
