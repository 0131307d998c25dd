package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.MovableClock;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.Media;
import io.github.venicevideo.venice.VideoRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one place where stages hand work over to each other. */
@Timeout(60)
class LedgerTest {

    private static final Duration LEASE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder, clock);
        ledger.start();
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void aJobIsReadAsItWasRecorded() {
        ObjectNode fields = Json.mapper().createObjectNode().put("prompt", "früh 🛶").put("z", new BigDecimal("0.10"));
        VideoRequest request = new VideoRequest(fields, List.of(new Media("/image_url", "dropped/a/i.png", "image/png", 7,
                "abc", false)));
        JobOptions options = new JobOptions(List.of("archive"), Optional.of("A name"), Optional.of(250_000L),
                Optional.of(7.5), true, 2, 3);
        ledger.newJobs().record(List.of(new NewJob("1", "a", "drop", Optional.of("order-1"), JobState.RECEIVED, Optional.empty(),
                Optional.empty(), Optional.empty(), "https://api", request, options, "hash", Optional.empty(),
                Optional.empty(), Optional.empty())));

        Job job = ledger.jobs().find("1").orElseThrow();

        assertThat(job.request()).isEqualTo(request);
        assertThat(job.request().fields().toString()).contains("0.10");
        assertThat(job.options()).isEqualTo(options);
        assertThat(job.reference()).contains("order-1");
        assertThat(job.state()).isEqualTo(JobState.RECEIVED);
        assertThat(job.createdAt()).isEqualTo(clock.instant());
        assertThat(job.isPaid()).isFalse();
    }

    @Test
    void theJobThatWaitedLongestIsTakenFirst() {
        record("3");
        clock.advance(Duration.ofSeconds(1));
        record("1");
        record("2");

        assertThat(List.of(take().id(), take().id(), take().id())).containsExactly("3", "1", "2");
        assertThat(ledger.leases().claim(Due.RECEIVED, LEASE)).isEmpty();
    }

    @Test
    void aJobIsNotTakenBeforeItIsDue() {
        record("1");
        ledger.leases().release(take(), Duration.ofSeconds(10));

        clock.advance(Duration.ofMillis(9_999));
        assertThat(ledger.leases().claim(Due.RECEIVED, LEASE)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(ledger.leases().claim(Due.RECEIVED, LEASE)).isPresent();
    }

    @Test
    void aLeaseThatEndedIsTakenOverAndItsFormerOwnerCanChangeNothing() {
        record("1");
        Job first = take();
        clock.advance(LEASE.plusMillis(1));
        Job second = take();

        assertThatThrownBy(() -> ledger.transitions().submitting(first)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> ledger.transitions().failed(first, "r", "m", Optional.empty()))
                .isInstanceOf(LeaseLostException.class);
        ledger.leases().release(first, Duration.ZERO);
        ledger.leases().renew(first, Duration.ofHours(1));

        assertThat(ledger.transitions().submitting(second).state()).isEqualTo(JobState.SUBMITTING);
        assertThat(ledger.jobs().history("1")).hasSize(2);
    }

    @Test
    void aLeaseThatIsRenewedHolds() {
        record("1");
        Job job = take();
        clock.advance(LEASE.minusSeconds(1));
        ledger.leases().renew(job, LEASE);
        clock.advance(LEASE.minusSeconds(1));

        assertThat(ledger.leases().claim(Due.RECEIVED, LEASE)).isEmpty();
        assertThat(ledger.transitions().submitting(job).attempts()).isEqualTo(1);
    }

    @Test
    void manyClaimantsNeverGetTheSameJob() throws Exception {
        ledger.newJobs().record(IntStream.range(0, 60).mapToObj(number -> job("job-" + number)).toList());
        ExecutorService claimants = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<String>>> each = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                each.add(() -> {
                    List<String> taken = new ArrayList<>();
                    for (Optional<Job> job = ledger.leases().claim(Due.RECEIVED, LEASE); job.isPresent();
                            job = ledger.leases().claim(Due.RECEIVED, LEASE)) {
                        taken.add(job.get().id());
                    }
                    return taken;
                });
            }
            List<String> taken = new ArrayList<>();
            for (Future<List<String>> result : claimants.invokeAll(each)) {
                taken.addAll(result.get());
            }
            assertThat(taken).hasSize(60).doesNotHaveDuplicates();
        } finally {
            claimants.shutdownNow();
        }
    }

    @Test
    void everyChangeOfStateIsARowOfHistoryInItsOrder() {
        record("1");
        Job job = ledger.transitions().submitting(take());
        job = ledger.transitions().received(job, clock.instant(), "Too fast");
        job = ledger.transitions().submitting(take());
        job = ledger.transitions().generating(job, "model", "queue-1", Optional.of("https://secret"), clock.instant());
        job = ledger.making().asked(claim(Due.GENERATING), Optional.of(145_000L), 1, clock.instant());
        job = ledger.transitions().retrieved(claim(Due.GENERATING), new Video(9, "sha", 5_000, 96, 96));
        job = ledger.transitions().delivered(claim(Due.RETRIEVED));
        ledger.transitions().filed(claim(Due.UNFILED), "/done/1");

        assertThat(ledger.jobs().history("1")).extracting(HistoryEntry::state).containsExactly(JobState.RECEIVED,
                JobState.SUBMITTING, JobState.RECEIVED, JobState.SUBMITTING, JobState.GENERATING, JobState.RETRIEVED,
                JobState.DELIVERED);
        assertThat(ledger.jobs().history("1").get(2).message()).contains("Too fast");
        Job ended = ledger.jobs().find("1").orElseThrow();
        assertThat(ended.attempts()).isEqualTo(2);
        assertThat(ended.filed()).isTrue();
        assertThat(ended.video()).contains(new Video(9, "sha", 5_000, 96, 96));
        assertThat(ledger.downloadUrls().of("1")).contains("https://secret");
        assertThat(ledger.modelSpeeds().average("model")).contains(145_000L);
        assertThat(ended.toString()).doesNotContain("https://secret");
    }

    @Test
    void whatIsRecordedIsThereAfterARestartAndClaimsOfTheDeadAreFree() {
        record("1");
        take();
        ledger.stop();
        open();

        assertThat(ledger.leases().claim(Due.RECEIVED, LEASE)).map(Job::id).contains("1");
    }

    @Test
    void jobsAreRecordedAllOrNone() {
        record("taken");

        assertThatThrownBy(() -> ledger.newJobs().record(List.of(job("new-1"), job("new-2"), job("taken"))))
                .isInstanceOf(RuntimeException.class);

        assertThat(ledger.jobs().all()).extracting(Job::id).containsExactly("taken");
    }

    @Test
    void aReferenceBelongsToOneJobEvenWhenTwoCallsComeAtOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            List<Callable<String>> calls = List.of(
                    () -> ledger.newJobs().record(List.of(job("1", Optional.of("order")))).get(0).id(),
                    () -> ledger.newJobs().record(List.of(job("2", Optional.of("order")))).get(0).id());
            Set<String> answers = new HashSet<>();
            for (Future<String> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers).hasSize(1);
            assertThat(ledger.jobs().all()).extracting(Job::id).containsExactlyElementsOf(answers);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void anEndIsAnEventUntilItWasHandedOver() {
        record("1");
        ledger.transitions().parked(take(), "in-doubt", "m", Optional.empty());
        JobEvent parked = ledger.events().unwritten("1").get(0);
        ledger.events().written(parked.id(), "parked");
        ledger.transitions().filed(claim(Due.UNFILED), "/parked/1");
        ledger.parkedJobs().answeredToEnd(ledger.jobs().find("1").orElseThrow(), "Anna answered reject");
        JobEvent failed = ledger.events().unwritten("1").get(0);
        ledger.events().written(failed.id(), "failed");

        assertThat(ledger.events().unsent("1")).extracting(JobEvent::type)
                .containsExactlyInAnyOrder("parked", "failed");
        ledger.events().sent(parked.id());
        assertThat(ledger.events().unsent("1")).extracting(JobEvent::type).containsExactly("failed");
    }

    @Test
    void onlyAParkedJobCanBeAnswered() {
        record("1");

        ledger.parkedJobs().answeredToSend(ledger.jobs().find("1").orElseThrow(), "again", Optional.empty());
        ledger.parkedJobs().answeredToAsk(ledger.jobs().find("1").orElseThrow(), "adopt", "m", "q", Optional.empty());
        ledger.parkedJobs().answeredToEnd(ledger.jobs().find("1").orElseThrow(), "reject");

        assertThat(ledger.jobs().history("1")).hasSize(1);
        assertThat(ledger.jobs().find("1").orElseThrow().state()).isEqualTo(JobState.RECEIVED);
    }

    @Test
    void onlyAFailedJobThatWasPaidForIsResumed() {
        record("unpaid");
        ledger.transitions().failed(take(), "refused", "m", Optional.empty());
        ledger.transitions().filed(claim(Due.UNFILED), "/failed/unpaid");
        record("paid");
        Job paid = ledger.transitions().submitting(take());
        ledger.transitions().generating(paid, "model", "q", Optional.empty(), clock.instant());
        assertThat(ledger.transitions().resumed("paid")).isEmpty();
        ledger.transitions().failed(claim(Due.GENERATING), "expired", "m", Optional.empty());
        ledger.transitions().filed(claim(Due.UNFILED), "/failed/paid");

        assertThat(ledger.transitions().resumed("unpaid")).isEmpty();
        assertThat(ledger.transitions().resumed("paid")).map(Job::state).contains(JobState.GENERATING);
        assertThat(ledger.transitions().resumed("paid")).isEmpty();
        assertThat(ledger.jobs().find("paid").orElseThrow().reason()).isEmpty();
    }

    @Test
    void aNameAtADestinationIsOneJobsAlone() {
        record("1");
        record("2");

        assertThat(ledger.deliveries().reserve("1", "videos", "gondola")).contains("gondola");
        assertThat(ledger.deliveries().reserve("2", "videos", "gondola")).isEmpty();
        assertThat(ledger.deliveries().reserve("2", "archive", "gondola")).contains("gondola");
        assertThat(ledger.deliveries().reserve("1", "videos", "something else")).contains("gondola");
    }

    @Test
    void aSecondProgramIsRefusedWithASentenceUntilTheFirstHasEnded() {
        Ledger second = new Ledger(folder, clock);

        assertThatThrownBy(second::start).isInstanceOf(LedgerException.class)
                .hasMessageContaining("Another program is using the ledger in " + folder)
                .hasMessageContaining("venice.home");

        ledger.stop();
        Ledger third = new Ledger(folder, clock);
        third.start();
        third.stop();
    }

    @Test
    void whoWaitsForWorkIsWokenByTheChangeThatMakesIt() throws Exception {
        long seen = ledger.wakeups().version(Due.RECEIVED);
        record("1");

        ledger.wakeups().await(Due.RECEIVED, seen, Duration.ofHours(1).toMillis());

        assertThat(ledger.wakeups().version(Due.RECEIVED)).isGreaterThan(seen);
        assertThat(ledger.wakeups().version(Due.GENERATING)).isZero();
    }

    private void record(String id) {
        ledger.newJobs().record(List.of(job(id)));
    }

    private Job take() {
        return claim(Due.RECEIVED);
    }

    private Job claim(Due due) {
        return ledger.leases().claim(due, LEASE).orElseThrow();
    }

    static NewJob job(String id) {
        return job(id, Optional.empty());
    }

    private static NewJob job(String id, Optional<String> reference) {
        return new NewJob(id, "bundle", "drop", reference, JobState.RECEIVED, Optional.empty(), Optional.empty(),
                Optional.empty(), "https://api", new VideoRequest(Json.mapper().createObjectNode(), List.of()),
                JobOptions.none(), "hash of " + id, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
