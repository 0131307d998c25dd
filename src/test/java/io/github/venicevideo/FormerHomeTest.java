package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A home of the time when the dropped folder itself lay in parked/, failed/ and done/, with our files among its own. */
@Timeout(300)
class FormerHomeTest {

    private static final String QUOTE = "{\"quote\": 5.5}";

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        station = Station.quick(folder).with("venice.budget.per-job", "4").startImpatient();
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void whatIsParkedIsFiledAnewAndAnsweredThere() throws Exception {
        FaultRule dear = station.sandbox().faults().every(Call.QUOTE, Fault.json(200, QUOTE));
        byte[] picture = SampleMedia.png("former");
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola waits", "image.png", picture));
        station.dropFile("canal.txt", "A canal waits".getBytes());
        station.awaitParked("gondola");
        station.awaitParked("canal");
        station.stop();
        former("parked/gondola");
        former("parked/canal");
        ObjectNode form = (ObjectNode) Json.mapper().readTree(station.text("parked/gondola/answer-form.json"));
        Path answer = station.home().resolve("parked/gondola/answer.json");
        Files.write(answer, Json.pretty(form.put("answer", "approve").put("by", "Mallory")));
        Object before = Files.getAttribute(station.home().resolve("parked/gondola/image.png"), "fileKey");

        station.startImpatient();
        station.awaitQuiet();

        assertThat(station.home().resolve("parked/gondola").toFile().list()).containsExactlyInAnyOrder("bundle", "job.json", "ACTION.md",
                "answer-form.json");
        assertThat(station.home().resolve("parked/gondola/bundle/image.png")).hasBinaryContent(picture);
        assertThat(Files.getAttribute(station.home().resolve("parked/gondola/bundle/image.png"), "fileKey")).isNotEqualTo(before);
        assertThat(station.home().resolve("parked/canal/bundle").toFile().list()).containsExactly("canal.txt");
        assertThat(station.sandbox().requests(Call.QUEUE)).as("the answer in the dropped folder").isEmpty();
        Files.write(answer, Json.pretty(form.put("by", "Ada")));
        JsonNode job = station.awaitDone("gondola");
        assertThat(station.accepted(job).media("/image_url")).isEqualTo(picture);
        dear.disarm();
    }

    @Test
    void whatHadFailedIsTriedAgainFromWhereItLies() throws Exception {
        FaultRule expired = station.sandbox().faults().every(Call.RETRIEVE, Fault.invalidRequestId());
        station.dropReady("paid", Map.of("prompt.txt", "Paid for"));
        JsonNode paid = station.awaitFailed("paid");
        station.dropFile("unpaid.json", "{\"prompt\": \"Of no use\", \"resolution\": \"1p\"}".getBytes());
        station.awaitFailed("unpaid");
        expired.disarm();
        station.stop();
        former("failed/paid");
        former("failed/unpaid");

        station.startImpatient();
        for (String name : List.of("paid", "unpaid")) {
            Files.move(station.home().resolve("failed").resolve(name), station.drop().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }

        assertThat(station.awaitDone("paid").path("job_id")).isEqualTo(paid.path("job_id"));
        assertThat(station.posted("Paid for")).hasSize(1);
        assertThat(station.awaitFailed("unpaid").path("reason").asText()).isEqualTo("invalid-bundle");
    }

    @Test
    void whatWasPaidForAndIsNotInTheLedgerIsInDoubt() throws Exception {
        FaultRule expired = station.sandbox().faults().every(Call.RETRIEVE, Fault.invalidRequestId());
        station.dropReady("paid", Map.of("prompt.txt", "Paid for"));
        station.awaitFailed("paid");
        expired.disarm();
        station.stop();
        former("failed/paid");
        DurableFiles.deleteTree(station.home().resolve(".ledger"));
        Files.delete(station.home().resolve(".ledger.json"));

        station.startImpatient();
        Files.move(station.home().resolve("failed/paid"), station.drop().resolve("paid"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(station.awaitParked("paid").path("reason").asText()).isEqualTo("in-doubt");
        assertThat(station.posted("Paid for")).hasSize(1);
    }

    /** The layout of before, and what the migration makes of its rows. */
    private void former(String where) throws Exception {
        Path now = station.home().resolve(where);
        Path bundle = now.resolve("bundle");
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.move(file, now.resolve(file.getFileName()));
            }
        }
        Files.delete(bundle);
        ObjectNode document = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(now.resolve("job.json")));
        document.remove(List.of("signature", "api"));
        Files.write(now.resolve("job.json"), Json.pretty(document));
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + station.home().resolve(".ledger/ledger.db"));
                Statement statement = ledger.createStatement()) {
            statement.execute("UPDATE bundle_folder SET file_key = NULL, ours = 0 WHERE folder = '" + where + "'");
            statement.execute("UPDATE job SET filed = 0, folder = NULL, due_at = 0 WHERE state = 'parked' AND filed = 1");
        }
    }
}
