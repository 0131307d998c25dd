package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.S3Server;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.call.SandboxOptions.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Deliveries to a bucket and a folder while the store goes away and the program is killed. */
@Timeout(300)
class DeliveryIT {

    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private Path folder;
    private S3Server s3;

    @BeforeEach
    void begin() throws Exception {
        s3 = S3Server.start(folder.resolve("s3")).bucket("archive");
    }

    @AfterEach
    void end() {
        s3.close();
    }

    @Test
    void everyVideoIsOnceInTheBucketAndOnceInTheFolder() throws Exception {
        deliver(8, Duration.ofSeconds(2));
    }

    @Test
    @Tag("soak")
    void fortyVideosOutlastAStoreThatIsAwayForTwentySeconds() throws Exception {
        deliver(40, Duration.ofSeconds(20));
    }

    private void deliver(int bundles, Duration pause) throws Exception {
        try (Stage stage = stage(Clip.TINY, s3.endpoint("archive", S3Server.SECRET))) {
            stage.station().with("venice.deliver.workers", "2").with("venice.retry.max-delay", "2s");
            drop(stage, 0, bundles / 2);
            Child first = stage.start();
            await().atMost(LONG).until(() -> s3.keys("archive").size() >= bundles / 2);
            s3.stop();
            drop(stage, bundles / 2, bundles);
            await().atMost(LONG).until(() -> files("team").size() == 2 * bundles);
            first.kill();
            Child second = stage.start();
            await().atMost(pause.plusSeconds(30)).pollDelay(pause).until(() -> true);
            s3.up();
            await().atMost(LONG).until(() -> stage.ledger().isQuiet(bundles));
            second.terminate();
            second.awaitExit(Stage.PATIENCE);

            List<String> expected = new ArrayList<>();
            for (int i = 0; i < bundles; i++) {
                expected.add(name(i) + ".json");
                expected.add(name(i) + ".mp4");
            }
            assertThat(s3.keys("archive")).hasSameElementsAs(expected).hasSize(2 * bundles);
            assertThat(files("team")).hasSameElementsAs(expected);
            for (String name : expected) {
                byte[] file = Files.readAllBytes(folder.resolve("team").resolve(name));
                assertThat(s3.bytes("archive", name)).isEqualTo(file);
                assertThat(s3.head("archive", name).metadata()).containsEntry("sha256", sha256(Files.newInputStream(
                        folder.resolve("team").resolve(name))));
            }
            assertThat(stage.sandbox().accepted()).hasSize(bundles);
            assertThat(stage.sandbox().accepted()).allSatisfy(job ->
                    assertThat(job.videoSha256().orElse("")).isIn(sums()));
            assertThat(first.output() + second.output()).contains("bucket archive").doesNotContain(S3Server.SECRET);
            assertNoSecretIn(stage.home());
        }
    }

    private static void drop(Stage stage, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            stage.drop("drop", name(i), Bundles.text("Gondola number " + i));
        }
    }

    @Test
    void aKillInTheMiddleOfAnUploadInPartsLeavesNoParts() throws Exception {
        try (Gate gate = new Gate(s3.port(), 8_000_000);
                Stage stage = stage(Clip.TINY.padded(16_000_000),
                        S3Server.endpoint("archive", S3Server.SECRET, gate.port()) + "&partSize=5242880")) {
            stage.drop("drop", "parts", Bundles.text("A gondola in parts"));
            Child first = stage.start();
            gate.awaitHeld(Stage.PATIENCE);
            first.kill();
            assertThat(s3.uploads("archive")).containsExactly("parts.mp4");
            gate.open();

            stage.start();
            stage.awaitQuiet(1);

            assertThat(s3.uploads("archive")).isEmpty();
            assertThat(s3.keys("archive")).containsExactly("parts.json", "parts.mp4");
            assertThat(s3.bytes("archive", "parts.mp4")).isEqualTo(Files.readAllBytes(folder.resolve("team/parts.mp4")));
        }
    }

    @Test
    void aVideoThatIsLargerThanTheHeapGoesThrough() throws Exception {
        deliverThroughAHeapOf64Megabytes(50_000_000);
    }

    @Test
    @Tag("soak")
    void aVideoOf200MegabytesGoesThroughAHeapOf64() throws Exception {
        deliverThroughAHeapOf64Megabytes(200_000_000);
    }

    private void deliverThroughAHeapOf64Megabytes(int bytes) throws Exception {
        try (Stage stage = stage(Clip.TINY.padded(bytes), s3.endpoint("archive", S3Server.SECRET))) {
            stage.drop("drop", "large", Bundles.text("A very large gondola"));
            stage.start(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"), List.of(), List.of());
            await().atMost(LONG).until(() -> stage.ledger().isQuiet(1));

            Path file = folder.resolve("team/large.mp4");
            assertThat(Files.size(file)).isGreaterThan(bytes);
            String sum = sha256(Files.newInputStream(file));
            assertThat(stage.sandbox().accepted().get(0).videoSha256()).contains(sum);
            try (S3Client client = s3.client();
                    ResponseInputStream<GetObjectResponse> object = client.getObject(
                            get -> get.bucket("archive").key("large.mp4"))) {
                assertThat(sha256(object)).isEqualTo(sum);
            }
            assertThat(s3.head("archive", "large.mp4").metadata()).containsEntry("sha256", sum);
        }
    }

    private Stage stage(Clip clip, String archive) throws IOException {
        Stage stage = Stage.in(folder, SandboxOptions.forTests(folder.resolve("sandbox")).withClip(clip)
                .withMedian(Duration.ofMillis(50)));
        stage.station().with("venice.destinations.archive", archive)
                .with("venice.destinations.team", "file:" + folder.resolve("team"))
                .with("venice.delivery.to", "archive,team");
        return stage;
    }

    private TreeSet<String> files(String where) throws IOException {
        try (Stream<Path> files = Files.list(Files.createDirectories(folder.resolve(where)))) {
            TreeSet<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".part-")).forEach(names::add);
            return names;
        }
    }

    private List<String> sums() throws Exception {
        List<String> sums = new ArrayList<>();
        for (String name : files("team")) {
            sums.add(sha256(Files.newInputStream(folder.resolve("team").resolve(name))));
        }
        return sums;
    }

    private static void assertNoSecretIn(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as(file.toString())
                        .doesNotContain(S3Server.SECRET);
            }
        }
    }

    private static String sha256(InputStream stream) throws Exception {
        try (DigestInputStream in = new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static String name(int i) {
        return "forty%02d".formatted(i);
    }
}
