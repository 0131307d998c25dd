package io.github.venicevideo.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.NewJob;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of two answers to one job, one counts; the other changes neither what lies in the work folder nor where it is asked. */
@Timeout(180)
class AnsweringTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final String URL = "https://media.example.com/v?s=1";

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();
    private Home home;
    private Ledger ledger;
    private Answering answering;

    @BeforeEach
    void parkInDoubt() throws IOException {
        home = Home.at(folder.resolve("home"));
        ledger = new Ledger(folder.resolve("ledger"), clock);
        ledger.start();
        answering = new Answering(home, ledger, ledger.consentStore(), clock, Settings.packaged());
        Files.createDirectories(home.work("1").path());
        ledger.newJobs().record(List.of(new NewJob("1", "bundle", "drop", Optional.empty(), JobState.RECEIVED, Optional.empty(),
                Optional.empty(), Optional.empty(), "api", new VideoRequest(Json.mapper().createObjectNode(), List.of()),
                JobOptions.none(), "hash", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())));
        park(post());
    }

    @AfterEach
    void close() {
        ledger.stop();
    }

    @Test
    void anAnswerThatComesWhileTheJobIsOnTheWireLeavesItsIntentAlone() throws IOException {
        Job read = find();
        answer(read, "resubmit", form -> form);
        post();

        answer(read, "resubmit", form -> form);
        answer(read, "adopt", form -> form.put("queue_id", "late").put("download_url", URL));

        assertThat(Intent.read(home.work("1"))).get().matches(intent -> intent.attempt() == 2 && !intent.isAnswered());
        assertThat(ledger.downloadUrls().of("1")).isEmpty();
        assertThat(find().state()).isEqualTo(JobState.SUBMITTING);
    }

    @Test
    void anAnswerToAnEarlierDoubtIsNoneToALaterOne() throws IOException {
        Job read = find();
        answer(read, "resubmit", form -> form);
        clock.advance(Duration.ofMinutes(1));
        park(post());

        answer(read, "resubmit", form -> form);
        answer(read, "reject", form -> form);

        assertThat(Intent.read(home.work("1"))).isPresent();
        assertThat(find().state()).isEqualTo(JobState.PARKED);
        answer(find(), "resubmit", form -> form);
        assertThat(find().state()).isEqualTo(JobState.RECEIVED);
        assertThat(Intent.read(home.work("1"))).isEmpty();
    }

    @Test
    void aJobThatAnotherAnswerHasInHandIsLeftToIt() throws IOException {
        Job claimed = ledger.parkedJobs().claim(find(), LEASE).orElseThrow();

        answer(find(), "resubmit", form -> form);
        answer(find(), "adopt", form -> form.put("queue_id", "other").put("download_url", URL));
        answer(find(), "reject", form -> form);

        assertThat(Intent.read(home.work("1"))).get().matches(intent -> !intent.isAnswered());
        assertThat(ledger.downloadUrls().of("1")).isEmpty();
        assertThat(ledger.parkedJobs().answeredToAsk(claimed, "adopted", "m", "q", clock.instant(), Optional.of(URL))).map(Job::state)
                .contains(JobState.GENERATING);
        assertThat(ledger.downloadUrls().of("1")).contains(URL);
    }

    @Test
    void aRejectedJobThatHadBeenAcceptedAfterAllKeepsWhatItWasPaidAs() throws IOException {
        Intent.read(home.work("1")).orElseThrow().answered("its model", "late", Optional.of(URL)).write(home.work("1"));

        answer(find(), "reject", form -> form);

        Job ended = find();
        assertThat(ended.state()).isEqualTo(JobState.FAILED);
        assertThat(ended.queueId()).contains("late");
        assertThat(ended.model()).contains("its model");
        assertThat(ended.submittedAt()).isPresent();
        assertThat(ended.message()).contains("Anna answered reject; it had been accepted after all");
        assertThat(ledger.downloadUrls().of("1")).contains(URL);
        assertThat(ledger.leases().claim(Due.CLEANUP, LEASE)).as("its link is revoked").isPresent();
    }

    @Test
    void anAnswerThatAStopCutOffIsTakenAgainAfterTheStart() throws IOException {
        ledger.parkedJobs().claim(find(), LEASE).orElseThrow();
        Intent.delete(home.work("1"));
        ledger.stop();
        ledger.start();

        answer(find(), "resubmit", form -> form);

        assertThat(find().state()).isEqualTo(JobState.RECEIVED);
        assertThat(ledger.leases().claim(Due.RECEIVED, LEASE)).isPresent();
    }

    /** The provider forgets it a day after the POST, whenever a person finds the time. */
    @Test
    void whatIsAdoptedIsAsOldAsItsPost() throws IOException {
        Instant sent = clock.instant();
        clock.advance(Duration.ofHours(20));

        answer(find(), "adopt", form -> form.put("queue_id", "q"));

        assertThat(find().submittedAt()).contains(sent);
        assertThat(Intent.read(home.work("1")).orElseThrow().sentAt()).isEqualTo(sent);
    }

    @Test
    void whatIsAdoptedWithoutAnIntentIsAsOldAsTheHistorySays() throws IOException {
        Instant sent = clock.instant();
        Intent.delete(home.work("1"));
        clock.advance(Duration.ofHours(20));

        answer(find(), "adopt", form -> form.put("queue_id", "q"));

        assertThat(find().submittedAt()).contains(sent);
    }

    @Test
    void whatWasAcceptedAfterItWasGivenUpIsAsOldAsItsAnswer() throws IOException {
        Instant came = clock.instant();
        Intent.of("1", "api", 1, came).answered("m", "q", Optional.empty()).write(home.work("1"));
        clock.advance(Duration.ofHours(20));

        answer(find(), "resubmit", form -> form);

        assertThat(find().submittedAt()).contains(came);
    }

    @Test
    void anAnswerThatCannotBeCarriedOutGivesTheJobBack() throws IOException {
        Files.delete(home.work("1").path().resolve("intent.json"));
        Files.createDirectories(home.work("1").path().resolve("intent.json").resolve("in the way"));

        assertThatThrownBy(() -> answer(find(), "resubmit", form -> form)).isInstanceOf(IOException.class);

        assertThat(find().state()).isEqualTo(JobState.PARKED);
        assertThat(ledger.parkedJobs().claim(find(), LEASE)).isPresent();
    }

    private void answer(Job job, String answer, UnaryOperator<ObjectNode> filling) throws IOException {
        ObjectNode form = Json.mapper().createObjectNode().put("job_id", "1").put("answer", answer).put("by", "Anna");
        answering.apply(filling.apply(form), "answer.json", job, Attestation.Way.FILE, clock.instant());
    }

    /** As the route does it: the state, then the intent, then the POST. */
    private Job post() throws IOException {
        Job job = ledger.transitions().submitting(ledger.leases().claim(Due.RECEIVED, LEASE).orElseThrow());
        Intent.of("1", "api", job.attempts(), clock.instant()).write(home.work("1"));
        return job;
    }

    private void park(Job job) {
        ledger.transitions().parked(job, Reason.IN_DOUBT, "No answer came", Optional.empty());
        ledger.transitions().filed(ledger.leases().claim(Due.UNFILED, LEASE).orElseThrow(), "parked/bundle");
    }

    private Job find() {
        return ledger.jobs().find("1").orElseThrow();
    }
}
