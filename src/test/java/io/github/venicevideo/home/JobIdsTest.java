package io.github.venicevideo.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ids are unique, sort by time, and are safe in file names and URIs. */
class JobIdsTest {

    private final MovableClock clock = new MovableClock();
    private final JobIds ids = new JobIds(clock);

    @Test
    void anIdHoldsItsTimeAndNothingUnsafe() {
        assertThat(ids.next()).matches("20261101-120000-[0-9a-hjkmnp-tv-z]{8}");
    }

    @Test
    void idsOfOneSecondDiffer() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> ids.next()).distinct()).hasSize(1_000);
    }

    @Test
    void anIdOfALaterSecondSortsAfter() {
        String first = ids.next();
        clock.advance(Duration.ofSeconds(1));
        String second = ids.next();

        assertThat(second).isGreaterThan(first);
        assertThat(JobIds.isOlder(first, second)).isTrue();
        assertThat(JobIds.isOlder(second, first)).isFalse();
        assertThat(JobIds.isOlder(first, first)).isFalse();
        assertThat(JobIds.isOlder(JobIds.take(first, 2), second)).isTrue();
    }
}
