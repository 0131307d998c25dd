package io.github.venicevideo.sandbox.api;

import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.time.Duration;
import java.util.SplittableRandom;

/** How long generation takes: lognormal around a typical time per model. */
public final class Timing {

    /** Put anywhere into a prompt: its job takes long. */
    public static final String SLOW = "VENICE-SANDBOX-SLOW";

    /** The 80th percentile of a normal distribution, in sigmas: the API's "average" is the P80. */
    private static final double P80 = 0.8416;

    private final SandboxOptions options;

    public Timing(SandboxOptions options) {
        this.options = options;
    }

    /** Drawn from the seed and the job's number among all, so that a run can be repeated. */
    long drawMillis(Model model, int jobNumber) {
        // Not Random: the first draws of its neighbouring seeds resemble each other.
        double z = new SplittableRandom(options.seed() * 1_000_003 + jobNumber).nextGaussian();
        return Math.round(medianMillis(model) * Math.exp(options.sigma() * z));
    }

    long p80Millis(Model model) {
        return Math.round(medianMillis(model) * Math.exp(options.sigma() * P80));
    }

    private double medianMillis(Model model) {
        Duration forAll = options.medians().get(SandboxOptions.ALL_MODELS);
        Duration median = options.medians().getOrDefault(model.id(), forAll);
        return median == null ? model.medianMillis() : median.toMillis();
    }
}
