package io.github.venicevideo.venice.answer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the headers of an answer say about the pace that the server wants
 * (contract, "Errors" and "Where sources disagree").
 *
 * @param limit requests per window, where told and sensible
 * @param remaining requests left in this window, where told
 * @param reset when the window starts anew: between the answer's time and {@link #LONGEST_WAIT} after it
 * @param retryAfter when {@code Retry-After} allows the next try, in the same bounds
 */
public record RateHeaders(OptionalLong limit, OptionalLong remaining, Optional<Instant> reset,
                          Optional<Instant> retryAfter) {

    /** No server makes us wait longer than this at once. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private static final double YEAR_IN_SECONDS = 366 * 86_400.0;
    private static final double FIRST_MILLISECONDS = 1e11;

    public static RateHeaders of(Answer answer) {
        Instant now = Instant.ofEpochMilli(answer.receivedAt());
        return new RateHeaders(
                count(answer.headers().get("x-ratelimit-limit-requests")),
                count(answer.headers().get("x-ratelimit-remaining-requests")),
                reset(answer.headers().get("x-ratelimit-reset-requests"), now),
                retryAfter(answer.headers().get("retry-after"), now));
    }

    /** The later of both times, where there is one. */
    public Optional<Instant> latest() {
        if (reset.isPresent() && retryAfter.isPresent()) {
            return reset.get().isAfter(retryAfter.get()) ? reset : retryAfter;
        }
        return reset.or(() -> retryAfter);
    }

    private static OptionalLong count(String text) {
        double value = number(text);
        return value >= 0 && value <= 1_000_000_000 ? OptionalLong.of((long) value) : OptionalLong.empty();
    }

    /** Sources disagree on the unit, so the magnitude tells: a small number can only be a span, a huge one milliseconds. */
    private static Optional<Instant> reset(String text, Instant now) {
        double value = number(text);
        if (Double.isNaN(value) || value < 0) {
            return Optional.empty();
        }
        if (value < YEAR_IN_SECONDS) {
            return Optional.of(after(now, value * 1_000));
        }
        double epochMillis = value < FIRST_MILLISECONDS ? value * 1_000 : value;
        return Optional.of(after(now, epochMillis - now.toEpochMilli()));
    }

    private static Optional<Instant> retryAfter(String text, Instant now) {
        double seconds = number(text);
        if (!Double.isNaN(seconds)) {
            return seconds < 0 ? Optional.empty() : Optional.of(after(now, seconds * 1_000));
        }
        try {
            Instant date = ZonedDateTime.parse(text == null ? "" : text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(after(now, (double) date.toEpochMilli() - now.toEpochMilli()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant after(Instant now, double millis) {
        return now.plusMillis((long) Math.ceil(Math.max(0, Math.min(millis, LONGEST_WAIT.toMillis()))));
    }

    private static double number(String text) {
        if (text == null || !text.strip().matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?")) {
            return Double.NaN;
        }
        return Double.parseDouble(text.strip());
    }
}
