package io.github.venicevideo.home.drop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One drop folder.
 *
 * @param name as configured; {@code drop} for the one that is there without configuration
 * @param folder where bundles are dropped
 * @param defaults request fields, and {@code model.<kind>}, for bundles that leave them open
 * @param deliverTo names of destinations; empty for {@code venice.delivery.to}
 * @param budget what its jobs may cost
 */
public record Drop(String name, Path folder, Map<String, String> defaults, List<String> deliverTo, Budget budget) {
}
