package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code kill -9} around the staging of media: each job is sent once, and nothing stays in the bucket. */
class StagingIT {

    private static final List<String> STOPS = List.of("before:stage-media@b0", "after:stage-media@b1",
            "before:write-intent@b2");

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void nothingIsSentTwiceAndNothingIsForgottenInTheBucket() throws Exception {
        Files.createDirectories(folder.resolve("s3/staging"));
        try (S3Server server = S3Server.start(folder.resolve("s3")); S3Client s3 = server.client();
                Stage stage = Stage.in(folder)) {
            stage.station().with("venice.staging.uri", server.endpoint("staging", S3Server.SECRET))
                    .with("venice.staging.mode", "all");
            for (int i = 0; i < STOPS.size(); i++) {
                stage.drop("drop", "b" + i, Bundles.image("A picture of b" + i, Bundles.jpeg(40_000 + i)));
            }
            Child child = stage.start(STOPS, List.of());
            for (String stop : STOPS) {
                child.awaitLine(StopPoints.AT + stop, Stage.PATIENCE);
            }
            assertThat(s3.listObjectsV2(list -> list.bucket("staging")).contents()).hasSize(2);
            child.kill();

            Child last = stage.start();
            stage.awaitQuiet(STOPS.size());
            Awaitility.await().atMost(Stage.PATIENCE).untilAsserted(() ->
                    assertThat(s3.listObjectsV2(list -> list.bucket("staging")).contents()).isEmpty());
            last.kill();

            Aftermath aftermath = stage.aftermath();
            for (int i = 0; i < STOPS.size(); i++) {
                aftermath.check("b" + i, "A picture of b" + i, End.DELIVERED);
            }
            aftermath.checkHome();
            assertThat(child.output() + last.output()).doesNotContain(S3Server.SECRET).doesNotContain("X-Amz-");
        }
    }

    @Test
    @Tag("soak")
    @Timeout(300)
    void aKillInTheMiddleOfAnUploadInPartsLeavesNoParts() throws Exception {
        Files.createDirectories(folder.resolve("s3/staging"));
        try (S3Server server = S3Server.start(folder.resolve("s3")); Gate gate = new Gate(server.port(), 8_000_000);
                Stage stage = Stage.in(folder)) {
            stage.station().with("venice.staging.uri", S3Server.endpoint("staging", S3Server.SECRET, gate.port()))
                    .with("venice.staging.mode", "all");
            stage.drop("drop", "large", Bundles.image("A large picture", Bundles.jpeg(12_000_000)));
            Child first = stage.start();
            gate.awaitHeld(Stage.PATIENCE);
            first.kill();
            assertThat(server.uploads("staging")).hasSize(1);
            gate.open();

            Child last = stage.start();
            stage.awaitQuiet(1);
            Awaitility.await().atMost(Stage.PATIENCE).untilAsserted(() -> assertThat(server.keys("staging")).isEmpty());
            last.kill();

            assertThat(server.uploads("staging")).isEmpty();
            Aftermath aftermath = stage.aftermath();
            aftermath.check("large", "A large picture", End.DELIVERED);
            aftermath.checkHome();
        }
    }
}
