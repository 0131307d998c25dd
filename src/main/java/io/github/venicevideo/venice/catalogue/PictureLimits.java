package io.github.venicevideo.venice.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Which pictures a model takes.
 *
 * @param shortestSide least pixels of the shorter side
 * @param narrowest width divided by height must be more
 * @param widest width divided by height must be less
 */
public record PictureLimits(int shortestSide, double narrowest, double widest) {

    /** What an entry's constraints say; empty where they do not say all of it. */
    static Optional<PictureLimits> of(JsonNode constraints) {
        double side = constraints.path("reference_image_min_short_side_pixels").asDouble();
        double narrowest = constraints.path("reference_image_min_aspect_ratio").asDouble();
        double widest = constraints.path("reference_image_max_aspect_ratio").asDouble();
        return side >= 1 && side < 100_000 && narrowest > 0 && widest > narrowest
                ? Optional.of(new PictureLimits((int) side, narrowest, widest)) : Optional.empty();
    }
}
