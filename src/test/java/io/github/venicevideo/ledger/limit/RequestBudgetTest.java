package io.github.venicevideo.ledger.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.OpenLedger;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.RateHeaders;
import io.github.venicevideo.venice.client.ApiCall;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls one key may make in a minute. */
@Timeout(180)
class RequestBudgetTest {

    private static final KeyId KEY = KeyId.of("https://api", Optional.of("secret-key"));

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final MovableClock clock = open.clock();
    private Limits limits;

    @BeforeEach
    void begin() {
        limits = limits(KEY);
    }

    @ParameterizedTest
    @CsvSource({"40", "120", "1", "2", "3", "10", "59", "1000"})
    void noMinuteHoldsMoreThanTheLimitAndNearlyAllOfItIsUsed(int perMinute) {
        RequestBudget budget = budget(perMinute);
        List<Instant> taken = new ArrayList<>();
        Instant end = clock.instant().plus(Duration.ofMinutes(4));
        while (clock.instant().isBefore(end)) {
            while (budget.take().isPresent()) {
                taken.add(clock.instant());
            }
            Instant next = budget.nextAt();
            assertThat(next).isAfter(clock.instant());
            clock.advance(Duration.between(clock.instant(), next));
        }

        assertThat(mostInAMinute(taken)).isLessThanOrEqualTo(perMinute);
        assertThat(taken.size()).isGreaterThanOrEqualTo((int) (4 * perMinute * 0.9) - 3);
    }

    @Test
    void aFullBurstAfterAPauseStaysUnderTheLimitToo() {
        RequestBudget budget = budget(120);
        List<Instant> taken = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            if (i / 1_000 % 2 == 0) {
                while (budget.take().isPresent()) {
                    taken.add(clock.instant());
                }
            }
            clock.advance(Duration.ofMillis(37));
        }

        assertThat(mostInAMinute(taken)).isLessThanOrEqualTo(118);
    }

    @Test
    void aPermitThatIsGivenBackIsThereForTheNextCall() {
        RequestBudget budget = budget(40);
        budget.take();
        RequestBudget.Permit last = budget.take().orElseThrow();
        assertThat(budget.take()).isEmpty();

        budget.giveBack(last);
        budget.giveBack(last);

        assertThat(budget.take()).isPresent();
        assertThat(budget.take()).isEmpty();
    }

    @Test
    void aPermitThatOthersOrTheServerCameAfterIsLost() {
        RequestBudget budget = budget(40);
        RequestBudget.Permit first = budget.take().orElseThrow();
        RequestBudget.Permit second = budget.take().orElseThrow();
        Instant next = budget.nextAt();
        budget.giveBack(first);
        assertThat(budget.nextAt()).isEqualTo(next);

        Instant told = clock.instant().plusSeconds(30);
        budget.heard(429, new RateHeaders(OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.of(told)));
        budget.giveBack(second);

        assertThat(budget.nextAt()).isEqualTo(told);
    }

    @Test
    void threadsAndProgramsShareItExactly() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> calls = Collections.nCopies(40, () -> limits(KEY).queue().take().isPresent());
            int granted = 0;
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                granted += call.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aRestartDoesNotRefillIt() {
        spend(limits.retrieve());
        restart();

        assertThat(limits.retrieve().take()).isEmpty();
        clock.advance(Duration.ofMillis(600));
        assertThat(limits.retrieve().take()).isPresent();
    }

    @Test
    void aLowerLimitOfTheServersLowersOursAndAHigherOneDoesNot() {
        answered(ApiCall.RETRIEVE, 200, Map.of("x-ratelimit-limit-requests", "10"));
        assertThat(takenIn(limits.retrieve(), Duration.ofMinutes(3))).isBetween(24, 30);

        answered(ApiCall.RETRIEVE, 200, Map.of("x-ratelimit-limit-requests", "500"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(takenIn(limits.retrieve(), Duration.ofMinutes(1))).isBetween(105, 118);
    }

    @Test
    void whatTheServerHasCountedToItsEndWaitsForItsReset() {
        answered(ApiCall.QUEUE, 200, Map.of("x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", String.valueOf(clock.instant().plusSeconds(42).toEpochMilli())));

        assertThat(limits.queue().take()).isEmpty();
        assertThat(limits.queue().nextAt()).isEqualTo(clock.instant().plusSeconds(42));
        assertThat(limits.retrieve().take()).isPresent();
        clock.advance(Duration.ofSeconds(42));
        assertThat(limits.queue().take()).isPresent();
        assertThat(limits.queue().take()).as("no burst when the window has just begun").isEmpty();
    }

    @Test
    void tooFastWaitsAsLongAsToldAndAnOverloadedModelHoldsUpNobodyElse() {
        answered(ApiCall.QUEUE, 429, Map.of("Retry-After", "7"));
        assertThat(limits.queue().nextAt()).isEqualTo(clock.instant().plusSeconds(7));

        answered(ApiCall.RETRIEVE, 429, Map.of("Retry-After", "7", "x-ratelimit-remaining-requests", "80"));
        assertThat(limits.retrieve().take()).isPresent();
    }

    @Test
    void aClockThatIsSetBackAnHourCostsAMinuteAndNotAnHour() {
        spend(limits.queue());
        clock.advance(Duration.ofHours(-1));

        assertThat(limits.queue().nextAt()).isBefore(clock.instant().plusSeconds(61));
        assertThat(limits.queue().take()).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        assertThat(limits.queue().take()).isPresent();
    }

    private void restart() {
        open.restart();
        begin();
    }

    private Limits limits(KeyId key) {
        return new Limits(open.ledger(), key, clock, Settings.packaged());
    }

    private RequestBudget budget(int perMinute) {
        return new RequestBudget(open.ledger()::jdbi, clock, KEY, ApiCall.QUEUE, perMinute);
    }

    private void answered(ApiCall call, int status, Map<String, String> headers) {
        limits.answered(call, Answer.read(status, headers, InputStream.nullInputStream(), clock));
    }

    private static void spend(RequestBudget budget) {
        boolean more = true;
        while (more) {
            more = budget.take().isPresent();
        }
    }

    private int takenIn(RequestBudget budget, Duration span) {
        int taken = 0;
        for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plusMillis(100)) {
            while (budget.take().isPresent()) {
                taken++;
            }
            clock.advance(Duration.ofMillis(100));
        }
        return taken;
    }

    private static int mostInAMinute(List<Instant> calls) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < calls.size(); last++) {
            while (!calls.get(first).plusSeconds(60).isAfter(calls.get(last))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
