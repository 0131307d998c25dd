package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.AccountTrouble;
import io.github.venicevideo.venice.Answer;
import io.github.venicevideo.venice.ApiCall;
import io.github.venicevideo.venice.RateHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one key may do, on a clock that a test moves. */
@Timeout(60)
class LimitsTest {

    private static final KeyId KEY = KeyId.of("https://api", Optional.of("secret-key"));

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();
    private Ledger ledger;
    private Limits limits;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder, clock);
        ledger.start();
        limits = limits(KEY);
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void aKeyIsKnownByADigestThatDoesNotHoldIt() {
        assertThat(KEY.toString()).doesNotContain("secret");
        assertThat(KEY).isEqualTo(KeyId.of("https://api", Optional.of(" secret-key\n")))
                .isNotEqualTo(KeyId.of("https://api", Optional.of("other-key")))
                .isNotEqualTo(KeyId.of("sandbox", Optional.of("secret-key")));
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
    void aTrialThatIsGivenBackDoesNotOutliveItsGate() {
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        ledger.newJobs().record(List.of(LedgerTest.job("waiting")));
        limits.gate().probed();
        Gate.Closed closed = limits.gate().closed().orElseThrow();
        assertThat(limits.gate().takeTrial()).isTrue();

        limits.gate().giveTrialBack(closed);
        assertThat(limits.gate().takeTrial()).isTrue();

        limits.gate().works();
        clock.advance(Duration.ofSeconds(1));
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        limits.gate().giveTrialBack(closed);
        assertThat(limits.gate().takeTrial()).isFalse();
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
    void anotherKeyHasABudgetAndAGateOfItsOwn() {
        Limits other = limits(KeyId.of("https://api", Optional.of("other-key")));
        spend(limits.queue());
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);

        assertThat(limits.queue().take()).isEmpty();
        assertThat(other.queue().take()).isPresent();
        assertThat(other.gate().closed()).isEmpty();
    }

    @Test
    void aRestartDoesNotRefillIt() {
        spend(limits.retrieve());
        ledger.stop();
        open();

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

    @Test
    void failuresStayUnderTheNumberAtWhichTheProviderBlocks() throws IOException {
        for (int i = 0; i < 16; i++) {
            limits.begin(ApiCall.OTHER);
            answered(ApiCall.OTHER, 404, Map.of());
        }
        assertThat(limits.failures().allows()).isFalse();
        assertThatThrownBy(() -> limits.begin(ApiCall.QUEUE)).isInstanceOf(IOException.class)
                .hasMessageContaining("block the key");

        clock.advance(Duration.ofSeconds(32));
        assertThat(limits.failures().allows()).isTrue();
        assertThat(limits.failures().failed()).isZero();
    }

    @Test
    void whatIsOnTheWireCountsAsIfItHadFailed() throws IOException {
        for (int i = 0; i < 16; i++) {
            limits.begin(ApiCall.OTHER);
        }
        assertThat(limits.failures().allows()).isFalse();

        answered(ApiCall.OTHER, 200, Map.of());
        limits.unanswered(ApiCall.OTHER, false);

        assertThat(limits.failures().allows()).isTrue();
        assertThat(limits.failures().failed()).isZero();
        limits.unanswered(ApiCall.OTHER, true);
        assertThat(limits.failures().failed()).isEqualTo(1);
    }

    @Test
    void whatIsLikelyToFailGetsHalfOfTheBudget() throws IOException {
        limits.failures().learn("doomed", false);
        for (int i = 0; i < 8; i++) {
            limits.begin(ApiCall.OTHER);
            answered(ApiCall.OTHER, 400, Map.of());
        }

        assertThat(limits.failures().isDoubtful("doomed")).isTrue();
        assertThat(limits.failures().isDoubtful("good")).isFalse();
        assertThat(limits.failures().allowsDoubtful()).isFalse();
        assertThat(limits.failures().allows()).isTrue();
        limits.failures().learn("doomed", true);
        assertThat(limits.failures().isDoubtful("doomed")).isFalse();
    }

    @Test
    void failuresAreRememberedByTheNextProgram() throws IOException {
        limits.begin(ApiCall.OTHER);
        answered(ApiCall.OTHER, 400, Map.of());
        limits.stop();
        restart();

        assertThat(limits.failures().failed()).isEqualTo(1);
    }

    @Test
    void whatAKilledProgramHadOnTheWireCountsAsFailedForTheNext() throws IOException {
        for (int i = 0; i < 10; i++) {
            limits.begin(ApiCall.OTHER);
        }
        restart();
        for (int i = 0; i < 4; i++) {
            limits.begin(ApiCall.OTHER);
        }
        restart();

        assertThat(limits.failures().failed()).isEqualTo(14);
        limits.begin(ApiCall.OTHER);
        limits.begin(ApiCall.OTHER);
        assertThatThrownBy(() -> limits.begin(ApiCall.OTHER)).isInstanceOf(IOException.class);
        clock.advance(Duration.ofSeconds(32));
        limits.begin(ApiCall.OTHER);
    }

    @Test
    void howManyMayBeOnTheWireIsLoweredWhenThereWereFewer() throws IOException {
        for (int i = 0; i < 10; i++) {
            limits.begin(ApiCall.OTHER);
        }
        for (int i = 0; i < 10; i++) {
            answered(ApiCall.OTHER, 200, Map.of());
        }
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofSeconds(32));
            oneCallAtATime(3);
        }
        restart();

        assertThat(limits.failures().failed()).isEqualTo(1);
    }

    @Test
    void aCallThatSucceedsCostsNoWrite() throws IOException {
        oneCallAtATime(1);
        long before = Files.size(folder.resolve("ledger.db-wal"));
        oneCallAtATime(100);

        assertThat(Files.size(folder.resolve("ledger.db-wal"))).isEqualTo(before);
    }

    private void oneCallAtATime(int calls) throws IOException {
        for (int i = 0; i < calls; i++) {
            limits.begin(ApiCall.OTHER);
            answered(ApiCall.OTHER, 200, Map.of());
        }
    }

    private void restart() {
        ledger.stop();
        open();
    }

    @Test
    void theGateIsClosedWithASentenceUntilAJobHasGoneThrough() {
        assertThat(limits.gate().closed()).isEmpty();
        limits.gate().trouble(new AccountTrouble("INSUFFICIENT_BALANCE", "No money"), false);
        ledger.stop();
        open();

        Gate.Closed closed = limits.gate().closed().orElseThrow();
        assertThat(closed.message()).contains("INSUFFICIENT_BALANCE").contains("No money");
        assertThat(closed.since()).isEqualTo(clock.instant());
        assertThat(closed.asking()).isTrue();
        assertThat(limits.gate().isProbeDue()).isFalse();
        assertThat(limits.gate().takeTrial()).isFalse();

        clock.advance(Duration.ofMinutes(5));
        assertThat(limits.gate().isProbeDue()).isTrue();
        assertThat(limits.gate().isProbeDue()).as("one probe in an interval").isFalse();
        waitingJob();
        limits.gate().probed();
        assertThat(limits.gate().closed()).isPresent();
        assertThat(limits.gate().takeTrial()).isTrue();
        assertThat(limits.gate().takeTrial()).as("one job at a time").isFalse();

        limits.gate().works();
        assertThat(limits.gate().closed()).isEmpty();
    }

    @Test
    void aProbeThatIsAnsweredOpensItWhereNoJobWaitsToTry() {
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), true);
        assertThat(limits.gate().closed()).map(Gate.Closed::asking).contains(false);

        clock.advance(Duration.ofMinutes(5));
        assertThat(limits.gate().isProbeDue()).isTrue();
        limits.gate().probed();

        assertThat(limits.gate().closed()).isEmpty();
    }

    @Test
    void twoDoubtsInARowCloseItAndWhatIsJudgedBetweenThemDoesNot() {
        limits.gate().doubt("reset");
        limits.gate().works();
        limits.gate().doubt("reset");
        assertThat(limits.gate().closed()).isEmpty();

        limits.gate().doubt("bad gateway");

        assertThat(limits.gate().closed()).map(Gate.Closed::message).get().asString()
                .contains("2 requests in a row").contains("bad gateway");
    }

    @Test
    void aClockThatIsSetBackDoesNotPutTheProbeOffForLong() {
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);
        clock.advance(Duration.ofHours(-1));

        assertThat(limits.gate().isProbeDue()).isTrue();
    }

    private void waitingJob() {
        ledger.newJobs().record(List.of(LedgerTest.job("1")));
    }

    private Limits limits(KeyId key) {
        return new Limits(ledger, key, clock, Settings.packaged());
    }

    private RequestBudget budget(int perMinute) {
        return new RequestBudget(ledger::jdbi, clock, KEY, ApiCall.QUEUE, perMinute);
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
