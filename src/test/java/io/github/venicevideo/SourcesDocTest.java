package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The examples of docs/integrators.md, run with servers of our own in the places of those that they name. */
@Order(1)
@Timeout(180)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SourcesDocTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void begin() throws Exception {
        station = Station.quick(folder);
    }

    @AfterEach
    void end() throws Exception {
        station.close();
    }

    @Test
    void s3() throws Exception {
        try (S3Server server = S3Server.start(folder.resolve("s3")).bucket("inbox"); S3Client s3 = server.client()) {
            configure("From S3", Map.of("http://127.0.0.1:9000", "http://127.0.0.1:" + server.port(),
                    "KEY", S3Server.KEY, "SECRET", S3Server.SECRET));
            s3.putObject(put -> put.bucket("inbox").key("orders/canal.txt"), RequestBody.fromString("A canal"));
            station.startImpatient();

            JsonNode job = station.awaitDone("canal");

            assertThat(job.path("reference").asText()).startsWith("source:inbox:inbox/orders/canal.txt#");
            await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(server.keys("inbox")).isEmpty());
        }
    }

    @Test
    void sftp() throws Exception {
        try (SftpServer server = SftpServer.start(folder.resolve("sftp"))) {
            Path knownHosts = Files.writeString(folder.resolve("known_hosts"), server.knownHost() + "\n");
            Path inbox = Files.createDirectories(folder.resolve("sftp/inbox"));
            configure("From SFTP", Map.of("courier@files.example.org", SftpServer.USER + "@127.0.0.1:" + server.port(),
                    "/etc/venice/id_ed25519", server.userKey(folder.resolve("id")).toString(),
                    "/etc/venice/known_hosts", knownHosts.toString()));
            Files.writeString(inbox.resolve("canal.txt"), "A canal");
            station.startImpatient();

            JsonNode job = station.awaitDone("canal");

            assertThat(job.path("reference").asText()).startsWith("source:courier:canal.txt#");
            await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(inbox).isEmptyDirectory());
        }
    }

    @Test
    void staging() throws Exception {
        try (S3Server server = S3Server.start(folder.resolve("s3")).bucket("my-staging")) {
            System.setProperty("aws.accessKeyId", S3Server.KEY);
            System.setProperty("aws.secretAccessKey", S3Server.SECRET);
            configure("Staging", Map.of("mode=large", "mode=all", "region=eu-central-1", "region=us-east-1&overrideEndpoint=true"
                    + "&forcePathStyle=true&uriEndpointOverride=http://127.0.0.1:" + server.port()));
            station.startImpatient().dropReady("gondola", Map.of("prompt.txt", "A gondola", "image.png", SampleMedia.png("boat")));

            JsonNode job = station.awaitDone("gondola");

            assertThat(station.accepted(job).request().path("image_url").asText()).contains("/my-staging/venice-staging/")
                    .contains("X-Amz-Expires=43200");
            await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(server.keys("my-staging")).isEmpty());
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    private void configure(String heading, Map<String, String> places) throws Exception {
        DocPages.settings(heading, places)
                .forEach((key, value) -> station.with(String.valueOf(key), String.valueOf(value)));
    }
}
