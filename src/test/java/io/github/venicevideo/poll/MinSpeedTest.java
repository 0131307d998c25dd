package io.github.venicevideo.poll;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong time = new AtomicLong();
    private final Pace pace = new Pace(time::get, Duration.ofSeconds(60), 10_000);

    @Test
    void anythingGoesInTheFirstMinute() {
        time.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThatCode(() -> pace.check(1)).doesNotThrowAnyException();
    }

    @Test
    void afterItTheWholeHasToKeepUp() {
        time.addAndGet(Duration.ofSeconds(160).toNanos());
        assertThatCode(() -> pace.check(1_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> pace.check(999_999)).isInstanceOf(IOException.class)
                .hasMessageContaining("venice.download.min-speed");
    }
}
