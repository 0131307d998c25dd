package io.github.venicevideo.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** First at 0.6 of the average, then each tenth of it, and never too often. */
class PlainPollPlanTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final PlainPollPlan plan = new PlainPollPlan(Duration.ofSeconds(3));

    @Test
    void theFirstQuestionComesAtSixTenthsOfTheAverage() {
        assertThat(next(Optional.empty(), Optional.of(100_000L))).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void theNextOnesComeEachTenthOfIt() {
        assertThat(next(Optional.of(START.plusSeconds(60)), Optional.of(100_000L))).isEqualTo(START.plusSeconds(70));
    }

    @Test
    void aQuestionThatCameTooEarlyIsNotRepeatedBeforeTheFirstIsDue() {
        assertThat(next(Optional.of(START.plusSeconds(1)), Optional.of(100_000L))).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void neverMoreOftenThanTheLeastInterval() {
        assertThat(next(Optional.empty(), Optional.of(1_000L))).isEqualTo(START.plusSeconds(3));
        assertThat(next(Optional.of(START.plusSeconds(50)), Optional.of(1_000L))).isEqualTo(START.plusSeconds(53));
    }

    @Test
    void aModelWithoutAnAverageIsAskedAboutAtTheLeastInterval() {
        assertThat(next(Optional.empty(), Optional.empty())).isEqualTo(START.plusSeconds(3));
        assertThat(next(Optional.of(START.plusSeconds(3)), Optional.empty())).isEqualTo(START.plusSeconds(6));
    }

    private Instant next(Optional<Instant> polledAt, Optional<Long> averageMs) {
        return plan.nextPoll(START, polledAt, averageMs);
    }
}
