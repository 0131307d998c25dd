package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.LedgerView;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import io.github.venicevideo.venice.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the ledger is put back that knows nothing of what came after it: nothing is sent twice, nothing paid is lost. */
@Order(1)
@Timeout(300)
class RestoredLedgerTest {

    /** A zone in which it is not the day that it is in UTC. */
    private final ZoneId otherDay = ZoneOffset.ofHours(LocalTime.now(ZoneOffset.UTC).getHour() >= 12 ? 14 : -14);

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
            Path copy = copyOf(station);

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

            putBack(copy, station);
            station.start();
            await().atMost(Station.PATIENCE).until(() -> station.awaitQuiet().stream().allMatch(Job::filed));

            assertThat(station.ledger().jobs().all()).extracting(Job::bundle, Job::state).as("all of them").contains(
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
            Path copy = copyOf(station);
            station.sandbox().faults().every(Call.RETRIEVE, Fault.error(503));
            sendAgain(station);
            awaitState(station, "doubted", JobState.GENERATING);
            station.stop();
            Instant stopped = Instant.now();
            station.sandbox().faults().clear();

            putBack(copy, station);
            station.start();

            JsonNode job = station.awaitDone("doubted");
            assertThat(job.path("queue_id").asText()).isIn(paid(station));
            assertThat(Instant.parse(job.path("submitted_at").asText())).as("not when it was found").isBefore(stopped);
            assertThat(station.posted("Sent again")).hasSize(2);
            assertThat(station.video("doubted")).isNotEmptyFile();
        }
    }

    /**
     * The copy says "parked, over budget" of all of them; since then all were approved and sent, and their bundles lie in
     * {@code parked/} as before, but for other reasons.
     */
    @Test
    void whatWasApprovedAndSentAfterTheCopyIsNotForgotten() throws Exception {
        try (Station station = Station.quick(folder)) {
            station.with("venice.budget.per-job", "0.40").with("venice.zone", otherDay.getId());
            station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 0.5}"));
            station.start();
            List<String> names = List.of("unverified", "doubted", "private");
            for (String name : names) {
                station.dropReady(name, Map.of("request.json", name.equals("private")
                        ? "{\"model\": \"wan-2-2-a14b-text-to-video\", \"prompt\": \"private\", \"duration\": \"5s\"}"
                        : "{\"prompt\": \"" + name + "\"}"));
            }
            for (String name : names) {
                assertThat(station.awaitParked(name).path("reason").asText()).isEqualTo("over-budget");
            }
            Path copy = copyOf(station);

            FaultRule broken = station.sandbox().faults().every(Call.RETRIEVE, Fault.cutShort());
            answer(station, "unverified", "approve");
            awaitReason(station, "unverified", "unverified");
            broken.disarm();
            station.sandbox().faults().next(1, Call.QUEUE, Fault.error(500));
            answer(station, "doubted", "approve");
            awaitReason(station, "doubted", "in-doubt");
            station.sandbox().faults().every(Call.RETRIEVE, Fault.error(503));
            answer(station, "private", "approve");
            awaitState(station, "private", JobState.GENERATING);
            station.awaitParked("doubted");
            station.awaitParked("unverified");
            station.stop();
            station.sandbox().faults().clear();

            putBack(copy, station);
            station.start();

            for (String name : List.of("private", "unverified")) {
                assertThat(station.awaitDone(name).path("queue_id").asText()).isIn(paid(station));
                assertThat(station.video(name)).isNotEmptyFile();
            }
            assertThat(station.awaitParked("doubted").path("reason").asText()).isEqualTo("in-doubt");
            assertThat(station.text("parked/doubted/answer-form.json")).contains("adopt");
            assertThat(names).allSatisfy(name -> assertThat(station.posted(name)).hasSize(1));
            assertThat(station.ledger().spend().spent(LocalDate.now(otherDay))).as("spent, the doubtful too")
                    .isEqualTo(1_500_000);
        }
    }

    /** Two jobs ended that the copy knows nothing of, and one that had failed was asked about again. */
    @Test
    void whatEndedAfterTheCopyIsKnownByItsReferenceAndByWhatItCost() throws Exception {
        try (Station station = Station.quick(folder)) {
            station.with("venice.zone", otherDay.getId());
            station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 0.5}"));
            station.with("venice.budget.per-day", "100").start();
            FaultRule expired = station.sandbox().faults().every(Call.RETRIEVE, Fault.invalidRequestId());
            station.dropReady("retried", Map.of("prompt.txt", "Paid for, and asked for again"));
            station.awaitFailed("retried");
            expired.disarm();
            Path copy = copyOf(station);
            FaultRule broken = station.sandbox().faults().every(Call.RETRIEVE, Fault.cutShort());
            Files.move(station.home().resolve("failed/retried"), station.drop().resolve("retried"));
            assertThat(station.awaitParked("retried").path("reason").asText()).isEqualTo("unverified");
            broken.disarm();
            File video = call(station);
            expired = station.sandbox().faults().every(Call.RETRIEVE, Fault.invalidRequestId());
            station.dropReady("expired", Map.of("prompt.txt", "Paid for, and expired"));
            assertThat(station.awaitFailed("expired").path("reason").asText()).isEqualTo("expired");
            expired.disarm();
            station.awaitQuiet();
            station.stop();
            Set<String> paid = paid(station);

            putBack(copy, station);
            station.start();

            assertThat(station.ledger().spend().spent(LocalDate.now(otherDay))).isEqualTo(1_500_000);
            assertThat(call(station)).as("the call's video").isEqualTo(video);
            station.awaitDone("retried");
            station.dropReady("again", Map.of("prompt.txt", "Paid for, and expired"));
            assertThat(station.awaitParked("again").path("reason").asText()).isEqualTo("duplicate");
            Files.move(station.home().resolve("failed/expired"), station.drop().resolve("expired"));
            assertThat(station.awaitDone("expired").path("queue_id").asText()).isIn(paid);
            assertThat(station.text("videos/expired.json")).contains("Paid for, and expired");
            assertThat(paid(station)).isEqualTo(paid);
        }
    }

    private static File call(Station station) {
        try (ProducerTemplate template = station.context().createProducerTemplate()) {
            return template.requestBodyAndHeader("direct:venice-video-generate", Map.of("prompt", "Called for"),
                    "VeniceVideoReference", "call-1", File.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path copyOf(Station station) throws IOException {
        Path copy = folder.resolve("copy.db");
        LedgerView.of(station.home().resolve(".ledger")).copyTo(copy);
        return copy;
    }

    private static void putBack(Path copy, Station station) throws IOException {
        for (String old : List.of("ledger.db-wal", "ledger.db-shm")) {
            Files.deleteIfExists(station.home().resolve(".ledger").resolve(old));
        }
        Files.move(copy, station.home().resolve(".ledger/ledger.db"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void sendAgain(Station station) throws IOException {
        answer(station, "doubted", "resubmit");
    }

    private static void answer(Station station, String bundle, String answer) throws IOException {
        Path parked = station.home().resolve("parked").resolve(bundle);
        ObjectNode form = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(parked.resolve("answer-form.json")));
        Path filled = station.home().resolveSibling(bundle + "-answer.json");
        Files.write(filled, Json.pretty(form.put("answer", answer).put("by", "Ada")));
        Files.move(filled, parked.resolve("answer.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitReason(Station station, String bundle, String reason) {
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream().anyMatch(job -> job.filed()
                && job.bundle().equals(bundle) && job.reason().filter(reason::equals).isPresent()));
    }

    private static void awaitState(Station station, String bundle, JobState state) {
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .anyMatch(job -> job.bundle().equals(bundle) && job.state() == state));
    }

    private static Set<String> paid(Station station) {
        return station.sandbox().accepted().stream().map(AcceptedJob::queueId).collect(Collectors.toSet());
    }
}
