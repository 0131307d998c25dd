package io.github.venicevideo.poll;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MinSpeedTest {

    private final AtomicLong time = new AtomicLong();
    private final MinSpeed minSpeed = new MinSpeed(time::get, Duration.ofSeconds(60), 10_000);

    @Test
    void anythingGoesInTheFirstMinute() {
        time.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThatCode(() -> minSpeed.check(1)).doesNotThrowAnyException();
    }

    @Test
    void afterItTheWholeHasToKeepUp() {
        time.addAndGet(Duration.ofSeconds(160).toNanos());
        assertThatCode(() -> minSpeed.check(1_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> minSpeed.check(999_999)).isInstanceOf(IOException.class)
                .hasMessageContaining("venice.download.min-speed");
    }
}
