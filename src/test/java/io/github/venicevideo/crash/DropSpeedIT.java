package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.SampleMedia;
import io.github.venicevideo.Station;
import io.github.venicevideo.cli.VeniceVideoMain;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a program takes to take in a full drop folder: {@code mvn verify -Pbench}. On a quiet machine of two cores the first of
 * 10,000 bundles is claimed within 2 s and all are recorded within a minute; here they are figures, since few machines are quiet.
 */
@Tag("bench")
@Timeout(600)
class DropSpeedIT {

    private static final int BUNDLES = Integer.getInteger("bench.bundles", 10_000);
    private static final Duration PATIENCE = Duration.ofSeconds(280);

    @TempDir
    private Path folder;

    @Test
    void aFullDropFolder() throws Exception {
        SandboxOptions options = SandboxOptions.forTests(folder.resolve("sandbox")).withWorld(SandboxOptions.World.TODAY);
        try (Station station = Station.in(folder, options)) {
            // Nothing is to be sent meanwhile: it is the drop alone that is measured.
            station.sandbox().faults().every(Call.QUOTE, Fault.delay(Duration.ofMinutes(10)));
            station.with("venice.retry.initial-delay", "10m").with("venice.retry.max-delay", "10m")
                    .with("venice.drop.settle", "1s").with("venice.drop.settle-prompt-only", "1s");
            fill(station.drop());
            List<String> lines = new ArrayList<>();
            station.settings().forEach((key, value) -> lines.add(key + "=" + value));
            Path config = Files.write(folder.resolve("application.properties"), lines, StandardCharsets.UTF_8);
            try (Child program = Child.startProgram(folder, List.of(), Map.of(), VeniceVideoMain.class, "--config", config.toString())) {
                program.awaitText("Drop bundles into", PATIENCE);
                long started = System.currentTimeMillis();
                Duration before = program.processorTime();
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                        .until(() -> ask(station, "SELECT COUNT(*) FROM job") >= BUNDLES);
                long recorded = ask(station, "SELECT COUNT(*) FROM job");
                double processor = program.processorTime().minus(before).toMillis();
                System.out.printf("%d bundles: the first claimed %.1f s after the start, %d recorded after %.1f s; %.1f ms of processor"
                        + " time each%n", BUNDLES, (firstClaim(station) - started) / 1000.0, recorded,
                        (ask(station, "SELECT MAX(created_at) FROM job") - started) / 1000.0, processor / Math.max(1, recorded));
                assertThat(recorded).as("recorded%s", program.output()).isEqualTo(BUNDLES);
            }
        }
    }

    private static void fill(Path drop) throws IOException {
        Files.createDirectories(drop);
        byte[] picture = SampleMedia.jpeg("A canal");
        for (int i = 0; i < BUNDLES; i++) {
            if (i % 2 == 0) {
                Files.writeString(drop.resolve("text" + i + ".txt"), "A canal at dawn, for the time " + i);
            } else {
                Path bundle = Files.createDirectory(drop.resolve("folder" + i));
                Files.writeString(bundle.resolve("prompt.txt"), "The canal moves, for the time " + i);
                Files.write(bundle.resolve("image.jpg"), picture);
            }
        }
    }

    private static long firstClaim(Station station) throws IOException {
        try (Stream<Path> work = Files.list(station.home().resolve(".work"))) {
            Path first = work.sorted().findFirst().orElseThrow();
            JsonNode claim = Json.mapper().readTree(Files.readAllBytes(first.resolve("claim.json")));
            return claim.path("claimedAt").asLong();
        }
    }

    private static long ask(Station station, String question) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + station.home().resolve(".ledger/ledger.db"));
                Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(question)) {
            return answer.getLong(1);
        }
    }
}
