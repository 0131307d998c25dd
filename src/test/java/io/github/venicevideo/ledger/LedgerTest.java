package io.github.venicevideo.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobEvent;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.NewJob;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.job.Video;
import io.github.venicevideo.ledger.store.LedgerException;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.SourceClip;
import io.github.venicevideo.venice.request.VideoRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The one place where stages hand work over to each other. */
@Timeout(180)
public class LedgerTest {

    private static final VideoRequest NOTHING = new VideoRequest(Json.mapper().createObjectNode(), List.of());

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final MovableClock clock = open.clock();
    private final Ledger ledger = open.ledger();

    @Test
    void aJobIsReadAsItWasRecorded() {
        ObjectNode fields = Json.mapper().createObjectNode().put("prompt", "früh 🛶").put("z", new BigDecimal("0.10"));
        VideoRequest request = new VideoRequest(fields, List.of(new Media("/image_url", "dropped/a/i.png", "image/png", 7,
                "abc", false)));
        JobOptions options = new JobOptions(List.of("archive"), Optional.of("A name"), Optional.of(250_000L),
                Optional.of(7.5), Optional.of(new SourceClip(4.2, 720, 25)), true, 2, 3);
        ledger.newJobs().record(List.of(new NewJob("1", "a", "drop", Optional.of("order-1"), JobState.RECEIVED, Optional.empty(),
                Optional.empty(), Optional.empty(), "https://api", request, options, "hash", Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty())));

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
    void everyChangeOfStateIsARowOfHistoryInItsOrder() {
        open.record("1");
        Job job = ledger.transitions().submitting(open.take());
        job = ledger.transitions().received(job, clock.instant(), "Too fast");
        job = ledger.transitions().submitting(open.take());
        job = ledger.transitions().generating(job, "model", "queue-1", Optional.of("https://secret"), clock.instant(), clock.instant());
        job = ledger.making().asked(open.claim(Due.GENERATING), Optional.of(145_000L), clock.instant());
        job = ledger.transitions().retrieved(open.claim(Due.GENERATING), new Video(9, "sha", 5_000, 96, 96));
        job = ledger.transitions().delivered(open.claim(Due.RETRIEVED));
        ledger.transitions().filed(open.claim(Due.UNFILED), "/done/1");

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

    /** Whoever looks for what is stuck must not be told that it has just come. */
    @Test
    void aJobThatIsTriedAgainAndAgainStandsWhereItIsSinceTheBeginning() {
        Instant since = clock.instant();
        open.record("1");
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(2));
            ledger.transitions().received(open.take(), clock.instant(), "It has no price yet");
        }
        assertThat(ledger.overview().oldest()).isEqualTo(Map.of(JobState.RECEIVED, since));
        assertThat(ledger.jobs().history("1")).as("said once").hasSize(2);

        ledger.transitions().received(ledger.transitions().submitting(open.take()), clock.instant(), "Too busy");
        assertThat(ledger.overview().oldest()).isEqualTo(Map.of(JobState.RECEIVED, since));
    }

    @Test
    void anAlarmMakesNoJobYounger() {
        open.record("1");
        clock.advance(Duration.ofMinutes(1));
        Instant since = clock.instant();
        ledger.transitions().generating(ledger.transitions().submitting(open.take()), "model", "q", Optional.empty(), since, since);
        clock.advance(Duration.ofHours(23));
        assertThat(ledger.making().overdue(clock.instant(), "Late")).hasSize(1);

        assertThat(ledger.overview().oldest()).isEqualTo(Map.of(JobState.GENERATING, since));
    }

    @Test
    void aReasonThatIsNotKnownIsCountedToo() {
        open.record("1");
        ledger.transitions().failed(open.take(), Reason.REFUSED, "No", Optional.empty());
        ledger.jdbi().useHandle(handle -> handle.execute("UPDATE job SET reason = NULL"));

        assertThat(ledger.overview().failed()).isEqualTo(Map.of("unknown", 1L));
    }

    @Test
    void jobsAreRecordedAllOrNone() {
        open.record("taken");

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
        open.record("1");
        ledger.transitions().parked(open.take(), Reason.IN_DOUBT, "m", Optional.empty());
        JobEvent parked = ledger.events().unwritten("1").get(0);
        ledger.events().written(parked.id(), "parked");
        ledger.transitions().filed(open.claim(Due.UNFILED), "/parked/1");
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
        open.record("1");

        ledger.parkedJobs().answeredToSend(ledger.jobs().find("1").orElseThrow(), "again");
        ledger.parkedJobs().answeredToAsk(ledger.jobs().find("1").orElseThrow(), "adopt", "m", "q", clock.instant(), Optional.empty());
        ledger.parkedJobs().answeredToEnd(ledger.jobs().find("1").orElseThrow(), "reject");

        assertThat(ledger.jobs().history("1")).hasSize(1);
        assertThat(ledger.jobs().find("1").orElseThrow().state()).isEqualTo(JobState.RECEIVED);
    }

    @Test
    void onlyAFailedJobThatWasPaidForIsResumed() {
        open.record("unpaid");
        ledger.transitions().failed(open.take(), Reason.REFUSED, "m", Optional.empty());
        ledger.transitions().filed(open.claim(Due.UNFILED), "/failed/unpaid");
        open.record("paid");
        Job paid = ledger.transitions().submitting(open.take());
        ledger.transitions().generating(paid, "model", "q", Optional.empty(), clock.instant(), clock.instant());
        assertThat(ledger.transitions().resumed("paid", NOTHING)).isEmpty();
        ledger.transitions().failed(open.claim(Due.GENERATING), Reason.EXPIRED, "m", Optional.empty());
        ledger.transitions().filed(open.claim(Due.UNFILED), "/failed/paid");

        assertThat(ledger.transitions().resumed("unpaid", NOTHING)).isEmpty();
        assertThat(ledger.transitions().resumed("paid", NOTHING)).map(Job::state).contains(JobState.GENERATING);
        assertThat(ledger.transitions().resumed("paid", NOTHING)).isEmpty();
        assertThat(ledger.jobs().find("paid").orElseThrow().reason()).isEmpty();
    }

    @Test
    void aNameAtADestinationIsOneJobsAlone() {
        open.record("1");
        open.record("2");

        assertThat(ledger.deliveries().reserve("1", "videos", "gondola")).contains("gondola");
        assertThat(ledger.deliveries().reserve("2", "videos", "gondola")).isEmpty();
        assertThat(ledger.deliveries().reserve("2", "archive", "gondola")).contains("gondola");
        assertThat(ledger.deliveries().reserve("1", "videos", "something else")).contains("gondola");
    }

    @Test
    void aSecondProgramIsRefusedWithASentenceUntilTheFirstHasEnded() {
        Ledger second = new Ledger(open.folder(), clock);

        assertThatThrownBy(second::start).isInstanceOf(LedgerException.class)
                .hasMessageContaining("Another program is using the ledger in " + open.folder())
                .hasMessageContaining("venice.home");

        ledger.stop();
        Ledger third = new Ledger(open.folder(), clock);
        third.start();
        third.stop();
    }

    public static NewJob job(String id) {
        return job(id, Optional.empty());
    }

    private static NewJob job(String id, Optional<String> reference) {
        return new NewJob(id, "bundle", "drop", reference, JobState.RECEIVED, Optional.empty(), Optional.empty(),
                Optional.empty(), "https://api", new VideoRequest(Json.mapper().createObjectNode(), List.of()),
                JobOptions.none(), "hash of " + id, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
