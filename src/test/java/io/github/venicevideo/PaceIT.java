package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.poll.PollPlanSimulation;
import io.github.venicevideo.poll.PollPlanSimulation.Lag;
import io.github.venicevideo.poll.PollPlanSimulation.Made;
import io.github.venicevideo.poll.PollPlanSimulation.Reported;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many bundles at once against a sandbox that counts as strictly as a provider can and blocks who does not keep to it;
 * program and sandbox share a clock that runs fast. The long ones run in the profile {@code soak}.
 */
class PaceIT {

    private static final long SEED = 7;
    private static final int LEAST_A_MINUTE = 36;
    private static final double SIGMA = 0.35;
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration MEDIAN = Duration.ofSeconds(108);

    @TempDir
    private Path folder;
    private Station station;
    private final RestlessClock clock = new RestlessClock();

    @AfterEach
    void stop() throws Exception {
        clock.close();
        station.close();
    }

    @Test
    @Timeout(600)
    void fiftyAtOnceKeepToTheLimitsAndAreFetchedAsSoonAsSimulated() throws Exception {
        compare(50, Reported.RIGHT);
    }

    @ParameterizedTest
    @Tag("soak")
    @Timeout(3600)
    @CsvSource({"50, RIGHT", "50, THREE_TIMES", "50, NOTHING", "200, RIGHT", "200, THREE_TIMES", "200, NOTHING",
            "500, RIGHT", "500, THREE_TIMES", "500, NOTHING"})
    void anyNumberKeepsToTheLimitsAndIsFetchedAsSoonAsSimulated(int jobs, Reported reported) throws Exception {
        compare(jobs, reported);
    }

    @Test
    @Timeout(600)
    void thirtyBundlesThatAreRefusedHoldUpNoneOfFortyGoodOnes() throws Exception {
        start(MEDIAN);
        // Without a catalogue nobody knows beforehand that there is no such model.
        station.sandbox().faults().every(Call.MODELS, Fault.error(404));
        for (int i = 0; i < 30; i++) {
            station.dropReady("a-doomed-" + i, Map.of("request.json",
                    "{\"model\": \"no-such-model\", \"prompt\": \"Doomed " + i + "\", \"duration\": \"5s\"}"));
        }
        drop(40);
        begin();
        awaitAll(70);

        assertKeptToTheLimits();
        assertThat(states(JobState.DELIVERED)).isEqualTo(40);
        assertThat(states(JobState.FAILED)).isEqualTo(30);
        List<Instant> good = station.sandbox().accepted().stream().map(AcceptedJob::acceptedAt).sorted().toList();
        Instant lastRefusal = station.sandbox().requests(Call.QUOTE).stream().filter(request -> request.status() == 404)
                .map(LoggedRequest::at).max(Comparator.naturalOrder()).orElseThrow();
        assertThat(good.get(30)).as("the good ones go on while the others are spaced").isBefore(lastRefusal);
    }

    private void compare(int jobs, Reported reported) throws Exception {
        Duration median = reported == Reported.NOTHING ? MEDIAN.dividedBy(3) : MEDIAN;
        start(median);
        station.sandbox().reportAverages(switch (reported) {
            case RIGHT -> 1;
            case THREE_TIMES -> 3;
            case NOTHING -> 0;
        });
        drop(jobs);
        begin();
        awaitAll(jobs);

        assertKeptToTheLimits();
        List<Double> lags = new ArrayList<>();
        List<Made> made = new ArrayList<>();
        List<AcceptedJob> accepted = station.sandbox().accepted();
        Map<String, Instant> fetched = new HashMap<>();
        station.sandbox().requests(Call.RETRIEVE).forEach(request -> fetched.merge(request.queueId(), request.at(),
                (one, other) -> one.isAfter(other) ? one : other));
        Instant first = accepted.get(0).acceptedAt();
        for (int i = 0; i < jobs; i++) {
            double takes = median.toMillis() * Math.exp(SIGMA
                    * new SplittableRandom(SEED * 1_000_003 + i).nextGaussian());
            Made job = new Made(Duration.between(first, accepted.get(i).acceptedAt()).toMillis(), takes);
            made.add(job);
            lags.add(Duration.between(first, fetched.get(accepted.get(i).queueId())).toMillis() - job.done());
        }
        assertThat(Duration.between(first, accepted.get(jobs - 1).acceptedAt()))
                .as("the limit of 40 a minute is used, but for what the pace leaves out")
                .isLessThan(Duration.ofMinutes(1).multipliedBy(jobs).dividedBy(LEAST_A_MINUTE));
        Lag seen = Lag.of(lags, 0);
        Lag simulated = Lag.of(PollPlanSimulation.plan(made, reported, Duration.ofSeconds(3)), 0);
        System.out.println(jobs + " " + reported + ": seen " + seen + ", simulated " + simulated + ", "
                + station.sandbox().requests(Call.RETRIEVE).size() + " questions");
        assertThat(seen.mean()).as("mean lag in s").isCloseTo(simulated.mean(), Percentage.withPercentage(25));
        assertThat(seen.p95()).as("p95 lag in s").isCloseTo(simulated.p95(), Percentage.withPercentage(25));
    }

    private void start(Duration median) throws Exception {
        station = Station.in(folder, SandboxOptions.forTests(folder.resolve("sandbox")).withClock(clock)
                        .withMedian(median).withSpread(SIGMA, SEED).withLimits(SandboxOptions.Limits.PROVIDER)
                        .withBalance("100000"))
                .with("venice.limits.queue-per-minute", "40").with("venice.limits.retrieve-per-minute", "120")
                .with("venice.limits.failures", "16").with("venice.poll.min-interval", "3s")
                .with("venice.retry.initial-delay", "2s").with("venice.retry.max-delay", "2m")
                .with("venice.gate.probe-interval", "5m").with("venice.ledger.idle", "1ms")
                .with("venice.ledger.lease", "24h");
    }

    private void begin() throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceClock", clock);
        station.start(context);
        clock.run(context, station.home(), STEP);
    }

    private void drop(int jobs) throws Exception {
        for (int i = 0; i < jobs; i++) {
            station.dropReady("job-" + i, Map.of("prompt.txt", "Job " + i));
        }
    }

    private void awaitAll(int jobs) {
        await().atMost(Duration.ofMinutes(50)).pollInterval(Duration.ofMillis(200)).until(() ->
                station.ledger().jobs().all().stream().filter(job -> job.state().isFinal()).count() == jobs);
    }

    private long states(JobState state) {
        return station.ledger().jobs().all().stream().map(Job::state).filter(state::equals).count();
    }

    /** Not one answer says that it was too fast, and no minute holds more than the limit, whichever it begins with. */
    private void assertKeptToTheLimits() {
        List<LoggedRequest> all = station.sandbox().requests();
        assertThat(all).noneMatch(request -> request.status() == 429);
        assertThat(most(all, request -> request.call() == Call.QUEUE, 60)).isLessThanOrEqualTo(40);
        assertThat(most(all, request -> request.call() == Call.RETRIEVE, 60)).isLessThanOrEqualTo(120);
        assertThat(most(all, request -> request.status() >= 400, 30)).isLessThan(20);
    }

    private static int most(List<LoggedRequest> requests, Predicate<LoggedRequest> which, int seconds) {
        List<Instant> times = requests.stream().filter(which).map(LoggedRequest::at).sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (!times.get(first).plusSeconds(seconds).isAfter(times.get(last))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
