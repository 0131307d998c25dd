package io.github.venicevideo.poll;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.MovableClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final MovableClock clock = new MovableClock();
    private final Pace pace = new Pace(clock, Duration.ofSeconds(60), 10_000);

    @Test
    void anythingGoesInTheFirstMinute() {
        clock.advance(Duration.ofSeconds(60));
        assertThatCode(() -> pace.check(1)).doesNotThrowAnyException();
    }

    @Test
    void afterItTheWholeHasToKeepUp() {
        clock.advance(Duration.ofSeconds(160));
        assertThatCode(() -> pace.check(1_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> pace.check(999_999)).isInstanceOf(IOException.class)
                .hasMessageContaining("venice.download.min-speed");
    }
}
