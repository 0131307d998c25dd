package io.github.venicevideo.api;

import java.util.Optional;

/**
 * What is known of how long a model takes.
 *
 * @param averageMs what the API last reported as its average (a P80), in milliseconds; empty when it reported none
 * @param logRatio running mean of ln(observed / average)
 * @param weight over how many jobs, counting what was assumed at first as {@link #FIRST_WEIGHT}
 */
public record ModelSpeed(Optional<Long> averageMs, double logRatio, int weight) {

    /** A lognormal time's median over its P80, with the spread that was seen at the provider. */
    public static final double FIRST_LOG_RATIO = Math.log(0.745);
    public static final int FIRST_WEIGHT = 5;
    /** From then on, old jobs count less and less: a model may become another one under the same name. */
    static final int MOST_WEIGHT = 200;

    /** Taken where no average was ever reported; what is observed corrects it. */
    private static final long ASSUMED_MS = 145_000;
    private static final double MOST_LOG_RATIO = Math.log(1_000);

    /** A model that nothing is known of. */
    public static ModelSpeed unknown() {
        return new ModelSpeed(Optional.empty(), FIRST_LOG_RATIO, FIRST_WEIGHT);
    }

    /** The time by which half of the jobs are done, as far as can be told; in milliseconds. */
    public double medianMs() {
        return averageOrAssumed() * Math.exp(logRatio);
    }

    /** The same after one more job was observed. */
    public ModelSpeed observed(long millis) {
        double mean = (logRatio * weight + logRatioOf(millis)) / (weight + 1);
        return new ModelSpeed(averageMs, mean, Math.min(weight + 1, MOST_WEIGHT));
    }

    /** The same with what the API reports now. */
    public ModelSpeed reported(long average) {
        return new ModelSpeed(Optional.of(average), logRatio, weight);
    }

    private double logRatioOf(long millis) {
        double ratio = Math.log(Math.max(1, millis) / (double) averageOrAssumed());
        return Math.max(-MOST_LOG_RATIO, Math.min(MOST_LOG_RATIO, ratio));
    }

    private long averageOrAssumed() {
        return averageMs.orElse(ASSUMED_MS);
    }
}
