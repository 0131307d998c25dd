package io.github.venicevideo.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Within what a duration makes sense. Outside of it steps would be given up while they are at work, the API and the ledger
 * would be asked without a pause, or something would never happen at all.
 */
record DurationBounds(Duration least, Duration most) {

    private static final DurationBounds PAUSE = new DurationBounds(Duration.ofMillis(10), Duration.ofHours(1));
    private static final DurationBounds QUIET = new DurationBounds(Duration.ZERO, Duration.ofDays(1));
    private static final DurationBounds KEPT = new DurationBounds(Duration.ofHours(1), Duration.ofDays(36_500));

    /** By the setting's canonical key. */
    private static final Map<String, DurationBounds> OF = Map.ofEntries(
            Map.entry("venice.api.timeout", new DurationBounds(Duration.ofSeconds(1), Duration.ofMinutes(10))),
            Map.entry("venice.drop.settle", QUIET),
            Map.entry("venice.drop.settle.prompt.only", QUIET),
            Map.entry("venice.catalogue.refresh", new DurationBounds(Duration.ofMinutes(1), Duration.ofDays(30))),
            Map.entry("venice.poll.min.interval", new DurationBounds(Duration.ofMillis(10), Duration.ofMinutes(10))),
            Map.entry("venice.poll.deadline", new DurationBounds(Duration.ofMinutes(1), Duration.ofDays(7))),
            Map.entry("venice.poll.give.up.after", new DurationBounds(Duration.ofSeconds(1), Duration.ofDays(1))),
            Map.entry("venice.retry.initial.delay", PAUSE),
            Map.entry("venice.retry.max.delay", PAUSE),
            Map.entry("venice.gate.probe.interval", PAUSE),
            Map.entry("venice.consent.policy.trusted.for", new DurationBounds(Duration.ZERO, Duration.ofDays(365))),
            Map.entry("venice.consent.recheck", new DurationBounds(Duration.ofMillis(100), Duration.ofDays(1))),
            Map.entry("venice.consent.valid.for", KEPT),
            Map.entry("venice.delivery.optional.for", new DurationBounds(Duration.ofMillis(1), Duration.ofDays(30))),
            Map.entry("venice.retention.done", KEPT),
            Map.entry("venice.retention.failed", KEPT),
            Map.entry("venice.retention.parked", KEPT),
            Map.entry("venice.retention.history", KEPT),
            Map.entry("venice.generate.timeout", new DurationBounds(Duration.ofSeconds(1), Duration.ofDays(7))),
            Map.entry("venice.ledger.idle", new DurationBounds(Duration.ofMillis(1), Duration.ofMinutes(1))),
            // Renewed at each third, which a busy machine or disk may do some seconds late.
            Map.entry("venice.ledger.lease", new DurationBounds(Duration.ofSeconds(30), Duration.ofDays(7))));

    /** The bounds of a setting that has some. */
    static Optional<DurationBounds> of(String key) {
        return Optional.ofNullable(OF.get(Settings.canonical(key)));
    }

    boolean contain(Duration duration) {
        return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
    }

    /** As one would write them. */
    @Override
    public String toString() {
        return "from " + spelt(least) + " to " + spelt(most);
    }

    private static String spelt(Duration duration) {
        return duration.toMillisPart() > 0 || duration.isZero() ? duration.toMillis() + "ms"
                : duration.toSecondsPart() > 0 ? duration.toSeconds() + "s"
                : duration.toMinutesPart() > 0 ? duration.toMinutes() + "m"
                : duration.toHoursPart() > 0 ? duration.toHours() + "h" : duration.toDays() + "d";
    }
}
