package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.venice.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A disk that takes nothing more, and folders that go away while the program runs: it is said once, in a sentence and in
 * the health; nothing is lost, nothing is sent twice, and it goes on by itself. A file in the place of a folder stands for
 * a disk that cannot be written, whoever runs the tests.
 */
@Timeout(300)
@ResourceLock("levels of loggers")
class DiskFaultsTest {

    private static final String PRIVATE = "{\"model\": \"wan-2-2-a14b-text-to-video\"}";

    @TempDir
    private Path folder;
    private Station station;
    private final Logger ours = (Logger) org.slf4j.LoggerFactory.getLogger("io.github.venicevideo");
    private final Level before = ours.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void start() throws Exception {
        log.start();
        ours.addAppender(log);
        ours.setLevel(Level.INFO);
        station = Station.quick(folder).with("venice.console.port", "0")
                // So that what a test does to the ledger from outside gets its turn.
                .with("venice.ledger.idle", "200ms").startImpatient();
    }

    @AfterEach
    void stop() throws Exception {
        ours.detachAppender(log);
        ours.setLevel(before);
        station.close();
    }

    @Test
    void aWorkFolderThatCannotBeWrittenStopsClaimsAndDownloadsAndLosesNothing() throws Exception {
        station.sandbox().faults().every(Call.RETRIEVE, Fault.json(200, "{\"status\": \"PROCESSING\"}"));
        station.dropReady("made", Map.of("prompt.txt", "Made meanwhile", "request.json", PRIVATE));
        station.awaitPosted("Made meanwhile");
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().get(0).state() == JobState.GENERATING);
        Path work = station.home().resolve(".work");
        Path away = Files.move(work, folder.resolve("away"));
        Files.createFile(work);

        station.dropReady("dropped", Map.of("prompt.txt", "Dropped meanwhile"));
        awaitSaid("cannot be taken from drop");
        awaitSaid("Nothing can be written into " + work);
        station.sandbox().faults().clear();
        assertThat(down("venice-folders")).contains(work.toString());
        assertThat(station.drop().resolve("dropped")).isDirectory();
        assertThat(station.sandbox().requests(Call.DOWNLOAD)).as("a download_url bears few GETs").isEmpty();
        assertThat(said("cannot be taken from drop")).as("said once").hasSize(1);

        Files.delete(work);
        Files.move(away, work);
        station.awaitDone("made");
        station.awaitDone("dropped");
        assertThat(said("can be taken from drop again")).hasSize(1);
        assertThat(station.posted("Made meanwhile")).hasSize(1);
        assertThat(station.posted("Dropped meanwhile")).hasSize(1);
        assertThat(station.sandbox().requests(Call.DOWNLOAD).stream().filter(request -> request.method().equals("GET"))).hasSize(1);
    }

    @Test
    void aVideosFolderThatCannotBeWrittenKeepsTheVideos() throws Exception {
        Path videos = station.home().resolve("videos");
        Files.createFile(videos);
        station.dropReady("made", Map.of("prompt.txt", "Made"));
        await().atMost(Station.PATIENCE).until(() -> station.ledger().deliveries().troubles().size() == 1);

        assertThat(down("venice-destinations")).contains("videos");
        assertThat(station.ledger().jobs().all().get(0).state()).isEqualTo(JobState.RETRIEVED);

        Files.delete(videos);
        station.awaitDone("made");
        assertThat(station.video("made")).isNotEmptyFile();
    }

    @Test
    void foldersThatGoAwayAreNamedAndGoOnWhenTheyAreBack() throws Exception {
        for (String name : List.of("drop", "done", "parked")) {
            Path gone = station.home().resolve(name);
            Path away = Files.move(gone, folder.resolve("away-" + name));
            assertThat(down("venice-folders")).contains(gone + " is missing");
            Files.move(away, gone);
        }
        Path done = station.home().resolve("done");
        Path away = Files.move(done, folder.resolve("away"));
        Files.createFile(done);
        station.dropReady("made", Map.of("prompt.txt", "Made"));
        await().atMost(Station.PATIENCE).until(() -> Files.exists(station.video("made")));
        awaitSaid("a step broke off");

        Files.delete(done);
        Files.move(away, done);
        station.awaitDone("made");
        assertThat(station.posted("Made")).hasSize(1);
    }

    @Test
    void aLedgerThatTakesNothingIsSaidOnceAndNothingIsLost() throws Exception {
        sql("CREATE TRIGGER full BEFORE UPDATE ON job BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
        station.dropReady("stuck", Map.of("prompt.txt", "Stuck"));
        awaitSaid("The ledger cannot be asked for");
        awaitSaid("the disk is full");

        sql("DROP TRIGGER full");
        station.awaitDone("stuck");
        assertThat(said("The ledger can be asked again")).isNotEmpty();
        assertThat(said("The ledger cannot be asked for received")).hasSize(1);
        assertThat(station.posted("Stuck")).hasSize(1);
    }

    @Test
    void aLedgersFolderThatIsGoneIsDown() throws Exception {
        Path ledger = station.home().resolve(".ledger");
        Path away = Files.move(ledger, folder.resolve("away"));
        try {
            assertThat(down("venice-ledger")).contains(ledger + " is missing");
        } finally {
            Files.move(away, ledger);
        }
    }

    private String down(String check) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(station.console("/observe/health"))
                .build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        for (JsonNode one : Json.mapper().readTree(answer.body()).path("checks")) {
            if (one.path("name").asText().equals(check)) {
                assertThat(one.path("status").asText()).isEqualTo("DOWN");
                return one.path("message").asText();
            }
        }
        throw new AssertionError(answer.body());
    }

    private void awaitSaid(String part) {
        await(part).atMost(Station.PATIENCE).until(() -> !said(part).isEmpty());
    }

    private List<String> said(String part) {
        return List.copyOf(log.list).stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .filter(event -> event.getThreadName().contains("(" + station.context().getName() + ")"))
                .map(ILoggingEvent::getFormattedMessage).filter(line -> line.contains(part)).toList();
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + station.home().resolve(".ledger/ledger.db"));
                Statement run = connection.createStatement()) {
            run.execute("PRAGMA busy_timeout = 10000");
            run.execute(statement);
        }
    }
}
