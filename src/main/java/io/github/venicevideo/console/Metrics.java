package io.github.venicevideo.console;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Overview;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.client.CallWatch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * What Prometheus reads. All but the answers comes from the ledger when it is asked for, so it is right after a restart and
 * the same on every node. Labels are states, codes and calls, all of which this program makes itself: their number is bounded.
 */
public final class Metrics {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int OK = 200;
    private static final double MICRO = 1_000_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Ledger ledger;
    private final Clock clock;
    private final MultiGauge jobs = gauge("venice.jobs", "Jobs by state");
    private final MultiGauge ages = gauge("venice.job.age.seconds", "How long the job that stands longest in a state does so");
    private final MultiGauge parked = gauge("venice.parked", "Jobs that wait for a person, by reason");
    private final MultiGauge failed = gauge("venice.failed", "Jobs that ended without a video, by reason");

    public Metrics(Ledger ledger, Limits limits, Settings settings, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
        ZoneId zone = ZoneId.of(settings.required("venice.zone"));
        gauge("venice.gate.open", "Whether jobs are sent to the queue", () -> limits.gate().closed().isEmpty() ? 1 : 0);
        gauge("venice.spent.today.usd", "Spent or reserved today",
                () -> ledger.spend().spent(LocalDate.ofInstant(clock.instant(), zone)) / MICRO);
        Optional<Long> perDay = settings.usd("venice.budget.per-day");
        perDay.ifPresent(limit -> gauge("venice.budget.per.day.usd", "What a day may cost", () -> limit / MICRO));
        gauge("venice.failed.calls", "Answers of the last half minute that were no success", limits.failures()::failed);
        Gauge.builder("venice.requests.left", limits.queue()::left).tag("call", "queue")
                .description("Calls that the request budget lets go out now").register(registry);
        Gauge.builder("venice.requests.left", limits.retrieve()::left).tag("call", "retrieve")
                .description("Calls that the request budget lets go out now").register(registry);
        total("venice.videos", "Videos that were fetched", Overview.Fetched::videos);
        total("venice.polls", "Questions about videos that were fetched", Overview.Fetched::polls);
        total("venice.lag.seconds", "From each video's last answer that it was still being made until it was on disk",
                fetched -> fetched.lagMs() / (double) TimeUnit.SECONDS.toMillis(1));
    }

    /** Somebody who counts the API's answers, and hands on to another. */
    public CallWatch counting(CallWatch next) {
        return new AnswerCounts(registry, next);
    }

    /** Answers with all of it. */
    public void scrape(Exchange exchange) {
        Overview overview = ledger.overview();
        Map<JobState, Long> counts = overview.jobs();
        jobs.register(Arrays.stream(JobState.values()).map(state -> MultiGauge.Row.of(Tags.of("state", state.toString()),
                counts.getOrDefault(state, 0L))).toList(), true);
        Instant now = clock.instant();
        ages.register(overview.oldest().entrySet().stream().map(entry -> MultiGauge.Row.of(
                Tags.of("state", entry.getKey().toString()),
                Math.max(0, Duration.between(entry.getValue(), now).toMillis() / 1e3))).toList(), true);
        register(parked, overview.parked());
        register(failed, overview.failed());
        ConsoleAnswer.write(exchange.getMessage(), OK, TEXT, registry.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private static void register(MultiGauge gauge, Map<String, Long> byReason) {
        gauge.register(byReason.entrySet().stream().map(entry -> MultiGauge.Row.of(Tags.of("reason", entry.getKey()),
                entry.getValue())).toList(), true);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    private void total(String name, String description, Function<Overview.Fetched, Number> value) {
        FunctionCounter.builder(name, ledger, from -> value.apply(from.overview().fetched()).doubleValue())
                .description(description).register(registry);
    }
}
