package io.github.venicevideo.venice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pauses grow, are bounded, and are spread. */
class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(2));

    @ParameterizedTest
    @CsvSource({"-1, 2000", "0, 2000", "1, 2000", "2, 4000", "3, 8000", "6, 64000", "7, 120000", "31, 120000",
            "2147483647, 120000"})
    void eachPauseIsTwiceTheLastUpToTheLongest(int failures, long longestMillis) {
        assertThat(backoff.after(failures, always(0.999_999_9))).hasMillis(longestMillis);
        assertThat(backoff.after(failures, always(0))).hasMillis(longestMillis / 2);
    }

    @Test
    void jobsThatFailedTogetherDoNotComeBackTogether() {
        Random random = new Random(7);

        assertThat(IntStream.range(0, 100).mapToObj(i -> backoff.after(5, random)).distinct().count()).isGreaterThan(90);
    }

    @Test
    void aPauseIsOverInTimeAlsoWhenTheClockIsSetBack() {
        Instant begun = Instant.parse("2026-11-01T12:00:00Z");
        Instant until = begun.plusSeconds(100);

        assertThat(backoff.isOver(until, begun)).isFalse();
        assertThat(backoff.isOver(until, until)).isTrue();
        assertThat(backoff.isOver(until, begun.minusSeconds(20))).isFalse();
        assertThat(backoff.isOver(until, begun.minus(Duration.ofHours(1)))).isTrue();
    }

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
