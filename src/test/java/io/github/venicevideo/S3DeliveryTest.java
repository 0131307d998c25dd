package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.ledger.JobState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Videos into a bucket of a real S3 server. */
@Timeout(60)
class S3DeliveryTest {

    @TempDir
    private Path folder;

    @Test
    void theVideoAndItsSidecarAreInTheBucket() throws Exception {
        Path bucket = Files.createDirectories(folder.resolve("s3/archive"));
        try (S3Server s3 = S3Server.start(folder.resolve("s3"));
                Station station = Station.in(folder)
                        .with("venice.destinations.archive", s3.endpoint("archive", S3Server.SECRET))
                        .with("venice.delivery.to", "archive,videos")
                        .start()) {
            station.drop("gondola", Map.of("prompt.txt", "A gondola at dawn"));

            JsonNode job = station.awaitDone("gondola");

            assertThat(bucket.resolve("gondola.mp4")).hasSameBinaryContentAs(station.video("gondola"));
            assertThat(bucket.resolve("gondola.json")).exists();
            assertThat(job.at("/delivered_to/0/location").asText()).isEqualTo("aws2-s3://archive/gondola.mp4");
            assertThat(Files.readString(station.home().resolve("done/gondola/job.json")))
                    .doesNotContain(S3Server.KEY).doesNotContain(S3Server.SECRET);
        }
    }

    @Test
    void aStoreThatRefusesTheSecretKeepsTheVideoWaitingAndTheFolderHasIt() throws Exception {
        Files.createDirectories(folder.resolve("s3/archive"));
        try (S3Server s3 = S3Server.start(folder.resolve("s3"));
                Station station = Station.in(folder)
                        .with("venice.destinations.archive", s3.endpoint("archive", "wrong-secret"))
                        .with("venice.delivery.to", "archive,videos")
                        .start()) {
            station.drop("gondola", Map.of("prompt.txt", "A gondola at dawn"));

            await().atMost(Station.PATIENCE).until(() -> Files.exists(station.video("gondola")));

            assertThat(station.ledger().all()).extracting(job -> job.state()).containsExactly(JobState.RETRIEVED);
            assertThat(station.sandbox().accepted()).hasSize(1);
        }
    }
}
