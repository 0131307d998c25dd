package io.github.venicevideo.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks first at 0.6 of the average, then each tenth of it. */
public final class PlainPollPlan implements PollPlan {

    private static final double FIRST = 0.6;
    private static final double NEXT = 0.1;

    private final Duration minInterval;

    /** @param minInterval the least time between two polls of one job */
    public PlainPollPlan(Duration minInterval) {
        this.minInterval = minInterval;
    }

    @Override
    public Instant nextPoll(Instant submittedAt, Optional<Instant> polledAt, Optional<Long> averageMs) {
        long average = averageMs.orElse(0L);
        Instant first = submittedAt.plus(atLeastMinimum(FIRST * average));
        return polledAt.map(at -> at.plus(atLeastMinimum(NEXT * average)))
                .filter(next -> next.isAfter(first))
                .orElse(first);
    }

    private Duration atLeastMinimum(double millis) {
        Duration wanted = Duration.ofMillis(Math.round(millis));
        return wanted.compareTo(minInterval) < 0 ? minInterval : wanted;
    }
}
