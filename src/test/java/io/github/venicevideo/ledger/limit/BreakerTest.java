package io.github.venicevideo.ledger.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final MovableClock clock = new MovableClock();
    private final Breaker breaker = new Breaker(clock, Duration.ofSeconds(2));

    @Test
    void aFewFailuresHoldNobodyUp() {
        fail(4);

        assertThat(breaker.begin()).isTrue();
        assertThat(breaker.begin()).isTrue();
    }

    @Test
    void whenManyFailedOneAtATimeTriesWithGrowingPauses() {
        fail(5);
        for (int seconds : new int[] {2, 4, 8, 16, 16}) {
            assertThat(breaker.begin()).isFalse();
            assertThat(breaker.nextAt()).isEqualTo(clock.instant().plusSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds));
            assertThat(breaker.begin()).as("one").isTrue();
            assertThat(breaker.begin()).as("and no other").isFalse();
            breaker.failed();
        }
        assertThat(breaker.isLasting()).isTrue();
    }

    @Test
    void theFirstAnswerLetsAllGoOn() {
        fail(9);
        breaker.worked();

        assertThat(breaker.isLasting()).isFalse();
        assertThat(breaker.begin()).isTrue();
        assertThat(breaker.begin()).isTrue();
    }

    @Test
    void aClockThatIsSetBackDoesNotLengthenAPause() {
        fail(5);
        clock.advance(Duration.ofHours(-1));

        assertThat(breaker.begin()).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }
}
