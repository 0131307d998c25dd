package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.JobState;
import io.github.venicevideo.ledger.LedgerView;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.Call;
import io.github.venicevideo.sandbox.Fault;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the ledger is put back that knows nothing of what came after it: nothing is sent twice, nothing paid is lost. */
@Timeout(150)
class RestoredLedgerTest {

    @TempDir
    private Path folder;

    @Test
    void whatCameAfterTheCopyIsTakenFromTheHome() throws Exception {
        try (Station station = Station.quick(folder)) {
            station.start();
            station.sandbox().faults().next(1, Call.QUEUE, Fault.error(500));
            station.dropReady("doubted", Map.of("prompt.txt", "Doubted, then sent again"));
            station.awaitParked("doubted");
            station.dropReady("early", Map.of("prompt.txt", "Delivered before"));
            station.awaitDone("early");
            station.sandbox().faults().every(Call.RETRIEVE, Fault.error(503));
            station.dropReady("making", Map.of("prompt.txt", "In the making"));
            awaitState(station, "making", JobState.GENERATING);
            station.sandbox().faults().every(Call.QUEUE, Fault.error(503));
            station.dropReady("waiting", Map.of("prompt.txt", "Not sent yet"));
            station.awaitPosted("Not sent yet");
            station.dropReady("refused", Map.of("prompt.txt", "Not sent yet, and refused"));
            station.awaitPosted("Not sent yet, and refused");
            Path copy = folder.resolve("copy.db");
            LedgerView.of(station.home().resolve(".ledger")).copyTo(copy);

            station.sandbox().faults().clear();
            station.awaitDone("making");
            station.awaitDone("waiting");
            station.dropReady("late", Map.of("prompt.txt", "Dropped and delivered after"));
            station.awaitDone("late");
            sendAgain(station);
            station.awaitDone("doubted");
            station.awaitQuiet();
            station.stop();
            Set<String> paid = paid(station);

            for (String old : List.of("ledger.db-wal", "ledger.db-shm")) {
                Files.deleteIfExists(station.home().resolve(".ledger").resolve(old));
            }
            Files.move(copy, station.home().resolve(".ledger/ledger.db"), StandardCopyOption.REPLACE_EXISTING);
            station.start();
            await().atMost(Station.PATIENCE).until(() -> station.awaitQuiet().stream().allMatch(Job::filed));

            assertThat(station.ledger().all()).extracting(Job::bundle, Job::state).as("all of them").contains(
                    tuple("doubted", JobState.DELIVERED),
                    tuple("early", JobState.DELIVERED),
                    tuple("making", JobState.DELIVERED),
                    tuple("waiting", JobState.DELIVERED),
                    tuple("late", JobState.DELIVERED));
            station.dropReady("late again", Map.of("prompt.txt", "Dropped and delivered after"));
            assertThat(station.awaitParked("late again").path("reason").asText()).isEqualTo("duplicate");
            await().during(Duration.ofMillis(500)).atMost(Station.PATIENCE).until(() -> paid(station).equals(paid));
            for (String name : List.of("early", "making", "waiting", "late", "doubted")) {
                assertThat(station.video(name)).isNotEmptyFile();
            }
        }
    }

    /** The copy says "parked, in doubt"; since then it was sent again, and the program was stopped while it was being made. */
    @Test
    void whatWasAnsweredAndSentAfterTheCopyIsAskedAbout() throws Exception {
        try (Station station = Station.quick(folder)) {
            station.start();
            station.sandbox().faults().next(1, Call.QUEUE, Fault.error(500));
            station.dropReady("doubted", Map.of("prompt.txt", "Sent again"));
            station.awaitParked("doubted");
            Path copy = folder.resolve("copy.db");
            LedgerView.of(station.home().resolve(".ledger")).copyTo(copy);
            station.sandbox().faults().every(Call.RETRIEVE, Fault.error(503));
            sendAgain(station);
            awaitState(station, "doubted", JobState.GENERATING);
            station.stop();
            station.sandbox().faults().clear();

            for (String old : List.of("ledger.db-wal", "ledger.db-shm")) {
                Files.deleteIfExists(station.home().resolve(".ledger").resolve(old));
            }
            Files.move(copy, station.home().resolve(".ledger/ledger.db"), StandardCopyOption.REPLACE_EXISTING);
            station.start();

            assertThat(station.awaitDone("doubted").path("queue_id").asText()).isIn(paid(station));
            assertThat(station.posted("Sent again")).hasSize(2);
            assertThat(station.video("doubted")).isNotEmptyFile();
        }
    }

    private static void sendAgain(Station station) throws IOException {
        ObjectNode form = (ObjectNode) Json.mapper().readTree(station.text("parked/doubted/answer-form.json"));
        Files.write(station.home().resolve("parked/doubted/answer.json"),
                Json.pretty(form.put("answer", "resubmit").put("by", "Ada")));
    }

    private static void awaitState(Station station, String bundle, JobState state) {
        await().atMost(Station.PATIENCE).until(() -> station.ledger().all().stream()
                .anyMatch(job -> job.bundle().equals(bundle) && job.state() == state));
    }

    private static Set<String> paid(Station station) {
        return station.sandbox().accepted().stream().map(AcceptedJob::queueId).collect(Collectors.toSet());
    }
}
