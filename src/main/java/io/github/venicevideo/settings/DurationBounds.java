package io.github.venicevideo.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Within what a duration makes sense. Outside of it steps would be given up while they are at work, the API and the ledger
 * would be asked without a pause, or something would never happen at all.
 */
record DurationBounds(Duration least, Duration most) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    /** A duration as one writes it, such as {@code 500ms} or {@code 90d}; empty when it is none. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        return matcher.matches() ? Optional.of(of(Long.parseLong(matcher.group(1)), matcher.group(2))) : Optional.empty();
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    boolean contain(Duration duration) {
        return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
    }
}
