package io.github.venicevideo.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.draft.BundleOptions;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.MigratedLedger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.NewJob;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program leaves that dies while it takes a failed job up again, and what it must not touch while it does. */
class ResumingTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final VideoRequest REQUEST = new VideoRequest(Json.mapper().createObjectNode().put("prompt", "A canal"), List.of());
    private static final Claim AGAIN = Claim.of("again", "drop", "canal", "canal.txt", false, Optional.empty(), Instant.EPOCH);

    @TempDir
    private Path folder;
    private final MovableClock clock = new MovableClock();
    private Home home;
    private Ledger ledger;
    private Resuming resuming;

    @BeforeEach
    void aFailedJobThatWasPaidFor() throws IOException {
        home = Home.at(folder);
        MigratedLedger.into(folder.resolve(".ledger"));
        ledger = new Ledger(folder.resolve(".ledger"), clock);
        ledger.start();
        resuming = new Resuming(home, ledger);
        ledger.newJobs().record(List.of(new NewJob("paid", "canal", "drop", Optional.empty(), JobState.RECEIVED, Optional.empty(),
                Optional.empty(), Optional.empty(), "https://api", REQUEST, JobOptions.none(), "hash", Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty())));
        Job sent = ledger.transitions().submitting(claim(Due.RECEIVED).orElseThrow());
        ledger.transitions().generating(sent, "model", "q", Optional.empty(), clock.instant(), clock.instant());
        ledger.transitions().failed(claim(Due.GENERATING).orElseThrow(), Reason.EXPIRED, "m", Optional.empty());
    }

    @AfterEach
    void stop() {
        ledger.stop();
    }

    @Test
    void nobodyAsksAboutItBeforeItsBundleIsThere() throws IOException {
        filed();
        assertThat(ledger.transitions().resumed("paid", REQUEST)).isPresent();
        assertThat(claim(Due.GENERATING)).isEmpty();

        assertThat(resume(droppedAgain())).isPresent();

        assertThat(claim(Due.GENERATING)).map(Job::id).contains("paid");
    }

    @Test
    void itIsAskedAboutThoughItsBundleIsNeverFound() {
        filed();
        ledger.transitions().resumed("paid", REQUEST);

        clock.advance(Duration.ofMinutes(1));

        assertThat(claim(Due.GENERATING)).isPresent();
    }

    @Test
    void whatADyingProgramHadNotMovedYetIsMovedAndAVideoThatHasComeSinceStays() throws IOException {
        filed();
        ledger.transitions().resumed("paid", REQUEST);
        WorkFolder work = home.work("paid");
        Files.writeString(Files.createDirectories(work.path()).resolve(work.videoPart().getFileName()), "a video");
        WorkFolder again = droppedAgain();

        assertThat(resume(again)).map(Job::id).contains("paid");

        assertThat(work.videoPart()).hasContent("a video");
        assertThat(work.dropped().resolve("canal.txt")).hasContent("A canal");
        assertThat(Claim.read(work)).map(Claim::jobId).contains("paid");
        assertThat(again.path()).doesNotExist();
    }

    @Test
    void aCopyOfABundleWhoseJobIsAtWorkIsNotTakenForIt() throws IOException {
        filed();
        resume(droppedAgain());
        WorkFolder copy = droppedAgain();

        assertThat(resume(copy)).isEmpty();

        assertThat(copy.dropped().resolve("canal.txt")).exists();
    }

    @Test
    void oneThatIsStillBeingPutAwayIsTakenUpLater() throws IOException {
        Job failed = claim(Due.UNFILED).orElseThrow();
        WorkFolder again = droppedAgain();

        assertThatThrownBy(() -> resume(again)).isInstanceOf(TakenUpException.class);
        ledger.transitions().filed(failed, "/failed/canal");

        assertThat(resume(again)).map(Job::id).contains("paid");
    }

    private void filed() {
        ledger.transitions().filed(claim(Due.UNFILED).orElseThrow(), "/failed/canal");
    }

    private Optional<Job> claim(Due due) {
        return ledger.leases().claim(due, LEASE);
    }

    private WorkFolder droppedAgain() throws IOException {
        WorkFolder work = home.work(AGAIN.jobId());
        AGAIN.write(work);
        Files.writeString(work.dropped().resolve(AGAIN.entry()), "A canal");
        SaidBefore.note(work, "paid");
        return work;
    }

    private Optional<Job> resume(WorkFolder work) throws IOException {
        return resuming.resumed(AGAIN, work, new Bundle(REQUEST, BundleOptions.NONE, "hash", Set.of(), Optional.empty(), 0, List.of(),
                Map.of(), List.of(), List.of()));
    }
}
