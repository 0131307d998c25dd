package io.github.venicevideo.venice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration SPAN = Duration.ofMinutes(45);

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 8})
    void theFirstRetryIsSoonAndAllTriesSpanTheTime(int tries) {
        Patience patience = new Patience(tries, FIRST, SPAN);

        assertThat(patience.after(1)).isEqualTo(FIRST);
        int moments = Math.min(4, tries - 2);
        Duration rest = IntStream.range(1 + moments, tries).mapToObj(patience::after).reduce(Duration.ZERO, Duration::plus);
        assertThat(rest).isCloseTo(SPAN, Duration.ofSeconds(1));
        assertThat(patience.isOver(tries - 1)).isFalse();
        assertThat(patience.isOver(tries)).isTrue();
    }

    @Test
    void passingTroubleIsShort() {
        Patience patience = new Patience(8, FIRST, SPAN);

        assertThat(IntStream.rangeClosed(1, 4).mapToObj(patience::after)).extracting(Duration::toSeconds)
                .containsExactly(2L, 4L, 8L, 16L);
    }

    @Test
    void eachLongPauseIsTwiceTheOneBefore() {
        Patience patience = new Patience(8, FIRST, SPAN);

        assertThat(patience.after(6)).isCloseTo(patience.after(5).multipliedBy(2), Duration.ofMillis(1));
        assertThat(patience.after(7)).isCloseTo(patience.after(6).multipliedBy(2), Duration.ofMillis(1));
        assertThat(patience.after(100)).isEqualTo(patience.after(7));
    }

    @Test
    void twoTriesHaveOnePause() {
        assertThat(new Patience(2, FIRST, SPAN).after(1)).isEqualTo(FIRST);
        assertThat(new Patience(2, FIRST, SPAN).after(2)).isEqualTo(SPAN);
    }
}
