package io.github.venicevideo.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.InFlight;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.ModelSpeed;
import io.github.venicevideo.api.PollPlan;
import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobEvent;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.NewJob;
import io.github.venicevideo.ledger.job.Video;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.ledger.work.JobSource;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.RetrieveOutcome;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.client.ApiCall;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked about next, out of a real ledger. */
@Timeout(180)
class NextToAskTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Api API = Api.at("https://api");
    /** Whoever was asked about longest ago. */
    private static final PollPlan IN_TURN = (jobs, speeds, now) -> jobs.stream()
            .min(Comparator.comparing((InFlight job) -> job.askedAt().orElse(Instant.MIN)).thenComparing(InFlight::id));

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();
    private Ledger ledger;
    private Limits limits;
    private NextToAsk source;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder, clock);
        ledger.start();
        limits = new Limits(ledger, KeyId.of(API.name(), Optional.of("key")), clock, Settings.packaged());
        source = new NextToAsk(ledger, API, limits, IN_TURN, clock);
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void theLimitSaysHowOftenAndThePlanSaysWhom() {
        generating("1", "2", "3", "4", "5");

        assertThat(List.of(next().orElseThrow(), next().orElseThrow(), next().orElseThrow()))
                .containsExactly("1", "2", "3");
        JobSource.Next spent = source.next(LEASE);
        assertThat(spent.job()).isEmpty();
        assertThat(spent.notBefore()).contains(limits.retrieve().nextAt());
        clock.advance(Duration.ofMillis(600));
        assertThat(next()).contains("4");
        assertThat(next()).isEmpty();
    }

    @Test
    void aJobThatIsBeingAskedAboutOrHasMovedOnIsPassedOver() {
        generating("1", "2", "3");
        Job first = source.next(LEASE).job().orElseThrow();
        ledger.transitions().retrieved(ledger.leases().claim("2", Due.GENERATING, LEASE).orElseThrow(), new Video(1, "sha", 1, 1, 1));

        assertThat(next()).contains("3");
        assertThat(next()).as("1 and 3 are leased").isEmpty();
        clock.advance(Duration.ofSeconds(4));
        ledger.making().asked(first, Optional.of(145_000L), clock.instant());
        assertThat(next()).contains("1");
        assertThat(ledger.modelSpeeds().all().get("model").averageMs()).contains(145_000L);
    }

    @Test
    void aJobWithTroubleIsAskedWhenItIsDueWhateverThePlanSays() {
        source = new NextToAsk(ledger, API, limits, (jobs, speeds, now) -> Optional.empty(), clock);
        generating("1");
        Job job = ledger.leases().claim("1", Due.GENERATING, LEASE).orElseThrow();
        ledger.making().troubled(job, clock.instant().plusSeconds(2), true);
        assertThat(next()).isEmpty();

        clock.advance(Duration.ofSeconds(2));

        assertThat(next()).contains("1");
        assertThat(next()).isEmpty();
    }

    @Test
    void whenManyFailOneSpeaksForAllUntilItIsAnswered() throws Exception {
        generating("1", "2", "3", "4", "5", "6", "7", "8");
        for (int failed = 0; failed < 5; failed++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(next()).isPresent();
            limits.begin(ApiCall.RETRIEVE);
            limits.answered(ApiCall.RETRIEVE, answer(500));
        }
        assertThat(next()).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(next()).isPresent();
        assertThat(next()).as("the one that speaks for all is on the wire").isEmpty();

        limits.begin(ApiCall.RETRIEVE);
        limits.answered(ApiCall.RETRIEVE, answer(200));

        clock.advance(Duration.ofSeconds(1));
        assertThat(next()).isPresent();
        assertThat(next()).isPresent();
    }

    @Test
    void aVideoThatCouldNotBeFetchedIsNotAskedForWhileTransfersFail() {
        generating("1", "2");
        ledger.downloads().begun("1");
        for (int failed = 0; failed < 5; failed++) {
            limits.fetching().failed();
        }

        assertThat(next()).as("nothing says that 2 has a video").contains("2");
        assertThat(next()).isEmpty();

        clock.advance(Duration.ofSeconds(2));
        assertThat(next()).contains("1");
    }

    private Answer answer(int status) {
        return Answer.read(status, Map.of(), InputStream.nullInputStream(), clock);
    }

    @Test
    void whatComesAndGoesIsSeenWithoutReadingEverything() {
        generating("1");
        assertThat(next()).contains("1");
        clock.advance(Duration.ofSeconds(1));
        generating("2");
        assertThat(next()).contains("2");
    }

    @Test
    void whatIsNotDueYetIsLeftAlone() {
        generating("1");
        Job job = source.next(LEASE).job().orElseThrow();
        ledger.making().troubled(job, clock.instant().plusSeconds(30), true);

        clock.advance(Duration.ofSeconds(29));
        assertThat(next()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(next()).contains("1");
    }

    @Test
    void jobsOfAnotherApiAreNotAskedAboutHere() {
        generating("1");
        source = new NextToAsk(ledger, Api.at("https://other"), limits, IN_TURN, clock);

        assertThat(next()).isEmpty();
        assertThat(ledger.making().jobsOfOthers("https://other")).isEqualTo(1);
    }

    @Test
    void nothingIsAskedWhileTheKeyIsRefusedForAsking() {
        generating("1");
        limits.gate().trouble(new AccountTrouble("INSUFFICIENT_BALANCE", "No money"), false);
        assertThat(next()).as("money is not needed to fetch").contains("1");

        generating("2");
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), true);
        assertThat(next()).isEmpty();
        limits.gate().works();
        assertThat(next()).contains("2");
    }

    @Test
    void manyJobsAreAskedAboutInTurn() {
        ids(80).forEach(this::generating);
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofMillis(600));
            Job job = source.next(LEASE).job().orElseThrow();
            asked.add(job.id());
            ledger.making().asked(job, Optional.of(145_000L), clock.instant());
        }
        assertThat(asked).doesNotHaveDuplicates();
    }

    @Test
    void whatIsLearntOfAModelIsLearntOnceForAJobAndOutlivesTheProgram() {
        generating("1", "2");
        Job one = source.next(LEASE).job().orElseThrow();
        ledger.making().asked(one, Optional.of(435_000L), clock.instant());
        ledger.making().ready(one, Optional.of(Duration.ofSeconds(108)));
        ledger.making().ready(one, Optional.of(Duration.ofSeconds(108)));
        ledger.stop();
        ledger = new Ledger(folder, clock);
        ledger.start();

        ModelSpeed speed = ledger.modelSpeeds().all().get("model");
        assertThat(speed).isEqualTo(ModelSpeed.unknown().reported(435_000).observed(108_000));
    }

    @Test
    void aVideoThatIsSeenToBeDoneSoonAfterItWasAskedAboutTeaches() {
        ModelSpeed before = askedOnce();
        clock.advance(Duration.ofSeconds(20));
        done("1");

        assertThat(ledger.modelSpeeds().of("model")).isEqualTo(before.observed(70_000));
    }

    /** Nobody knows when it was done. */
    @Test
    void aNightInWhichNobodyAskedTeachesNothing() {
        ModelSpeed before = askedOnce();
        clock.advance(Duration.ofHours(10));
        done("1");
        generating("2");
        clock.advance(Duration.ofHours(10));
        done("2");

        assertThat(ledger.modelSpeeds().of("model")).isEqualTo(before);
    }

    @Test
    void anOutageInWhichNoAnswerWasOfUseTeachesNothing() {
        ModelSpeed before = askedOnce();
        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofMinutes(2));
            ledger.making().troubled(claimed("1"), clock.instant(), false);
        }
        clock.advance(Duration.ofSeconds(5));
        done("1");

        assertThat(ledger.modelSpeeds().of("model")).isEqualTo(before);
    }

    @Test
    void aRefusalThatNobodyHasHeardOfEndsAJobOnlyOnceTheProviderHasForgottenIt() {
        generating("1");
        Poll poll = new Poll(ledger, clock, limits, Settings.packaged());
        Retry refusal = new Retry(400, Optional.empty(), "No longer", true);
        clock.advance(Duration.ofHours(24));
        for (int i = 0; i < 10; i++) {
            assertThat(poll.retry(claimed("1"), refusal).state()).isEqualTo(JobState.GENERATING);
            clock.advance(Duration.ofMinutes(3));
        }

        clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            poll.retry(claimed("1"), new Retry(403, Optional.empty(), "A proxy's page"));
            clock.advance(Duration.ofHours(1));
        }
        for (int i = 0; i < 7; i++) {
            assertThat(poll.retry(claimed("1"), refusal).state()).isEqualTo(JobState.GENERATING);
            clock.advance(Duration.ofHours(1));
        }
        Job failed = poll.retry(claimed("1"), refusal);

        assertThat(failed.reason()).contains("retrieve-failed");
        assertThat(failed.message()).get().asString().contains("No longer");
        assertThat(failed.queueId()).as("it can be resumed").isPresent();
    }

    private ModelSpeed askedOnce() {
        generating("1");
        clock.advance(Duration.ofMinutes(1));
        ledger.making().asked(claimed("1"), Optional.of(145_000L), clock.instant());
        return ledger.modelSpeeds().of("model");
    }

    private Job claimed(String id) {
        return ledger.leases().claim(id, Due.GENERATING, LEASE).orElseThrow();
    }

    private void done(String id) {
        Job job = claimed(id);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Exchanges.JOB, job);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody("{\"status\": \"COMPLETED\"}");
        new Poll(ledger, clock, limits, Settings.packaged()).judge(exchange);
        assertThat(exchange.getProperty(Exchanges.ANSWER)).isInstanceOf(RetrieveOutcome.Completed.class);
        ledger.transitions().retrieved(job, new Video(1, "sha", 1, 1, 1));
    }

    @Test
    void aModelThatReportsNoAverageIsKnownAllTheSame() {
        assertThat(ledger.modelSpeeds().all()).isEmpty();
        ledger.modelSpeeds().reportedNothing("model");

        assertThat(ledger.modelSpeeds().all()).isEqualTo(Map.of("model", ModelSpeed.unknown()));
    }

    @Test
    void aJobThatTheProviderIsAboutToForgetIsToldOfOnceAndStillAskedAbout() {
        generating("late");
        clock.advance(Duration.ofHours(22));
        generating("young");
        Deadline deadline = new Deadline(ledger, clock, Settings.packaged());
        deadline.check();
        assertThat(ledger.jobs().find("late").orElseThrow().reason()).isEmpty();

        clock.advance(Duration.ofMinutes(61));
        deadline.check();
        deadline.check();

        Job late = ledger.jobs().find("late").orElseThrow();
        assertThat(late.state()).isEqualTo(JobState.GENERATING);
        assertThat(late.reason()).contains("overdue");
        assertThat(late.message().orElseThrow()).contains("venice.poll.deadline").contains("24 hours");
        assertThat(ledger.events().unwrittenAlarms("late")).extracting(JobEvent::type).containsExactly("overdue");
        assertThat(ledger.jobs().history("late")).extracting(HistoryEntry::reason).contains(Optional.of("overdue"));
        assertThat(ledger.jobs().find("young").orElseThrow().reason()).isEmpty();
        assertThat(next()).contains("late");
    }

    private Optional<String> next() {
        return source.next(LEASE).job().map(Job::id);
    }

    private static List<String> ids(int count) {
        return java.util.stream.IntStream.range(0, count).mapToObj(i -> String.format("%05d", i)).toList();
    }

    private void generating(String... ids) {
        for (String id : ids) {
            ledger.newJobs().record(List.of(new NewJob(id, "bundle", "drop", Optional.empty(), JobState.RECEIVED, Optional.empty(),
                    Optional.empty(), Optional.empty(), API.name(),
                    new VideoRequest(Json.mapper().createObjectNode(), List.of()), JobOptions.none(), "hash of " + id,
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())));
            Job job = ledger.transitions().submitting(ledger.leases().claim(Due.RECEIVED, LEASE).orElseThrow());
            ledger.transitions().generating(job, "model", "q-" + id, Optional.empty(), clock.instant(), clock.instant());
        }
    }
}
