package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.FreePort;
import io.github.venicevideo.SampleMedia;
import io.github.venicevideo.Station;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Hold;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Buckets that keep versions, of a server that knows them: as a source, a destination and for staging. */
@Tag("soak")
@Timeout(300)
class VersionedBucketIT {

    private static final Duration START = Duration.ofSeconds(90);

    @TempDir
    private static Path server;
    private static Child mock;
    private static S3Client s3;
    private static int port;

    @TempDir
    private Path folder;
    private Station station;

    @BeforeAll
    static void serve() throws Exception {
        port = FreePort.take();
        mock = Child.startJar(server, "-exec.jar", "--com.adobe.testing.s3mock.http-port=" + port,
                "--server.port=0", "--spring.main.lazy-initialization=true");
        mock.awaitText("Started S3MockApplication", START);
        s3 = S3Client.builder().region(Region.US_EAST_1).forcePathStyle(true)
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))).build();
        for (String bucket : List.of("inbox", "archive", "staging")) {
            s3.createBucket(create -> create.bucket(bucket));
            s3.putBucketVersioning(put -> put.bucket(bucket)
                    .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
        }
    }

    @AfterAll
    static void stopServing() {
        s3.close();
        mock.close();
    }

    @BeforeEach
    void begin() throws Exception {
        station = Station.quick(folder).with("venice.drop.sources", "inbox");
    }

    @AfterEach
    void end() throws Exception {
        station.close();
    }

    @Test
    void eachVersionOfAnObjectIsABundleAndIsHiddenOnceItIsRecorded() throws Exception {
        station.with("venice.drop.sources.inbox", endpoint("inbox") + "&delay=100").startImpatient();
        String first = put("canal.txt", "A canal");
        assertThat(station.awaitDone("canal").path("reference").asText()).endsWith("canal.txt#" + first);
        awaitHidden("canal.txt");

        String same = put("canal.txt", "A canal");

        JsonNode parked = station.awaitParked("canal");
        assertThat(parked.path("reason").asText()).isEqualTo("duplicate");
        assertThat(parked.path("reference").asText()).endsWith("canal.txt#" + same);
        String other = put("canal.txt", "The canal in the evening");
        await().atMost(Station.PATIENCE).until(() -> station.sandbox().accepted().size() == 2);
        awaitHidden("canal.txt");
        assertThat(versions("inbox", "canal.txt")).as("what was put there is kept").contains(first, same, other);
        assertThat(station.ledger().jobs().all()).hasSize(3);
    }

    @Test
    void whatStaysIsTakenOnceForEachVersion() throws Exception {
        station.with("venice.drop.sources.inbox", endpoint("inbox") + "&delay=100&deleteAfterRead=false&prefix=stay/")
                .startImpatient();
        put("stay/quay.txt", "A quay");
        station.awaitDone("quay");
        station.stop();
        station.startImpatient();
        put("stay/sea.txt", "The sea");
        station.awaitDone("sea");

        assertThat(station.ledger().jobs().all()).hasSize(2);
        put("stay/quay.txt", "The quay in the evening");
        await().atMost(Station.PATIENCE).until(() -> station.sandbox().accepted().size() == 3);
    }

    @Test
    void aVideoIsThereAsOneVersion() throws Exception {
        station.with("venice.drop.sources", "").with("venice.destinations.archive", endpoint("archive"))
                .with("venice.delivery.to", "archive").startImpatient();
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola at dawn"));

        assertThat(station.awaitDone("gondola").at("/delivered_to/0/location").asText())
                .isEqualTo("s3://archive/gondola.mp4");
        assertThat(versions("archive", "gondola.mp4")).hasSize(1);
        assertThat(versions("archive", "gondola.json")).hasSize(1);
    }

    @Test
    void nothingOfWhatWasStagedIsKept() throws Exception {
        station.with("venice.drop.sources", "").with("venice.staging.uri", endpoint("staging"))
                .with("venice.staging.mode", "all").start();
        Hold hold = station.sandbox().faults().hold(Call.RETRIEVE, Hold.Point.BEFORE_WORK);
        station.dropReady("canal", Map.of("prompt.txt", "A canal", "image.png", SampleMedia.png("boat")));
        assertThat(hold.awaitHeld(Station.PATIENCE)).isTrue();
        assertThat(versions("staging", "venice-staging/")).hasSize(1);
        hold.release();

        station.awaitDone("canal");

        await().atMost(Station.PATIENCE).untilAsserted(() ->
                assertThat(versions("staging", "venice-staging/")).isEmpty());
    }

    private static String endpoint(String bucket) {
        return "aws2-s3://" + bucket + "?accessKey=key&secretKey=secret&region=us-east-1&overrideEndpoint=true"
                + "&forcePathStyle=true&uriEndpointOverride=http://127.0.0.1:" + port;
    }

    private static String put(String key, String text) {
        return s3.putObject(put -> put.bucket("inbox").key(key), RequestBody.fromString(text)).versionId();
    }

    /** This server still lists what a delete marker hides, so it is asked for the object itself. */
    private static void awaitHidden(String key) {
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThatThrownBy(() ->
                s3.headObject(head -> head.bucket("inbox").key(key))).isInstanceOf(NoSuchKeyException.class));
    }

    private static List<String> versions(String bucket, String prefix) {
        return s3.listObjectVersions(list -> list.bucket(bucket).prefix(prefix)).versions().stream()
                .map(ObjectVersion::versionId).toList();
    }
}
