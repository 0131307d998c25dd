package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.face;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.deliver.Keeping;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bundles and words are kept for as long as somebody said, and not longer; what may have been paid for is never ended. */
@Order(1)
@Timeout(300)
class RetentionTest {

    @TempDir
    private Path folder;
    private Station station;
    private JsonNode made;

    @BeforeEach
    void work() throws Exception {
        station = Station.quick(folder).start();
        station.sandbox().faults().next(1, Call.QUEUE, Fault.error(500));
        station.dropReady("doubted", Map.of("prompt.txt", "In doubt"));
        station.awaitParked("doubted");
        station.dropReady("portrait", Map.of("prompt.txt", "A portrait", "image.png", face("Anna")));
        station.awaitParked("portrait");
        station.dropReady("made", Map.of("prompt.txt", "A dance that nobody is to know of"));
        made = station.awaitDone("made");
        station.dropReady("broken", Map.of("request.json", "{"));
        station.awaitFailed("broken");
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void nothingIsRemovedUnlessSomebodySaysSo() throws Exception {
        keeping(Map.of(), Duration.ofDays(10_000)).look();

        assertThat(station.home().resolve("done/made")).isDirectory();
        assertThat(job(made).request().fields().has("prompt")).isTrue();
    }

    @Test
    void bundlesGoWhenTheirTimeIsOver() throws Exception {
        Map<String, String> settings = Map.of("venice.retention.done", "90d", "venice.retention.failed", "91d");

        keeping(settings, Duration.ofDays(89)).look();
        assertThat(station.home().resolve("done/made")).isDirectory();

        keeping(settings, Duration.ofDays(90).plusMinutes(5)).look();
        assertThat(station.home().resolve("done/made")).doesNotExist();
        assertThat(station.home().resolve("failed/broken")).isDirectory();
        assertThat(station.video("made")).isRegularFile();
        assertThat(job(made).folder()).isEmpty();

        keeping(settings, Duration.ofDays(92)).look();
        assertThat(station.home().resolve("failed/broken")).doesNotExist();
    }

    @Test
    void aRemovalThatWasCutOffIsBegunAgainAndAFolderOfAnotherStays() throws Exception {
        Files.delete(station.home().resolve("done/made/job.json"));
        Path failed = station.home().resolve("failed/broken");
        Files.move(failed, folder.resolve("taken away"));
        Files.createDirectory(failed);
        Files.copy(folder.resolve("taken away/ERROR.txt"), failed.resolve("ERROR.txt"));
        Map<String, String> settings = Map.of("venice.retention.done", "1d", "venice.retention.failed", "1d");

        keeping(settings, Duration.ofDays(2)).look();

        assertThat(station.home().resolve("done/made")).doesNotExist();
        assertThat(failed.resolve("ERROR.txt")).isRegularFile();
    }

    @Test
    void aBundleWhoseRemovalWasNotRecordedIsRecorded() throws Exception {
        folders().remove(made.path("job_id").asText());
        assertThat(job(made).folder()).isPresent();

        keeping(Map.of("venice.retention.done", "1d"), Duration.ofDays(2)).look();

        assertThat(job(made).folder()).isEmpty();
        assertThat(station.home().resolve("failed/broken")).isDirectory();
    }

    @Test
    void whatNobodyAnswersIsEndedWhenItCostNothingAndOnlyThen() throws Exception {
        keeping(Map.of("venice.retention.parked", "30d"), Duration.ofDays(31)).look();

        assertThat(station.awaitFailed("portrait").path("reason").asText()).isEqualTo("rejected");
        assertThat(station.text("failed/portrait/ERROR.txt")).contains("venice.retention.parked").contains("Nothing");
        assertThat(station.ledger().jobs().all()).filteredOn(job -> job.state() == JobState.PARKED)
                .extracting(Job::bundle).containsExactly("doubted");
    }

    @Test
    void wordsGoOutOfTheLedgerAndAmountsStay() throws Exception {
        Job before = job(made);

        keeping(Map.of("venice.retention.history", "30d"), Duration.ofDays(31)).look();
        keeping(Map.of("venice.retention.history", "30d"), Duration.ofDays(31)).look();

        Job after = job(made);
        assertThat(after.request().fields().has("prompt")).isFalse();
        assertThat(after.request().media()).isEmpty();
        assertThat(after.price()).isEqualTo(before.price()).isPresent();
        assertThat(after.contentHash()).isEqualTo(before.contentHash());
        assertThat(after.endedAt()).isEqualTo(before.endedAt());
        assertThat(after.video()).isEqualTo(before.video());
        assertThat(station.ledger().jobs().history(after.id())).hasSizeGreaterThan(3)
                .allSatisfy(entry -> assertThat(entry.message()).isEmpty());
        assertThat(station.ledger().deliveries().of(after.id())).isNotEmpty();
        assertThat(station.ledger().jobs().all()).filteredOn(job -> job.bundle().equals("doubted"))
                .allSatisfy(job -> assertThat(job.request().fields().has("prompt")).isTrue());
    }

    private BundleFolders folders() {
        return station.context().getRegistry().lookupByNameAndType("veniceBundleFolders", BundleFolders.class);
    }

    private Keeping keeping(Map<String, String> settings, Duration later) {
        Ledger ledger = station.ledger();
        Instant ended = ledger.jobs().all().stream().flatMap(job -> job.endedAt().stream()).min(Instant::compareTo).orElseThrow();
        return new Keeping(ledger, Clock.fixed(ended.plus(later), ZoneOffset.UTC), Settings.packaged().with(settings), folders());
    }

    private Job job(JsonNode document) {
        return station.ledger().jobs().find(document.path("job_id").asText()).orElseThrow();
    }
}
