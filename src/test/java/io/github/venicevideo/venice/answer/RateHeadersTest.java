package io.github.venicevideo.venice.answer;

import static io.github.venicevideo.venice.answer.AnswerSamples.NOW;
import static io.github.venicevideo.venice.answer.AnswerSamples.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateHeadersTest {

    /** NOW is 1795348800 in Unix seconds. */
    @ParameterizedTest(name = "reset {0} -> {1} s")
    @CsvSource(nullValues = "none", value = {
        "1795348830, 30", "1795348830000, 30", "1795348830.5, 31", "30, 30", "0, 0", "1795348800, 0",
        "1795348700, 0", "1795348700000, 0", "1795999999, 600", "999999999999999999, 600", "86400, 600",
        "-5, none", "soon, none", "'', none", "1e3, none", "9999999999999999999, none"})
    void tellsSecondsFromMillisecondsByMagnitude(String header, Long seconds) {
        Optional<Instant> reset = RateHeaders.of(json(200, "{}", "X-RateLimit-Reset-Requests", header)).reset();

        assertThat(reset.map(r -> (long) Math.ceil((r.toEpochMilli() - NOW.toEpochMilli()) / 1000.0)))
                .isEqualTo(Optional.ofNullable(seconds));
    }

    @ParameterizedTest(name = "Retry-After {0} -> {1} s")
    @CsvSource(nullValues = "none", delimiter = '|', value = {
        "30|30", "0|0", "3600|600", "Sun, 22 Nov 2026 12:01:00 GMT|60", "Sun, 22 Nov 2026 11:00:00 GMT|0",
        "Sun, 22 Nov 2099 12:00:00 GMT|600", "Mon, 22 Nov 2099 12:00:00 GMT|none", "Tue, 22 Nov 2039 12:00:00 GMT|600", "tomorrow|none", "-1|none"})
    void readsRetryAfterAsSecondsOrDate(String header, Long seconds) {
        assertThat(RateHeaders.of(json(429, "{}", "Retry-After", header)).retryAfter())
                .isEqualTo(Optional.ofNullable(seconds).map(NOW::plusSeconds));
    }

    @Test
    void countsWhatIsLeft() {
        RateHeaders headers = RateHeaders.of(json(200, "{}", "x-ratelimit-limit-requests", "40",
                "x-ratelimit-remaining-requests", "0"));

        assertThat(headers.limit()).hasValue(40);
        assertThat(headers.remaining()).hasValue(0);
        assertThat(headers.latest()).isEmpty();
    }

    @Test
    void takesTheLaterOfBothTimes() {
        assertThat(RateHeaders.of(json(429, "{}", "x-ratelimit-reset-requests", "20", "retry-after", "5")).latest())
                .contains(NOW.plusSeconds(20));
        assertThat(RateHeaders.of(json(429, "{}", "x-ratelimit-reset-requests", "2", "retry-after", "5")).latest())
                .contains(NOW.plusSeconds(5));
    }
}
