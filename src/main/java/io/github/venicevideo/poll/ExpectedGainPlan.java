package io.github.venicevideo.poll;

import io.github.venicevideo.api.InFlight;
import io.github.venicevideo.api.ModelSpeed;
import io.github.venicevideo.api.PollPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks where an answer is expected to shorten the waiting most.
 *
 * <p>{@link #waited} says how long, in parts of the model's median, a video is expected to have lain finished at some
 * age of its job. What a question is worth is how much that has grown since the last one. It is divided by the root of
 * the median, so that a slow model's jobs, whose gains grow larger, do not crowd out a quick one's.
 * {@code PollPlanSimulation} in the tests shows what that comes to.
 */
public final class ExpectedGainPlan implements PollPlan {

    private static final double FLOOR = 0.05;
    private static final double EARLIEST = 0.45;
    private static final double SPREAD = 1.1;
    /** A question that gains less than this part of the least interval is not asked: 1 s with 3 s. */
    private static final double LEAST_GAIN = 1.0 / 3;

    private final double minIntervalMs;

    /** @param minInterval the least time between two questions about one job */
    public ExpectedGainPlan(Duration minInterval) {
        this.minIntervalMs = minInterval.toMillis();
    }

    @Override
    public Optional<InFlight> next(Collection<InFlight> jobs, Map<String, ModelSpeed> speeds, Instant now) {
        Map<String, InFlight> unknown = new HashMap<>();
        Set<String> beingLearnt = new HashSet<>();
        InFlight best = null;
        double bestWorth = 0;
        for (InFlight job : jobs) {
            ModelSpeed speed = speeds.get(job.model());
            if (speed == null) {
                job.askedAt().ifPresentOrElse(at -> beingLearnt.add(job.model()),
                        () -> unknown.merge(job.model(), job, ExpectedGainPlan::older));
            }
            if (job.askedAt().isPresent() && millis(job.askedAt().get(), now) < minIntervalMs) {
                continue;
            }
            double median = (speed == null ? ModelSpeed.unknown() : speed).medianMs();
            double gain = gain(job, median, now);
            if (gain >= minIntervalMs * LEAST_GAIN && gain / Math.sqrt(median) > bestWorth) {
                best = job;
                bestWorth = gain / Math.sqrt(median);
            }
        }
        // One job of a model that is not known yet: its answer says what to expect of the others.
        unknown.keySet().removeAll(beingLearnt);
        Optional<InFlight> gaining = Optional.ofNullable(best);
        return unknown.values().stream().reduce(ExpectedGainPlan::older).or(() -> gaining);
    }

    private static InFlight older(InFlight one, InFlight other) {
        return other.submittedAt().isBefore(one.submittedAt()) ? other : one;
    }

    /** How much less a video is expected to lie finished when its job is asked about now; in milliseconds. */
    private static double gain(InFlight job, double median, Instant now) {
        double age = Math.max(0, millis(job.submittedAt(), now));
        double before = job.askedAt().map(at -> Math.max(0, millis(job.submittedAt(), at))).orElse(0.0);
        return (waited(age / median) - waited(before / median)) * median;
    }

    /**
     * ψ(x) = 0.05 x + (clamp(x, 0.45, 1) − 0.45)² / 1.1 + max(0, x − 1): next to nothing is finished before 0.45 of the
     * median; around it the share grows; what is overdue lies there second by second.
     */
    static double waited(double x) {
        double near = Math.max(EARLIEST, Math.min(1, x)) - EARLIEST;
        return FLOOR * x + near * near / SPREAD + Math.max(0, x - 1);
    }

    private static double millis(Instant from, Instant to) {
        return (to.getEpochSecond() - from.getEpochSecond()) * 1e3 + (to.getNano() - from.getNano()) / 1e6;
    }
}
