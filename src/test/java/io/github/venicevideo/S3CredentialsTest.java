package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.ledger.remote.DestinationTrouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
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

/** Credentials by the default chain and by a profile, for a source, for staging and for a destination alike. */
@Order(1)
@Timeout(300)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class S3CredentialsTest {

    private static final List<String> PROPERTIES = List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.disableEc2Metadata",
            "aws.sharedCredentialsFile", "aws.configFile");
    private static final String CHAIN = "useDefaultCredentialsProvider=true";
    private static final String PROFILE = "useProfileCredentialsProvider=true&profileCredentialsName=media";

    @TempDir
    private Path folder;
    private S3Server server;
    private Station station;

    @BeforeEach
    void begin() throws Exception {
        server = S3Server.start(folder.resolve("s3")).bucket("inbox").bucket("staging").bucket("archive");
        station = Station.quick(folder);
        System.setProperty("aws.disableEc2Metadata", "true");
        System.setProperty("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
        System.setProperty("aws.configFile", folder.resolve("config").toString());
    }

    @AfterEach
    void end() throws Exception {
        PROPERTIES.forEach(System::clearProperty);
        station.close();
        server.close();
    }

    @Test
    void theDefaultChain() throws Exception {
        System.setProperty("aws.accessKeyId", S3Server.KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET);

        goesAllTheWay(CHAIN);
    }

    @Test
    void aProfile() throws Exception {
        profile("media", S3Server.SECRET);

        goesAllTheWay(PROFILE);
    }

    @Test
    void aProfileWithAnotherSecretIsToldApart() throws Exception {
        profile("media", "another-secret");

        assertThat(trouble(PROFILE)).allSatisfy(said -> assertThat(said).contains("refuses the credentials", "HTTP 403",
                "accessKey and secretKey, or the profile or role").doesNotContain("another-secret"));
    }

    @Test
    void aProfileThatIsNotThere() throws Exception {
        profile("other", S3Server.SECRET);

        assertThat(trouble(PROFILE)).allSatisfy(said -> assertThat(said).contains("No credentials or no region are found"));
    }

    @Test
    void credentialsThatNobodyGave() throws Exception {
        assertThat(trouble(CHAIN)).allSatisfy(said -> assertThat(said).contains("No credentials or no region are found"));
    }

    private void goesAllTheWay(String credentials) throws Exception {
        configure(credentials);
        station.startImpatient();
        try (S3Client s3 = server.client()) {
            s3.putObject(put -> put.bucket("inbox").key("canal/image.png"), RequestBody.fromBytes(SampleMedia.png("canal")));
            s3.putObject(put -> put.bucket("inbox").key("canal/prompt.txt"), RequestBody.fromString("A canal"));
            s3.putObject(put -> put.bucket("inbox").key("canal/.ready"), RequestBody.fromString(""));
        }

        JsonNode job = station.awaitDone("canal");

        assertThat(station.accepted(job).request().path("image_url").asText()).contains("/staging/venice-staging/");
        assertThat(server.keys("archive")).containsExactly("canal.json", "canal.mp4");
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(server.keys("inbox")).isEmpty());
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(server.keys("staging")).isEmpty());
    }

    /** What is said of the source, the staging bucket and the destination, each with its own setting. */
    private List<String> trouble(String credentials) throws Exception {
        configure(credentials);
        station.startImpatient().dropReady("gondola", Map.of("prompt.txt", "A gondola"));
        station.dropReady("boat", Map.of("prompt.txt", "A boat", "image.png", SampleMedia.png("boat")));
        String destination = await().atMost(Station.PATIENCE).until(() -> station.ledger().deliveries().troubles(),
                found -> !found.isEmpty()).stream().map(DestinationTrouble::message).findFirst().orElseThrow();
        String staging = await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .filter(job -> job.bundle().equals("boat")).flatMap(job -> job.message().stream()).findFirst().orElse(""),
                said -> !said.isEmpty());
        String source = await().atMost(Station.PATIENCE).until(() -> HealthCheckRegistry.get(station.context())
                .getCheck("venice-sources").orElseThrow().call(), found -> found.getState() == HealthCheck.State.DOWN)
                .getMessage().orElseThrow();
        assertThat(destination).contains("venice.destinations.archive", "bucket archive");
        assertThat(staging).contains("venice.staging.uri", "bucket staging");
        assertThat(source).contains("venice.drop.sources.inbox", "bucket inbox");
        return List.of(destination, staging, source);
    }

    private void configure(String credentials) {
        String options = "?region=us-east-1&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride=http://127.0.0.1:"
                + server.port() + "&" + credentials;
        station.with("venice.drop.sources", "inbox").with("venice.drop.sources.inbox", "aws2-s3://inbox" + options)
                .with("venice.staging.uri", "aws2-s3://staging" + options).with("venice.staging.mode", "all")
                .with("venice.destinations.archive", "aws2-s3://archive" + options).with("venice.delivery.to", "archive");
    }

    private void profile(String name, String secret) throws Exception {
        Files.writeString(folder.resolve("credentials"), "[" + name + "]\naws_access_key_id=" + S3Server.KEY
                + "\naws_secret_access_key=" + secret + "\n");
    }
}
