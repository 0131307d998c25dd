package io.github.venicevideo.poll;

import static io.github.venicevideo.poll.PollPlanSimulation.Reported.NOTHING;
import static io.github.venicevideo.poll.PollPlanSimulation.Reported.RIGHT;
import static io.github.venicevideo.poll.PollPlanSimulation.Reported.THREE_TIMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.venicevideo.api.InFlight;
import io.github.venicevideo.api.ModelSpeed;
import io.github.venicevideo.api.PollPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedGainPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Map<String, ModelSpeed> KNOWN = Map.of("model", ModelSpeed.unknown().reported(145_000));

    private final PollPlan plan = new ExpectedGainPlan(Duration.ofSeconds(3));

    @ParameterizedTest
    @CsvSource({"0, 0", "0.45, 0.0225", "1, 0.325", "2, 1.375"})
    void whatAVideoIsExpectedToHaveWaited(double age, double waited) {
        assertThat(ExpectedGainPlan.waited(age)).isCloseTo(waited, within(1e-9));
    }

    @Test
    void theJobWithTheMostToGainIsAsked() {
        assertThat(next(job("young", 20), job("due", 110), job("ripe", 70))).contains("due");
    }

    @Test
    void whatWasAskedAMomentAgoHasLessToGain() {
        assertThat(next(job("asked", 130, 5), job("ripe", 115))).contains("ripe");
        assertThat(next(job("asked", 130, 90), job("ripe", 80))).contains("asked");
    }

    @Test
    void nobodyIsAskedBeforeThereIsSomethingToGainOrTwiceWithinTheLeastInterval() {
        assertThat(next(job("young", 15))).isEmpty();
        assertThat(next(job("asked", 400, 2))).isEmpty();
        assertThat(next(job("asked", 400, 3))).contains("asked");
    }

    @Test
    void ofAModelThatIsNotKnownTheOldestJobIsAskedFirstAndTheOthersNot() {
        InFlight other = new InFlight("other", "new", NOW.minusSeconds(2), Optional.empty(), NOW);
        InFlight first = new InFlight("first", "new", NOW.minusSeconds(4), Optional.empty(), NOW);

        assertThat(next(job("due", 110), other, first)).contains("first");
        assertThat(next(job("due", 110), other, first.asked(NOW.minusSeconds(1)))).contains("due");
    }

    @Test
    void aSlowModelDoesNotCrowdOutAQuickOne() {
        Map<String, ModelSpeed> speeds = Map.of("model", ModelSpeed.unknown().reported(145_000),
                "slow", ModelSpeed.unknown().reported(3_000_000));
        InFlight slow = new InFlight("slow", "slow", NOW.minusSeconds(1_500), Optional.of(NOW.minusSeconds(500)), NOW);

        assertThat(plan.next(List.of(slow, job("quick", 110)), speeds, NOW)).map(InFlight::id).contains("quick");
    }

    @Test
    void anAgeOfLessThanNothingIsNone() {
        assertThat(next(job("of a clock set back", -3_600))).isEmpty();
    }

    @Test
    void aWrongAverageCorrectsItself() {
        ModelSpeed speed = ModelSpeed.unknown().reported(435_000);
        assertThat(speed.medianMs()).isCloseTo(324_000, within(100.0));
        for (int i = 0; i < 100; i++) {
            speed = speed.observed(108_000);
        }
        assertThat(speed.medianMs()).isCloseTo(108_000, Percentage.withPercentage(6));
    }

    /** The table in docs/developers.md, with some room. */
    @Test
    void theSimulationSaysWhatItIsSaidToSay() {
        assertLag(PollPlanSimulation.plan(50, RIGHT), 6.4, 16);
        assertLag(PollPlanSimulation.plan(200, RIGHT), 10.7, 26);
        PollPlanSimulation.Lag right = PollPlanSimulation.plan(500, RIGHT);
        assertLag(right, 12.0, 31);
        assertLag(PollPlanSimulation.plan(500, THREE_TIMES), 12.1, 32);
        assertThat(PollPlanSimulation.plan(200, NOTHING).mean()).isLessThan(PollPlanSimulation.plan(200, RIGHT).mean());
        assertThat(right.mean()).isLessThan(PollPlanSimulation.behindBucket(500).mean() * 0.6);
        assertThat(PollPlanSimulation.asInTheExample(500).refused()).isGreaterThan(10_000);
    }

    private static void assertLag(PollPlanSimulation.Lag lag, double mean, double p95) {
        assertThat(lag.mean()).isCloseTo(mean, Percentage.withPercentage(8));
        assertThat(lag.p95()).isCloseTo(p95, Percentage.withPercentage(10));
    }

    private Optional<String> next(InFlight... jobs) {
        return plan.next(List.of(jobs), KNOWN, NOW).map(InFlight::id);
    }

    private static InFlight job(String id, long ageSeconds) {
        return new InFlight(id, "model", NOW.minusSeconds(ageSeconds), Optional.empty(), NOW);
    }

    private static InFlight job(String id, long ageSeconds, long askedSecondsAgo) {
        return job(id, ageSeconds).asked(NOW.minusSeconds(askedSecondsAgo));
    }
}
