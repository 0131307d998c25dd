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
        assertThat(ids.next()).matches("20261101-120000-[0-9a-hjkmnp-tv-z]{9}");
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
    }

    @Test
    void aProgramKnowsItsOwnIdsAndTheirTakes() {
        String own = ids.next();

        assertThat(ids.isOwn(own)).isTrue();
        assertThat(ids.isOwn(JobIds.take(own, 2))).isTrue();
        assertThat(ids.isOwn("20261101-120000-abcdefuuu")).as("u is in no id of ours").isFalse();
    }
}
