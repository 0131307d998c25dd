package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.SftpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} while files are being taken from a server, each at a point of its own: every one is one job, and is
 * deleted in the end.
 */
class SftpSourceIT {

    private static final List<String> STOPS = List.of("before:fetch-source-file", "after:fetch-source-file",
            "after:read-bundle", "after:record-jobs", "after:forget-source-file");
    /** One more is killed while the server sends it. */
    private static final int IN_THE_MIDDLE = STOPS.size();
    private static final int LARGE = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    @Tag("soak")
    @Timeout(300)
    void everyFileIsOneJobAndDeletedInTheEnd() throws Exception {
        try (SftpServer server = SftpServer.start(folder.resolve("sftp")); Stage stage = Stage.in(folder)) {
            List<String> names = new ArrayList<>();
            List<Path> files = new ArrayList<>();
            for (int i = 0; i <= IN_THE_MIDDLE; i++) {
                // A folder for each, since a consumer takes one file at a time.
                String name = "inbox" + i;
                names.add(name);
                Path file = Files.createDirectories(folder.resolve("sftp").resolve(name)).resolve("order" + i + ".json");
                files.add(Files.writeString(file, "{\"prompt\": \"A picture of " + i + "\"}"
                        + " ".repeat(i == IN_THE_MIDDLE ? LARGE : 0)));
                stage.station().with("venice.drop.sources." + name, server.endpoint(name) + "&delay=200");
            }
            stage.station().with("venice.drop.sources", String.join(",", names));
            server.brake("order" + IN_THE_MIDDLE + ".json", LARGE / 2);
            List<String> stops = STOPS.stream().map(stop -> stop + "@order" + STOPS.indexOf(stop) + ".json").toList();
            // What is recorded must not be on the wire when it is killed: that would be in doubt, rightly.
            Child child = stage.start(Stream.concat(stops.stream(), Stream.of("before:write-intent@order3",
                    "before:write-intent@order4")).toList(), List.of());
            for (String stop : stops) {
                child.awaitLine(StopPoints.AT + stop, Stage.PATIENCE);
            }
            assertThat(server.awaitBraked(Stage.PATIENCE)).isTrue();
            child.kill();
            server.release();
            assertThat(files).as("none is deleted before its route is through").allMatch(Files::exists);

            Child last = stage.start();
            stage.awaitQuiet(names.size());
            Awaitility.await().atMost(Stage.PATIENCE).untilAsserted(() -> assertThat(files).noneMatch(Files::exists));
            last.kill();

            Aftermath aftermath = stage.aftermath();
            for (int i = 0; i < names.size(); i++) {
                aftermath.check("order" + i, "A picture of " + i, End.DELIVERED);
                assertThat(stage.station().posted("A picture of " + i)).as(names.get(i)).hasSize(1);
            }
            aftermath.checkHome();
            assertThat(child.output() + last.output()).doesNotContain(SftpServer.PASSWORD);
        }
    }
}
