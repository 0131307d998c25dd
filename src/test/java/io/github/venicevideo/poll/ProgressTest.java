package io.github.venicevideo.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void aJobIsToldOfAFewTimesHoweverOftenItIsAskedAbout() {
        assertThat(told(120, Optional.of(100_000L))).as("in two minutes, asked every second").isEqualTo(5);
        assertThat(told(3_600, Optional.empty())).as("in an hour of which nobody knows").isEqualTo(7);
        assertThat(told(10, Optional.of(0L))).isEqualTo(1);
    }

    private static long told(int seconds, Optional<Long> average) {
        return LongStream.range(0, seconds).filter(second -> Progress.isNews(second == 0 ? -1 : (second - 1) * 1_000, second * 1_000, average))
                .count();
    }
}
