package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody spends more than they meant to. Every quote is 0.50 USD. */
@Timeout(300)
class BudgetTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void prepare() throws Exception {
        station = Station.in(folder);
        station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 0.5}"));
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void thePriceIsAskedForWithThePricingInputsAlone() throws Exception {
        station.start().drop("gondola", Map.of("request.json",
                "{\"model\":\"wan-2-7-text-to-video\",\"prompt\":\"A gondola\",\"duration\":\"5s\",\"resolution\":\"720p\"}"));

        JsonNode job = station.awaitDone("gondola");

        assertThat(job.path("price_usd").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(station.sandbox().requests(Call.QUOTE)).hasSize(1);
        JsonNode asked = station.sandbox().requests(Call.QUOTE).get(0).json();
        assertThat(asked.properties()).extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("model", "duration", "aspect_ratio", "resolution");
    }

    @Test
    void aJobAboveItsLimitIsParkedWithItsPriceAndNothingIsSent() throws Exception {
        station.with("venice.budget.per-job", "0.40").start().drop("gondola", Map.of("prompt.txt", "A gondola"));

        JsonNode job = station.awaitParked("gondola");

        assertThat(job.path("reason").asText()).isEqualTo("over-budget");
        assertThat(job.path("message").asText()).contains("0.50 USD").contains("0.40 USD");
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();
    }

    @Test
    void aBundleMayOnlyLowerTheLimit() throws Exception {
        station.with("venice.budget.per-job", "0.40").start()
                .drop("dear", Map.of("request.json",
                        "{\"prompt\":\"A gondola\",\"bundle\":{\"max_price_usd\":5}}"))
                .drop("frugal", Map.of("request.json",
                        "{\"prompt\":\"A bridge\",\"bundle\":{\"max_price_usd\":0.1}}"));

        assertThat(station.awaitParked("dear").path("message").asText()).contains("0.40 USD");
        assertThat(station.awaitParked("frugal").path("message").asText()).contains("0.10 USD");
    }

    @Test
    void anApprovedJobIsSent() throws Exception {
        station.with("venice.budget.per-job", "0.40").start().drop("gondola", Map.of("prompt.txt", "A gondola"));
        station.awaitParked("gondola");

        answer("gondola", "approve");

        assertThat(station.awaitDone("gondola").path("state").asText()).isEqualTo("delivered");
        assertThat(station.sandbox().accepted()).hasSize(1);
    }

    @Test
    void theDaysLimitLetsAsManyThroughAsFitUnderIt() throws Exception {
        station.with("venice.budget.per-day", "1.20").with("venice.zone", whereItIsNoon()).start();
        for (int i = 0; i < 5; i++) {
            station.drop("gondola" + i, Map.of("prompt.txt", "Gondola number " + i));
        }

        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().size() == 5);
        station.awaitQuiet();

        assertThat(station.sandbox().accepted()).hasSize(2);
        assertThat(station.ledger().jobs().all()).filteredOn(job -> job.state() == JobState.PARKED).hasSize(3)
                .allSatisfy(job -> assertThat(job.reason()).contains("over-budget"));
    }

    @Test
    void takesAreBudgetedTogether() throws Exception {
        station.with("venice.budget.per-day", "1.20").start()
                .drop("gondola", Map.of("request.json", "{\"prompt\":\"A gondola\",\"bundle\":{\"takes\":3}}"));

        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().size() == 3);
        station.awaitQuiet();

        assertThat(station.sandbox().accepted()).isEmpty();
    }

    @Test
    void whatOnlyTheDayHeldGoesOnWhenTheDayIsOver() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-03-01T23:00:00Z"));
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceClock", clock);
        station.with("venice.budget.per-day", "0.60").start(context)
                .drop("first", Map.of("request.json", "{\"prompt\":\"A gondola\"}"));
        tickUntil(clock, () -> station.ledger().jobs().all().stream().anyMatch(Job::isPaid));
        station.drop("second", Map.of("request.json", "{\"prompt\":\"A bridge\"}"));
        tickUntil(clock, () -> Files.exists(station.home().resolve("parked/second/job.json"))
                && station.ledger().jobs().all().stream().allMatch(Job::filed));

        clock.set(Instant.parse("2026-03-02T00:00:01Z"));

        tickUntil(clock, () -> station.sandbox().accepted().size() == 2);
    }

    @Test
    void aRaisedBudgetFreesWhatTheFormerOneHeld() throws Exception {
        station.with("venice.zone", whereItIsNoon()).with("venice.drops.drop.budget.per-job", "0.40").start()
                .dropReady("job", Map.of("prompt.txt", "Held by its own price"));
        station.awaitParked("job");
        station.stop();
        station.without("venice.drops.drop.budget.per-job").with("venice.budget.per-day", "0.60").start();
        station.awaitDone("job");
        station.dropReady("takes", Map.of("request.json", "{\"prompt\":\"Held by the day\",\"bundle\":{\"takes\":2}}"));
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().size() == 3);
        station.awaitQuiet();
        assertThat(station.sandbox().accepted()).hasSize(1);
        station.stop();

        station.with("venice.budget.per-day", "1.50").start();

        await().atMost(Station.PATIENCE).until(() -> station.awaitQuiet().stream().allMatch(job -> job.state() == JobState.DELIVERED));
        assertThat(station.sandbox().accepted()).hasSize(3);
        assertThat(spentToday()).isEqualTo(1_500_000);
    }

    @Test
    void aRefundIsGivenBackToTheBudget() throws Exception {
        station.with("venice.budget.per-day", "0.60").start();
        station.sandbox().faults().next(1, Call.RETRIEVE, Fault.contentPolicy(true));
        station.drop("refunded", Map.of("prompt.txt", "A gondola"));
        station.awaitFailed("refunded");

        station.drop("second", Map.of("prompt.txt", "A bridge"));

        station.awaitDone("second");
    }

    @Test
    void aTryThatWasAnsweredWithA500CountsAsSpentAndAfterThreeAPersonDecides() throws Exception {
        station.sandbox().faults().every(Call.QUEUE, Fault.acceptThenAnswer(Fault.error(500)));
        station.with("venice.submit.retry-500", "true").with("venice.budget.per-day", "1.20")
                .with("venice.zone", whereItIsNoon()).start()
                .drop("gondola", Map.of("prompt.txt", "A gondola"));

        JsonNode held = station.awaitParked("gondola");
        assertThat(held.path("reason").asText()).isEqualTo("over-budget");
        assertThat(held.path("message").asText()).contains("sent before and answered with a 500, and may have been charged");
        assertThat(station.posted("A gondola")).hasSize(2);
        assertThat(spentToday()).isEqualTo(1_000_000);

        answer("gondola", "approve");
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .allMatch(job -> job.filed() && job.reason().filter("in-doubt"::equals).isPresent()));
        assertThat(station.awaitParked("gondola").path("message").asText()).contains("So may have been the tries before it");
        assertThat(station.posted("A gondola")).hasSize(3);
        assertThat(spentToday()).isEqualTo(1_500_000);

        answer("gondola", "reject");
        station.awaitFailed("gondola");
        assertThat(spentToday()).isEqualTo(1_500_000);
        assertThat(station.text("failed/gondola/ERROR.txt")).contains("Perhaps its price");
    }

    /** As a crash there does it. */
    @Test
    void whatBreaksOffBeforeA500IsTakenForARefusalIsInDoubt() throws Exception {
        station.sandbox().faults().every(Call.QUEUE, Fault.acceptThenAnswer(Fault.error(500)));
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().addInterceptStrategy((any, step, target, next) -> exchange -> {
            if ("delete-intent".equals(step.getId())) {
                throw new IOException("Cut off");
            }
            target.process(exchange);
        });
        station.with("venice.submit.retry-500", "true").with("venice.zone", whereItIsNoon()).start(context).drop("gondola", Map.of("prompt.txt", "A gondola"));

        assertThat(station.awaitParked("gondola").path("reason").asText()).isEqualTo("in-doubt");
        assertThat(station.posted("A gondola")).hasSize(1);
        assertThat(spentToday()).isEqualTo(500_000);
    }

    @Test
    void withoutAPriceAJobGoesOnOnlyWhenThereIsNoBudget() throws Exception {
        station.sandbox().faults().clear();
        station.sandbox().faults().every(Call.QUOTE, Fault.error(500));
        station.start().drop("gondola", Map.of("prompt.txt", "A gondola"));
        station.awaitDone("gondola");
        station.stop();

        station.with("venice.budget.per-job", "1").start().drop("bridge", Map.of("prompt.txt", "A bridge"));
        await().atMost(Station.PATIENCE).until(() -> station.sandbox().requests(Call.QUOTE).size() >= 12);

        assertThat(station.sandbox().accepted()).hasSize(1);
    }

    private long spentToday() {
        return station.ledger().spend().spent(LocalDate.now(ZoneId.of(whereItIsNoon())));
    }

    private static String whereItIsNoon() {
        return ZoneOffset.ofHours(12 - LocalTime.now(ZoneOffset.UTC).getHour()).getId();
    }

    private static void tickUntil(SettableClock clock, java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(Station.PATIENCE).until(() -> {
            clock.set(clock.instant().plus(Duration.ofMillis(200)));
            return condition.call();
        });
    }

    private void answer(String bundle, String choice) throws Exception {
        Path form = station.home().resolve("parked").resolve(bundle).resolve("answer-form.json");
        ObjectNode filled = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(form));
        filled.put("answer", choice).put("by", "Ada Tester");
        Files.write(form, Json.pretty(filled));
        Files.move(form, form.resolveSibling("answer.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A clock that stands until it is set. */
    private static final class SettableClock extends Clock {

        private final AtomicReference<Instant> now;

        SettableClock(Instant start) {
            now = new AtomicReference<>(start);
        }

        void set(Instant to) {
            now.set(to);
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
