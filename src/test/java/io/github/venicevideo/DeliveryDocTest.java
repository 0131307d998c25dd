package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.ledger.remote.DestinationTrouble;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The examples of docs/integrators.md, run with servers of our own in the places of those that they name. */
@Order(1)
@Timeout(300)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DeliveryDocTest {

    private static final String BUNDLE = "gondola";

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
    void aFolder() throws Exception {
        configure("A folder", Map.of("/srv/share", folder.toString()));

        JsonNode job = deliver();

        Path video = folder.resolve("videos/gondola.mp4");
        assertThat(job.at("/delivered_to/0/location").asText()).isEqualTo(video.toString());
        assertThat(video).isNotEmptyFile();
        assertThat(folder.resolve("videos").toFile().list()).containsExactlyInAnyOrder("gondola.json", "gondola.mp4");
    }

    @Test
    void twoProgramsNeverShareANameInAFolder() throws Exception {
        List<String> names = List.of("one", "two", "three", "four", "five");
        try (Station other = Station.quick(Files.createDirectories(folder.resolve("other")))) {
            for (Station each : List.of(station, other)) {
                DocPages.settings("A folder", Map.of("/srv/share", folder.toString()))
                        .forEach((key, value) -> each.with(String.valueOf(key), String.valueOf(value)));
                for (String name : names) {
                    each.dropReady(name, Map.of("prompt.txt", (each == station ? "Here: " : "There: ") + name));
                }
            }
            station.startImpatient();
            other.startImpatient();

            for (String name : names) {
                for (Station each : List.of(station, other)) {
                    JsonNode job = each.awaitDone(name);
                    byte[] video = Files.readAllBytes(Path.of(job.at("/delivered_to/0/location").asText()));
                    assertThat(SampleMedia.sha256(video)).isEqualTo(job.at("/video/sha256").asText());
                }
            }
            assertThat(folder.resolve("videos").toFile().list()).hasSize(4 * names.size());
        }
    }

    @Test
    void amazonS3() throws Exception {
        try (S3Server s3 = S3Server.start(folder.resolve("s3")).bucket("my-bucket")) {
            System.setProperty("aws.accessKeyId", S3Server.KEY);
            System.setProperty("aws.secretAccessKey", S3Server.SECRET);
            configure("Amazon S3", Map.of("region=eu-central-1", "region=us-east-1&overrideEndpoint=true&forcePathStyle=true"
                    + "&uriEndpointOverride=http://127.0.0.1:" + s3.port()));

            JsonNode job = deliver();

            assertThat(job.at("/delivered_to/0/location").asText()).matches("s3://my-bucket/\\d{4}/\\d\\d/a-gondola-at-dawn-"
                    + job.path("job_id").asText() + "\\.mp4");
            assertThat(s3.keys("my-bucket")).hasSize(2);
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    void anyOtherS3Store() throws Exception {
        try (S3Server s3 = S3Server.start(folder.resolve("s3")).bucket("my-bucket")) {
            configure("Any other S3 store", Map.of("MY-KEY", S3Server.KEY, "MY-SECRET", S3Server.SECRET,
                    "https://s3.example.org", "http://127.0.0.1:" + s3.port()));

            deliver();

            assertThat(s3.keys("my-bucket")).containsExactly("gondola.json", "gondola.mp4");
        }
    }

    @Test
    void sftp() throws Exception {
        try (SftpServer server = SftpServer.start(folder.resolve("sftp"))) {
            Path knownHosts = Files.writeString(folder.resolve("known_hosts"), server.knownHost() + "\n");
            configure("SFTP", Map.of("files.example.org", "127.0.0.1:" + server.port(), "MY-PASSWORD", SftpServer.PASSWORD,
                    "/etc/venice/known_hosts", knownHosts.toString()));

            JsonNode job = deliver();

            assertThat(job.at("/delivered_to/0/location").asText())
                    .isEqualTo("sftp://127.0.0.1:" + server.port() + "/incoming/gondola.mp4");
            assertThat(folder.resolve("sftp/incoming/gondola.mp4")).isNotEmptyFile();
            assertThat(folder.resolve("sftp/incoming").toFile().list())
                    .containsExactlyInAnyOrder("gondola.json", "gondola.mp4");
        }
    }

    @Test
    void sftpNeitherOverwritesNorShowsItsPassword() throws Exception {
        try (SftpServer server = SftpServer.start(folder.resolve("sftp"))) {
            Path knownHosts = Files.writeString(folder.resolve("known_hosts"), server.knownHost() + "\n");
            Files.createDirectories(folder.resolve("sftp/incoming"));
            Files.writeString(folder.resolve("sftp/incoming/gondola.mp4"), "theirs");
            Map<String, String> places = Map.of("files.example.org", "127.0.0.1:" + server.port(),
                    "/etc/venice/known_hosts", knownHosts.toString(), "MY-PASSWORD", "wrong-password");
            configure("SFTP", places);
            station.startImpatient().dropReady(BUNDLE, Map.of("prompt.txt", "A gondola at dawn"));
            DestinationTrouble trouble = await().atMost(Station.PATIENCE).until(
                    () -> station.ledger().deliveries().troubles(), found -> !found.isEmpty()).get(0);
            assertThat(trouble.message()).contains("refuses the login", "venice.destinations.partner")
                    .doesNotContain("wrong-password");
            station.stop();
            configure("SFTP", Map.of("files.example.org", "127.0.0.1:" + server.port(),
                    "/etc/venice/known_hosts", knownHosts.toString(), "MY-PASSWORD", SftpServer.PASSWORD));
            station.startImpatient();

            String id = station.awaitDone(BUNDLE).path("job_id").asText();

            assertThat(folder.resolve("sftp/incoming/gondola.mp4")).hasContent("theirs");
            assertThat(folder.resolve("sftp/incoming/gondola-" + id + ".mp4")).isNotEmptyFile();
        }
    }

    @Test
    void aRouteOfYourOwn() throws Exception {
        Map<String, Object> received = new ConcurrentHashMap<>();
        CamelContext host = new DefaultCamelContext();
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:my-store").process(exchange -> received.put(
                        exchange.getMessage().getHeader("CamelFileName", String.class),
                        List.of(exchange.getMessage().getBody() instanceof File file ? Files.size(file.toPath())
                                        : (long) exchange.getMessage().getBody(byte[].class).length,
                                exchange.getMessage().getHeader("Content-Type"),
                                exchange.getMessage().getHeader("VeniceVideoJobId"))));
            }
        });
        configure("A route of your own", Map.of());
        station.start(host).dropReady(BUNDLE, Map.of("prompt.txt", "A gondola at dawn"));

        JsonNode job = station.awaitDone(BUNDLE);

        assertThat(received).containsOnlyKeys("gondola.json", "gondola.mp4").containsEntry("gondola.mp4",
                List.of(job.at("/video/bytes").asLong(), "video/mp4", job.path("job_id").asText()));
        assertThat(job.at("/delivered_to/0/location").asText()).isEqualTo("direct:my-store/gondola.mp4");
    }

    private JsonNode deliver() throws Exception {
        station.startImpatient().dropReady(BUNDLE, Map.of("prompt.txt", "A gondola at dawn"));
        JsonNode job = station.awaitDone(BUNDLE);
        assertThat(job.path("delivered_to")).hasSize(1);
        return job;
    }

    private void configure(String heading, Map<String, String> places) throws Exception {
        DocPages.settings(heading, places).forEach((key, value) -> station.with(String.valueOf(key), String.valueOf(value)));
    }
}
