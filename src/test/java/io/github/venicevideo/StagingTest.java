package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Hold;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Media in a bucket of a real S3 server while the provider needs them, and as URLs in the request. */
@Order(1)
@Timeout(300)
class StagingTest {

    @TempDir
    private Path folder;
    private S3Server server;
    private S3Client s3;
    private Station station;
    private final HttpClient browser = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("s3/staging"));
        server = S3Server.start(folder.resolve("s3"));
        s3 = server.client();
        station = Station.in(folder).with("venice.staging.uri", server.endpoint("staging", S3Server.SECRET));
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
        s3.close();
        server.close();
    }

    @Test
    void aBundleThatIsTooLargeForTheBodySendsItsLargestMediaAsUrls() throws Exception {
        byte[] large = padded(SampleMedia.png("large"), 24_000_000);
        byte[] small = padded(SampleMedia.png("small"), 9_000_000);
        Hold hold = station.sandbox().faults().hold(Call.RETRIEVE, Hold.Point.BEFORE_WORK);
        station.start().dropReady("gondola", Map.of("prompt.txt", "A gondola like <Image 1> and <Image 2>",
                "reference_image_1.png", small, "reference_image_2.png", large));
        assertThat(hold.awaitHeld(Station.PATIENCE)).isTrue();

        JsonNode images = station.awaitPosted("A gondola like <Image 1> and <Image 2>").json().path("reference_image_urls");
        assertThat(images.get(0).asText()).startsWith("sandbox-media:image/png");
        HttpResponse<byte[]> fetched = get(images.get(1).asText());
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.body()).isEqualTo(large);
        assertThat(fetched.headers().firstValue("content-type")).contains("image/png");
        assertThat(get(images.get(1).asText().replaceFirst("\\?.*", "")).statusCode()).as("without its signature")
                .isEqualTo(403);
        hold.release();

        station.awaitDone("gondola");
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys()).isEmpty());
        assertThat(get(images.get(1).asText()).statusCode()).isEqualTo(404);
        station.stop();
        assertThat(everythingWritten()).doesNotContain("X-Amz-Signature").doesNotContain(S3Server.SECRET);
    }

    @Test
    void identicalMediaLieThereOnceAndForAsLongAsOneJobNeedsThem() throws Exception {
        byte[] image = SampleMedia.png("boat");
        station.with("venice.staging.mode", "all").with("venice.staging.uri",
                server.endpoint("arn:aws-cn:s3:::staging", S3Server.SECRET)).start();
        Hold hold = station.sandbox().faults().hold(Call.RETRIEVE, Hold.Point.BEFORE_WORK);
        station.dropReady("one", Map.of("prompt.txt", "It turns left", "image.png", image));
        assertThat(hold.awaitHeld(Station.PATIENCE)).isTrue();
        station.dropReady("two", Map.of("prompt.txt", "It turns right", "image.png", image));
        station.awaitDone("two");

        String one = station.awaitPosted("It turns left").json().path("image_url").asText();
        String two = station.awaitPosted("It turns right").json().path("image_url").asText();
        assertThat(URI.create(one).getPath()).isEqualTo(URI.create(two).getPath());
        assertThat(keys()).hasSize(1);
        assertThat(get(one).body()).isEqualTo(image);
        hold.release();
        station.awaitDone("one");
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys()).isEmpty());
    }

    @Test
    void aLargeMediumGoesInPartsThatTheStoreChecks() throws Exception {
        byte[] image = padded(SampleMedia.png("large"), 12_000_000);
        Hold hold = station.sandbox().faults().hold(Call.RETRIEVE, Hold.Point.BEFORE_WORK);
        startWithSmallParts().dropReady("gondola", Map.of("prompt.txt", "A gondola", "image.png", image));
        assertThat(hold.awaitHeld(Station.PATIENCE)).isTrue();

        HeadObjectResponse head = server.head("staging", keys().get(0));
        assertThat(head.contentLength()).isEqualTo(12_000_000);
        assertThat(head.contentType()).isEqualTo("image/png");
        assertThat(head.checksumSHA256()).as("of three parts").endsWith("-3");
        assertThat(head.metadata()).containsEntry("sha256", sha256(image));
        HttpResponse<byte[]> fetched = get(station.awaitPosted("A gondola").json().path("image_url").asText());
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.body()).isEqualTo(image);
        assertThat(server.uploads("staging")).isEmpty();
        hold.release();

        station.awaitDone("gondola");
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys()).isEmpty());
    }

    @Test
    void jobsWithOneLargeMediumDoNotAbortEachOthersParts() throws Exception {
        byte[] image = padded(SampleMedia.png("large"), 12_000_000);
        station.with("venice.submit.workers", "4");
        for (int i = 0; i < 4; i++) {
            station.dropReady("g" + i, Map.of("prompt.txt", "A gondola " + i, "image.png", image));
        }
        startWithSmallParts();

        for (int i = 0; i < 4; i++) {
            String job = station.awaitDone("g" + i).path("job_id").asText();
            assertThat(station.ledger().jobs().history(job)).noneSatisfy(entry ->
                    assertThat(entry.toString()).contains("staging bucket"));
        }
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys()).isEmpty());
        assertThat(server.uploads("staging")).isEmpty();
    }

    @Test
    void aDataUrlOfAManifestIsStagedAsWhatItDecodesTo() throws Exception {
        byte[] image = padded(SampleMedia.png("boat"), 300_000);
        Hold hold = station.sandbox().faults().hold(Call.RETRIEVE, Hold.Point.BEFORE_WORK);
        station.with("venice.staging.mode", "all").start().dropFile("canal.json", ("{\"prompt\": \"A canal\", \"image_url\": \"data:image/png;base64,"
                + java.util.Base64.getEncoder().encodeToString(image) + "\"}").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(hold.awaitHeld(Station.PATIENCE)).isTrue();

        assertThat(get(station.awaitPosted("A canal").json().path("image_url").asText()).body()).isEqualTo(image);
        hold.release();
        station.awaitDone("canal");
    }

    @Test
    void whileTheStoreIsDownTheJobWaitsAndNothingIsSent() throws Exception {
        int port = server.port();
        server.close();
        station.with("venice.staging.mode", "all").start()
                .dropReady("canal", Map.of("prompt.txt", "A canal", "image.png", SampleMedia.png("boat")));
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .anyMatch(job -> job.state() == JobState.RECEIVED && job.message().isPresent()));
        assertThat(station.ledger().jobs().all().get(0).message()).hasValueSatisfying(message -> assertThat(message)
                .startsWith("Its media could not be put into the staging bucket yet: "));
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();
        HealthCheck health = HealthCheckRegistry.get(station.context()).getCheck("venice-staging").orElseThrow();
        assertThat(await().atMost(Station.PATIENCE).until(health::call, found -> found.getState() == HealthCheck.State.DOWN).getMessage()
                .orElseThrow()).contains("venice.staging.uri").contains("again and again");

        server = S3Server.start(folder.resolve("s3"), port);

        station.awaitDone("canal");
        assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(station.sandbox().requests(Call.QUEUE)).hasSize(1);
    }

    @Test
    void anObjectThatTheStoreDoesNotLetGoOfKeepsNoOtherInTheBucket() throws Exception {
        List<byte[]> images = Stream.of(SampleMedia.png("boat"), SampleMedia.png("canal"))
                .sorted(Comparator.comparing(SampleMedia::sha256)).toList();
        Locked locked = new Locked(s3, SampleMedia.sha256(images.get(0)));
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("locked", S3Client.class, locked);
        station.with("venice.staging.uri", "aws2-s3://staging?amazonS3Client=#locked&forcePathStyle=true")
                .with("venice.staging.mode", "all").start(context);
        station.dropReady("one", Map.of("prompt.txt", "One", "image.png", images.get(0)));
        station.awaitDone("one");
        station.dropReady("two", Map.of("prompt.txt", "Two", "image.png", images.get(1)));
        station.awaitDone("two");

        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys()).singleElement().asString()
                .contains(SampleMedia.sha256(images.get(0))));
        assertThat(locked.refused).isPositive();

        locked.isLocked = false;
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(keys()).isEmpty());
    }

    @Test
    void theSameContentIsADuplicateWhetherItIsStagedOrNot() throws Exception {
        Map<String, Object> bundle = Map.of("prompt.txt", "A canal", "image.png", SampleMedia.png("boat"));
        station.start().dropReady("canal", bundle);
        String before = station.awaitDone("canal").path("content_hash").asText();
        station.stop();
        station.with("venice.staging.mode", "all").start().dropReady("again", bundle);

        JsonNode again = station.awaitParked("again");

        assertThat(again.path("reason").asText()).isEqualTo("duplicate");
        assertThat(again.path("content_hash").asText()).isEqualTo(before);
    }

    @Test
    void aVideoThatIsTooLargeForTheQuestionOfItsPriceIsStagedBefore() throws Exception {
        byte[] video = padded(SampleMedia.mp4(3), 30_000_000);
        station.start().dropReady("film", Map.of("video.mp4", video));

        JsonNode job = station.awaitDone("film");

        assertThat(station.accepted(job).request().path("video_url").asText()).startsWith("http://127.0.0.1");
        assertThat(station.sandbox().requests(Call.QUOTE)).last().satisfies(quote ->
                assertThat(quote.json().path("video_url").asText()).startsWith("http://127.0.0.1"));
    }

    @Test
    void withoutABucketTheBundleIsRefusedAndToldOfIt() throws Exception {
        station.with("venice.staging.uri", "").start().dropReady("canal", Map.of("prompt.txt", "A canal",
                "image.png", padded(SampleMedia.png("boat"), 28_000_000)));

        station.awaitFailed("canal");

        assertThat(station.text("failed/canal/ERROR.txt")).contains("venice.staging.uri");
    }

    private HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private Station startWithSmallParts() throws Exception {
        CamelContext context = new DefaultCamelContext();
        Station.stageInSmallParts(context);
        return station.with("venice.staging.mode", "all").start(context);
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private List<String> keys() {
        return s3.listObjectsV2(list -> list.bucket("staging")).contents().stream().map(S3Object::key).toList();
    }

    private String everythingWritten() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(station.home())) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".png")).toList()) {
                all.append(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static byte[] padded(byte[] media, int bytes) {
        return Arrays.copyOf(media, bytes);
    }

    /** A client of a store that lets nobody delete one object, as with a legal hold on it. */
    private static final class Locked extends DelegatingS3Client {

        private final String key;
        private volatile boolean isLocked = true;
        private volatile int refused;

        Locked(S3Client client, String key) {
            super(client);
            this.key = key;
        }

        @Override
        protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
            if (isLocked && request instanceof DeleteObjectRequest delete && delete.key().contains(key)) {
                refused++;
                throw S3Exception.builder().statusCode(403).build();
            }
            return operation.apply(request);
        }
    }
}
