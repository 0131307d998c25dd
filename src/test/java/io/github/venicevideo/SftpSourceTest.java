package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.ledger.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bundles from a real SFTP server: taken once, and deleted only when they are recorded. */
@Order(1)
@Timeout(300)
class SftpSourceTest {

    @TempDir
    private Path folder;
    private Path inbox;
    private SftpServer server;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        inbox = Files.createDirectories(folder.resolve("sftp/inbox"));
        server = SftpServer.start(folder.resolve("sftp"));
        station = Station.quick(folder).with("venice.drop.sources", "courier")
                .with("venice.drop.sources.courier", server.endpoint("inbox") + "&delay=100");
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
        server.close();
    }

    @Test
    void filesAreTakenAndDeletedAndOthersStay() throws Exception {
        put("canal.json", "{\"prompt\": \"A canal\"}");
        put("quay.txt", "A quay");
        put("holiday.jpg", "no bundle");
        put("half.zip.part", "still coming");
        station.startImpatient();

        JsonNode job = station.awaitDone("canal");
        station.awaitDone("quay");

        assertThat(job.path("reference").asText()).startsWith("source:courier:canal.json#");
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(inbox.toFile().list())
                .containsExactlyInAnyOrder("holiday.jpg", "half.zip.part"));
    }

    @Test
    void whatIsToBeMovedIsMoved() throws Exception {
        station.with("venice.drop.sources.courier", server.endpoint("inbox") + "&delay=100&move=.taken").startImpatient();
        put("canal.txt", "A canal");

        station.awaitDone("canal");

        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(inbox.resolve(".taken/canal.txt")).exists());
        assertThat(station.ledger().jobs().all()).hasSize(1);
    }

    @Test
    void whatStaysIsTakenOnceAlsoAfterARestart() throws Exception {
        station.with("venice.drop.sources.courier", server.endpoint("inbox") + "&delay=50&noop=true").startImpatient();
        put("canal.txt", "A canal");
        station.awaitDone("canal");
        station.stop();
        station.startImpatient();
        put("quay.txt", "A quay");
        station.awaitDone("quay");

        assertThat(station.ledger().jobs().all()).extracting(Job::bundle).containsExactlyInAnyOrder("canal", "quay");

        put("canal.txt", "The same canal in the evening");

        station.awaitPosted("The same canal in the evening");
        assertThat(station.ledger().jobs().all()).hasSize(3);
    }

    @Test
    void aServerThatIsDownAtTheStartIsReadWhenItIsUp() throws Exception {
        put("canal.txt", "A canal");
        int port = server.port();
        server.close();
        station.startImpatient();
        station.drop("gondola", Map.of("prompt.txt", "A gondola at dawn"));
        station.awaitDone("gondola");

        server = SftpServer.start(folder.resolve("sftp"), port);

        station.awaitDone("canal");
    }

    private void put(String name, String text) throws Exception {
        Files.writeString(inbox.resolve(name), text);
    }
}
