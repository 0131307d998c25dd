package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The ledger takes no new jobs for a while, as when its disk is full. */
@Timeout(300)
class UnrecordedTest {

    private static final String SUBMIT = "direct:venice-video-submit";

    @TempDir
    private Path folder;

    @Test
    void whatCouldNotBeRecordedIsTakenUpAgainButWhatItsCallerBelievesFailed() throws Exception {
        try (Station station = Station.quick(folder)) {
            station.start();
            ProducerTemplate template = station.context().createProducerTemplate();
            sql(station, "CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");

            station.dropReady("stuck", Map.of("prompt.txt", "From the folder"));
            assertThatThrownBy(() -> template.requestBody(SUBMIT, Map.of("prompt", "Without a reference"), String.class))
                    .hasStackTraceContaining("the disk is full");
            assertThatThrownBy(() -> template.requestBodyAndHeader(SUBMIT, Map.of("prompt", "With a reference"),
                    "VeniceVideoReference", "order-1", String.class)).hasStackTraceContaining("the disk is full");
            await().atMost(Station.PATIENCE).until(() -> !Files.exists(station.drop().resolve("stuck")));

            sql(station, "DROP TRIGGER full");

            station.awaitDone("stuck");
            station.awaitPosted("With a reference");
            String id = template.requestBodyAndHeader(SUBMIT, Map.of("prompt", "With a reference"), "VeniceVideoReference",
                    "order-1", String.class);
            station.awaitQuiet();
            assertThat(station.ledger().jobs().find(id)).isPresent();
            assertThat(station.posted("With a reference")).hasSize(1);
            assertThat(station.posted("From the folder")).hasSize(1);
            assertThat(station.posted("Without a reference")).isEmpty();
        }
    }

    @Test
    void allTakesOfABundleShareItsFate() throws Exception {
        Map<String, Object> unrepeatable = takes("Without a reference", 3);
        Map<String, Object> repeated = takes("With a reference", 2);
        try (Station station = Station.quick(folder)) {
            station.start();
            ProducerTemplate template = station.context().createProducerTemplate();
            sql(station, "CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
            station.drop("stuck", Map.of("request.json", Json.pretty(takes("From the folder", 4))));
            assertThatThrownBy(() -> template.requestBody(SUBMIT, unrepeatable, String.class))
                    .hasStackTraceContaining("the disk is full");
            assertThatThrownBy(() -> template.requestBodyAndHeader(SUBMIT, repeated, "VeniceVideoReference", "order-1",
                    String.class)).hasStackTraceContaining("the disk is full");
            await().atMost(Station.PATIENCE).until(() -> !Files.exists(station.drop().resolve("stuck")));

            sql(station, "DROP TRIGGER full");
            template.requestBodyAndHeader(SUBMIT, repeated, "VeniceVideoReference", "order-1", String.class);
            await().atMost(Station.PATIENCE).until(() -> station.posted("From the folder").size() == 4);
            station.awaitQuiet();
            station.stop();
            station.start();
            station.dropReady("after", Map.of("prompt.txt", "After the start"));
            station.awaitDone("after");
            station.awaitQuiet();

            assertThat(station.posted("From the folder")).hasSize(4);
            assertThat(station.posted("With a reference")).as("the takes of the first call are not sent beside those of the second")
                    .hasSize(2);
            assertThat(station.posted("Without a reference")).isEmpty();
        }
    }

    @Test
    void aSourceLeavesAloneWhatIsBeingTakenUpAgain() throws Exception {
        OneReader reader = new OneReader("fetch-bucket-bundle");
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().addInterceptStrategy(reader);
        try (S3Server server = S3Server.start(folder.resolve("s3")).bucket("inbox"); S3Client s3 = server.client();
                Station station = Station.quick(folder)) {
            station.with("venice.drop.sources", "inbox")
                    .with("venice.drop.sources.inbox", server.endpoint("inbox", S3Server.SECRET) + "&delay=50")
                    .start(context);
            sql(station, "CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
            s3.putObject(put -> put.bucket("inbox").key("canal.txt"), RequestBody.fromString("A canal"));
            await().atMost(Station.PATIENCE).until(reader::holds);
            int before = reader.looks();
            await().atMost(Station.PATIENCE).until(() -> reader.looks() > before + 3);
            sql(station, "DROP TRIGGER full");
            reader.letGo();

            station.awaitDone("canal");

            assertThat(reader.most()).as("readers of one work folder at once").isEqualTo(1);
            assertThat(station.posted("A canal")).hasSize(1);
            await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(server.keys("inbox")).isEmpty());
        }
    }

    @Test
    void aBundleThatCannotBeReadSinceTheDiskIsAwayWaitsForIt() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        List<Path> away = new CopyOnWriteArrayList<>();
        context.getCamelContextExtension().addInterceptStrategy((anyContext, step, target, next) -> exchange -> {
            if (!"read-bundle".equals(step.getId()) || !away.isEmpty()) {
                target.process(exchange);
                return;
            }
            Path work = folder.resolve("home/.work").resolve(exchange.getMessage().getBody(Claim.class).jobId());
            away.add(Files.move(work, folder.resolve("away")));
            Files.createFile(work);
            try {
                target.process(exchange);
            } finally {
                Files.delete(work);
                Files.move(folder.resolve("away"), work);
            }
        });
        try (Station station = Station.quick(folder)) {
            station.start(context);
            station.dropReady("waits", Map.of("prompt.txt", "A canal"));

            station.awaitDone("waits");

            assertThat(away).hasSize(1);
            assertThat(station.posted("A canal")).hasSize(1);
        }
    }

    @Test
    void aPaidBundleThatIsDroppedAgainIsResumedOnceTheLedgerTakesIt() throws Exception {
        try (Station station = Station.quick(folder)) {
            station.startImpatient();
            FaultRule expired = station.sandbox().faults().every(Call.RETRIEVE, Fault.invalidRequestId());
            station.dropReady("paid", Map.of("prompt.txt", "A canal"));
            JsonNode failed = station.awaitFailed("paid");
            expired.disarm();
            sql(station, "CREATE TRIGGER full BEFORE UPDATE ON job BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
            Files.move(station.home().resolve("failed/paid"), station.drop().resolve("paid"));
            await().atMost(Station.PATIENCE).until(() -> !Files.exists(station.drop().resolve("paid")));
            station.dropReady("after", Map.of("prompt.txt", "A quay"));
            await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().size() == 2);
            sql(station, "DROP TRIGGER full");

            JsonNode done = station.awaitDone("paid");

            assertThat(done.path("job_id")).isEqualTo(failed.path("job_id"));
            station.awaitDone("after");
            assertThat(station.posted("A canal")).hasSize(1);
            assertThat(station.ledger().jobs().all()).hasSize(2);
        }
    }

    private static Map<String, Object> takes(String prompt, int takes) {
        return Map.of("prompt", prompt, "bundle", Map.of("takes", takes));
    }

    private static void sql(Station station, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + station.home().resolve(".ledger/ledger.db"));
                Statement run = connection.createStatement()) {
            run.execute("PRAGMA busy_timeout = 10000");
            run.execute(statement);
        }
    }
}
