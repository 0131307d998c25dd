package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.S3Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * {@code kill -9} while bundles are being taken out of buckets, each at a point of its own: every one ends as one job,
 * and its objects are gone, but for what was put there since.
 */
class S3SourceIT {

    private static final List<String> STOPS = List.of("before:fetch-bucket-bundle", "after:fetch-bucket-bundle",
            "after:read-bundle", "after:record-jobs", "before:remove-from-bucket", "after:remove-from-bucket");

    @TempDir
    private Path folder;
    private S3Client s3;

    @Test
    @Timeout(300)
    void everyBundleIsTakenOnceAndLeavesItsBucket() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < STOPS.size(); i++) {
            names.add("inbox" + i);
            Files.createDirectories(folder.resolve("s3/inbox" + i));
        }
        try (S3Server server = S3Server.start(folder.resolve("s3")); S3Client client = server.client();
                Stage stage = Stage.in(folder)) {
            s3 = client;
            stage.station().with("venice.drop.sources", String.join(",", names));
            for (String name : names) {
                stage.station().with("venice.drop.sources." + name, server.endpoint(name, S3Server.SECRET) + "&delay=200");
                put(name, name + "/image.jpg", Bundles.jpeg(40_000));
                put(name, name + "/request.json", ("{\"prompt\": \"A picture of " + name + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
                put(name, name + "/.ready", new byte[0]);
            }
            List<String> stops = names.stream().map(name -> STOPS.get(names.indexOf(name)) + "@" + name).toList();
            // What is recorded must not be on the wire when it is killed: that would be in doubt, rightly.
            List<String> all = Stream.concat(stops.stream(), names.stream().map(name -> "before:write-intent@" + name))
                    .toList();
            Child child = stage.start(all, List.of());
            for (String stop : stops) {
                child.awaitLine(StopPoints.AT + stop, Stage.PATIENCE);
            }
            child.kill();
            // Somebody puts another picture there meanwhile, perhaps for the next bundle of that name.
            for (String name : names.subList(0, names.size() - 1)) {
                s3.deleteObject(delete -> delete.bucket(name).key(name + "/.ready"));
                put(name, name + "/image.jpg", Bundles.jpeg(50_000));
            }

            Child last = stage.start();
            stage.awaitQuiet(names.size());
            Awaitility.await().atMost(Stage.PATIENCE).untilAsserted(() -> names.forEach(name -> assertThat(keys(name))
                    .doesNotContain(name + "/request.json")));
            last.kill();

            Aftermath aftermath = stage.aftermath();
            for (String name : names) {
                aftermath.check(name, "A picture of " + name, End.DELIVERED);
            }
            aftermath.checkHome();
            assertThat(keys("inbox0")).as("it was fetched after that").isEmpty();
            for (String name : names.subList(1, names.size() - 1)) {
                assertThat(keys(name)).as("the other picture, which was never read").containsExactly(name + "/image.jpg");
            }
            assertThat(keys("inbox5")).isEmpty();
            assertThat(child.output() + last.output()).doesNotContain(S3Server.SECRET);
        }
    }

    private void put(String bucket, String key, byte[] content) {
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    private List<String> keys(String bucket) {
        return s3.listObjectsV2(list -> list.bucket(bucket)).contents().stream().map(S3Object::key)
                .collect(Collectors.toList());
    }
}
