package io.github.venicevideo.intake.draft;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The manifest's reserved key {@code bundle}: what the bundle asks of us rather than of the API.
 *
 * @param deliverTo names of configured destinations, never URIs; empty: the drop folder's own
 * @param name what the video is called; empty: the bundle's name
 * @param maxPriceUsd most that one job may cost, in USD with at most six decimals; only lowers the configured limit
 * @param allowDuplicate whether the same content may be made again
 * @param takes how many jobs of the same request, {@value #MIN_TAKES} to {@value #MAX_TAKES}
 */
public record BundleOptions(List<String> deliverTo, Optional<String> name, Optional<BigDecimal> maxPriceUsd,
        boolean allowDuplicate, int takes) {

    public static final int MIN_TAKES = 1;
    public static final int MAX_TAKES = 100;

    /** What holds when the manifest has no {@code bundle}. */
    public static final BundleOptions NONE = new BundleOptions(List.of(), Optional.empty(), Optional.empty(), false, 1);

    public BundleOptions {
        deliverTo = List.copyOf(deliverTo);
    }
}
