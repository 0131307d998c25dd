package io.github.venicevideo.home.drop;

import java.util.Optional;

/**
 * What may be spent, in micro-dollars; empty means no limit.
 *
 * @param perJob on one job
 * @param perDay on all jobs of one day in {@code venice.zone}
 */
public record Budget(Optional<Long> perJob, Optional<Long> perDay) {

    /** Whether there is a limit at all. */
    public boolean isLimited() {
        return perJob.isPresent() || perDay.isPresent();
    }
}
