package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.call.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Bundles out of a bucket of a real S3 server: taken once, and removed only when they are recorded. */
@Timeout(300)
class S3SourceTest {

    @TempDir
    private Path folder;
    private S3Server server;
    private S3Client s3;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("s3/inbox"));
        Files.createDirectories(folder.resolve("s3/taken"));
        server = S3Server.start(folder.resolve("s3"));
        s3 = server.client();
        station = Station.quick(folder)
                .with("venice.drop.sources", "inbox")
                .with("venice.drop.sources.inbox", server.endpoint("inbox", S3Server.SECRET) + "&delay=100");
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
        s3.close();
        server.close();
    }

    @Test
    void singleObjectsOfEachKindAreBundles() throws Exception {
        put("canal.json", "{\"prompt\": \"A canal\"}");
        put("quay.yaml", "prompt: A quay");
        put("sea.txt", "The open sea");
        put("gondola.zip", zip(Map.of("prompt.txt", "A gondola".getBytes(StandardCharsets.UTF_8),
                "image.png", SampleMedia.png("gondola"))));
        put("holiday.jpg", SampleMedia.png("no bundle"));
        station.startImpatient();

        for (String bundle : List.of("canal", "quay", "sea", "gondola")) {
            assertThat(station.awaitDone(bundle).path("drop").asText()).isEqualTo("drop");
        }

        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys("inbox")).as("what is no bundle stays")
                .containsExactly("holiday.jpg"));
        assertThat(station.sandbox().accepted()).hasSize(4);
    }

    @Test
    void objectsBelowOneNameAreTakenTogetherWhenTheirManifestIsThere() throws Exception {
        station.with("venice.drop.sources.inbox", server.endpoint("inbox", S3Server.SECRET) + "&delay=100&prefix=orders/")
                .startImpatient();
        byte[] picture = SampleMedia.png("the boat");
        put("elsewhere/request.json", "{\"prompt\": \"Not below the prefix\"}");
        put("orders/canal/photos/boat.png", picture);
        put("orders/canal/", "");
        put("orders/unfinished/image.png", picture);
        put("orders/canal/request.json", "{\"prompt\": \"The boat turns\", \"image_url\": \"photos/boat.png\"}");

        JsonNode job = station.awaitDone("canal");

        assertThat(station.accepted(job).request().path("image_url").asText()).startsWith("sandbox-media:image/png:");
        assertThat(station.home().resolve("done/canal/bundle/photos/boat.png")).hasBinaryContent(picture);
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys("inbox"))
                .containsExactly("elsewhere/request.json", "orders/canal/", "orders/unfinished/image.png"));
    }

    @Test
    void aFolderWithoutAManifestIsTakenAtItsReadyObject() throws Exception {
        station.with("venice.drop.settle", "1h").startImpatient();
        put("canal/prompt.txt", "A canal");
        put("canal/.ready", "");

        station.awaitDone("canal");

        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys("inbox")).isEmpty());
    }

    @Test
    void itsDropFolderSaysWhatItsBundlesMayCostAndWhereTheyGo() throws Exception {
        station.with("venice.drops", "draft,final").with("venice.drops.final.defaults.resolution", "1080p")
                .with("venice.drop.sources.inbox.drop", "final").startImpatient();
        put("canal.txt", "A canal");

        JsonNode job = station.awaitDone("canal");

        assertThat(job.path("drop").asText()).isEqualTo("final");
        assertThat(station.accepted(job).request().path("resolution").asText()).isEqualTo("1080p");
    }

    @Test
    void whatIsToBeMovedIsMoved() throws Exception {
        station.with("venice.drop.sources.inbox", server.endpoint("inbox", S3Server.SECRET)
                + "&delay=100&moveAfterRead=true&destinationBucket=taken&destinationBucketPrefix=2026/").startImpatient();
        put("canal.txt", "A canal");

        station.awaitDone("canal");

        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys("inbox")).isEmpty());
        assertThat(keys("taken")).containsExactly("2026/canal.txt");
    }

    @Test
    void whatIsToStayIsTakenOnceAlsoAfterARestart() throws Exception {
        station.with("venice.drop.sources.inbox", server.endpoint("inbox", S3Server.SECRET)
                + "&delay=50&deleteAfterRead=false").startImpatient();
        put("canal.txt", "A canal");
        station.awaitDone("canal");
        station.stop();
        station.startImpatient();
        put("quay.txt", "A quay");
        station.awaitDone("quay");

        assertThat(station.ledger().jobs().all()).extracting(Job::bundle).containsExactlyInAnyOrder("canal", "quay");
        assertThat(keys("inbox")).containsExactly("canal.txt", "quay.txt");
    }

    @Test
    void anObjectThatIsOverwrittenIsANewBundle() throws Exception {
        station.with("venice.drop.sources.inbox", server.endpoint("inbox", S3Server.SECRET)
                + "&delay=50&deleteAfterRead=false").startImpatient();
        put("canal.txt", "A canal");
        station.awaitDone("canal");

        put("canal.txt", "The same canal in the evening");

        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(station.sandbox().accepted()).hasSize(2));
    }

    @Test
    void inABucketWithVersionsEachVersionIsABundleAlsoOfTheSameBytes() throws Exception {
        VersionedAnswers versions = new VersionedAnswers(s3);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("versions", S3Client.class, versions);
        station.with("venice.drop.sources.inbox", "aws2-s3://inbox?amazonS3Client=#versions&delay=50&deleteAfterRead=false")
                .startImpatient(context);
        put("canal.txt", "A canal");
        String first = station.awaitDone("canal").path("reference").asText();

        // With the same bytes within the same second, its version alone tells it from the one before.
        versions.put("canal.txt");
        station.stop();
        DefaultCamelContext again = new DefaultCamelContext();
        again.getRegistry().bind("versions", S3Client.class, versions);
        station.startImpatient(again);
        String second = station.awaitParked("canal").path("reference").asText();

        assertThat(first).isEqualTo("source:inbox:inbox/canal.txt#v0");
        assertThat(second).isEqualTo("source:inbox:inbox/canal.txt#v1");
        assertThat(station.sandbox().accepted()).as("a duplicate is asked about").hasSize(1);
    }

    @Test
    void whereVersioningIsSuspendedWhatComesNextIsTakenToo() throws Exception {
        answered("", put -> "null");
        put("canal.txt", "A canal");
        station.awaitDone("canal");
        await().atMost(Station.PATIENCE).until(() -> keys("inbox").isEmpty());

        put("canal.txt", "The same canal in the evening");

        await().atMost(Station.PATIENCE).until(() -> station.sandbox().accepted().size() == 2);
        await().atMost(Station.PATIENCE).until(() -> keys("inbox").isEmpty());
    }

    @Test
    void whereVersioningIsSuspendedWhatStaysIsTakenForEachContent() throws Exception {
        answered("&deleteAfterRead=false", put -> "null");
        put("canal.txt", "A canal");
        station.awaitDone("canal");

        put("canal.txt", "The same canal in the evening");

        await().atMost(Station.PATIENCE).until(() -> station.sandbox().accepted().size() == 2);
    }

    @Test
    void whatOnlyOneKeyOpensIsTakenAndMovedWithIt() throws Exception {
        bound(new RuledRequests(s3, S3SourceTest::opened), "&moveAfterRead=true&destinationBucket=taken"
                + "&useCustomerKey=true&customerKeyId=a2V5&customerKeyMD5=bWQ1&customerAlgorithm=AES256");
        put("canal.txt", "A canal");

        station.awaitDone("canal");

        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys("inbox")).isEmpty());
        assertThat(keys("taken")).containsExactly("canal.txt");
    }

    @Test
    void whatIsRefusedHoldsUpNothingAndIsNotAskedAboutAllAtOnce() throws Exception {
        AtomicInteger inOneLook = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        put("a-dropped.txt", "Never answered");
        for (int i = 0; i < 25; i++) {
            put("closed-" + i + ".txt", "Closed");
            put("a-closed-" + i + ".txt", "Closed");
        }
        put("quay.txt", "A quay");
        bound(new RuledRequests(s3, request -> {
            String key = request.getValueForField("Key", String.class).orElse("");
            if (request instanceof HeadObjectRequest && key.equals("a-dropped.txt")) {
                throw SdkClientException.create("Connection reset");
            }
            if (request instanceof ListObjectsV2Request) {
                inOneLook.set(0);
            }
            if (request instanceof HeadObjectRequest && key.startsWith("a-closed")) {
                most.accumulateAndGet(inOneLook.incrementAndGet(), Math::max);
                throw S3Exception.builder().statusCode(403).message("Closed").build();
            }
            if (request instanceof GetObjectRequest && key.startsWith("closed")) {
                throw S3Exception.builder().statusCode(403).message("Closed").build();
            }
            return request;
        }), "");

        station.awaitDone("quay");

        assertThat(most.get()).isBetween(1, 20);
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys("inbox")).hasSize(51));
        assertThat(sources().getMessage().orElseThrow()).contains("stays in the source inbox").doesNotContain("cannot be read");
    }

    @Test
    void aBundleThatCannotBeReadEndsInFailedWithItsContent() throws Exception {
        station.startImpatient();
        put("canal.json", "{\"prompt\": ");

        JsonNode job = station.awaitFailed("canal");

        assertThat(job.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(station.text("failed/canal/bundle/canal.json")).isEqualTo("{\"prompt\": ");
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys("inbox")).isEmpty());
    }

    @Test
    void whatNoFileCanBeCalledStaysWhereItIs() throws Exception {
        put("canal/photos\\boat.png", "root");
        put("canal/request.json", "{\"prompt\": \"A canal\"}");
        put("quay.txt", "A quay");
        station.startImpatient();

        station.awaitDone("quay");

        assertThat(station.ledger().jobs().all()).extracting(Job::bundle).containsExactly("quay");
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys("inbox"))
                .containsExactly("canal/photos\\boat.png", "canal/request.json"));
        await().atMost(Station.PATIENCE).until(() -> sources().getState() == HealthCheck.State.DOWN);
        assertThat(sources().getMessage().orElseThrow()).contains("canal stays in the source inbox and is not taken: its object"
                + " \"photos\\boat.png\" has a name that no file can have");
        s3.deleteObject(delete -> delete.bucket("inbox").key("canal/photos\\boat.png"));
        station.awaitDone("canal");
        await().atMost(Station.PATIENCE).until(() -> sources().getState() == HealthCheck.State.UP);
    }

    @Test
    void aStoreThatIsDownAtTheStartIsReadWhenItIsUp() throws Exception {
        put("canal.txt", "A canal");
        int port = server.port();
        server.close();
        station.startImpatient();
        station.drop("gondola", Map.of("prompt.txt", "A gondola at dawn"));
        station.awaitDone("gondola");
        assertThat(station.ledger().jobs().all()).hasSize(1);

        server = S3Server.start(folder.resolve("s3"), port);

        station.awaitDone("canal");
        assertThat(station.sandbox().requests(Call.QUEUE)).hasSize(2);
        assertThat(station.ledger().jobs().all()).extracting(Job::state).containsOnly(JobState.DELIVERED);
    }

    private HealthCheck.Result sources() {
        return HealthCheckRegistry.get(station.context()).getCheck("venice-sources").orElseThrow()
                .call(Map.of("venice.names", true));
    }

    private void answered(String options, IntFunction<String> versions) throws Exception {
        bound(new VersionedAnswers(s3, versions), options);
    }

    private void bound(S3Client client, String options) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("bound", S3Client.class, client);
        station.with("venice.drop.sources.inbox", "aws2-s3://inbox?amazonS3Client=#bound&delay=50" + options)
                .startImpatient(context);
    }

    /** What a store does that keeps objects under a customer's key, for one that does not. */
    private static S3Request opened(S3Request request) {
        boolean own = List.of(HeadObjectRequest.class, GetObjectRequest.class, CopyObjectRequest.class).contains(request.getClass());
        if (own && request.getValueForField("SSECustomerKey", String.class).filter("a2V5"::equals).isEmpty()) {
            throw S3Exception.builder().statusCode(400).message("Bad Request").build();
        }
        if (request instanceof HeadObjectRequest head) {
            return head.toBuilder().sseCustomerKey(null).sseCustomerKeyMD5(null).sseCustomerAlgorithm(null).build();
        }
        if (request instanceof GetObjectRequest get) {
            return get.toBuilder().sseCustomerKey(null).sseCustomerKeyMD5(null).sseCustomerAlgorithm(null).build();
        }
        if (request instanceof CopyObjectRequest copy) {
            assertThat(copy.copySourceSSECustomerKey()).isEqualTo("a2V5");
            return copy.toBuilder().sseCustomerKey(null).sseCustomerKeyMD5(null).sseCustomerAlgorithm(null)
                    .copySourceSSECustomerKey(null).copySourceSSECustomerKeyMD5(null).copySourceSSECustomerAlgorithm(null).build();
        }
        return request;
    }

    private void put(String key, String text) {
        put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String key, byte[] content) {
        s3.putObject(put -> put.bucket("inbox").key(key), RequestBody.fromBytes(content));
    }

    private List<String> keys(String bucket) {
        return s3.listObjectsV2(list -> list.bucket(bucket)).contents().stream().map(S3Object::key).toList();
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
