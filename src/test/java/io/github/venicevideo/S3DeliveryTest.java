package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.deliver.LeftParts;
import io.github.venicevideo.ledger.remote.DestinationTrouble;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.call.SandboxOptions.Clip;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Videos into a bucket of a real S3 server. */
@Order(1)
@Timeout(300)
class S3DeliveryTest {

    @TempDir
    private Path folder;
    private S3Server s3;
    private Station station;

    @BeforeEach
    void begin() throws Exception {
        s3 = S3Server.start(folder.resolve("s3")).bucket("archive");
        station = Station.quick(folder).with("venice.destinations.archive", s3.endpoint("archive", S3Server.SECRET))
                .with("venice.delivery.to", "archive,videos");
    }

    @AfterEach
    void end() throws Exception {
        station.close();
        s3.close();
    }

    @Test
    void theObjectTellsWhoseItIsAndWhatItIs() throws Exception {
        station.with("venice.destinations.archive.name", "{year}/{slug}-{model}/{name}").startImpatient();
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola à l’aube"));

        JsonNode job = station.awaitDone("gondola");

        int year = java.time.LocalDate.now(java.time.ZoneOffset.UTC).getYear();
        String key = year + "/a-gondola-a-l-aube-seedance-2-0-text-to-video/gondola";
        assertThat(s3.keys("archive")).containsExactly(key + ".json", key + ".mp4");
        byte[] video = Files.readAllBytes(station.video("gondola"));
        assertThat(s3.bytes("archive", key + ".mp4")).isEqualTo(video);
        HeadObjectResponse head = s3.head("archive", key + ".mp4");
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(video);
        assertThat(head.contentType()).isEqualTo("video/mp4");
        assertThat(head.checksumSHA256()).isEqualTo(Base64.getEncoder().encodeToString(sha256));
        assertThat(head.metadata()).containsEntry("venice-job-id", job.path("job_id").asText())
                .containsEntry("venice-model", "seedance-2-0-text-to-video")
                .containsEntry("sha256", HexFormat.of().formatHex(sha256));
        assertThat(s3.head("archive", key + ".json").contentType()).isEqualTo("application/json");
        assertThat(job.at("/delivered_to/0/location").asText()).isEqualTo("s3://archive/" + key + ".mp4");
        assertThat(Json.mapper().readTree(s3.bytes("archive", key + ".json")).path("job_id")).isEqualTo(job.path("job_id"));
    }

    @Test
    void aLargeVideoGoesInPartsWithTheSameChecksAndMetadata() throws Exception {
        station.close();
        station = Station.in(folder, SandboxOptions.forTests(folder.resolve("large")).withMedian(Duration.ofMillis(20))
                        .withClip(Clip.TINY.padded(11_000_000)))
                .with("venice.destinations.archive", s3.endpoint("archive", S3Server.SECRET) + "&partSize=5242880")
                .with("venice.delivery.to", "archive,videos").startImpatient();
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola in parts"));

        JsonNode job = station.awaitDone("gondola");

        assertThat(s3.bytes("archive", "gondola.mp4")).isEqualTo(Files.readAllBytes(station.video("gondola")));
        HeadObjectResponse head = s3.head("archive", "gondola.mp4");
        assertThat(head.eTag()).contains("-3");
        assertThat(head.contentType()).isEqualTo("video/mp4");
        assertThat(head.metadata()).containsEntry("venice-job-id", job.path("job_id").asText());
        assertThat(s3.uploads("archive")).isEmpty();
    }

    @Test
    void nothingOfSomebodyElseIsOverwritten() throws Exception {
        try (S3Client client = s3.client()) {
            client.putObject(put -> put.bucket("archive").key("gondola.mp4"), RequestBody.fromString("theirs"));
        }
        station.startImpatient().dropReady("gondola", Map.of("prompt.txt", "A gondola of ours"));

        String id = station.awaitDone("gondola").path("job_id").asText();

        assertThat(new String(s3.bytes("archive", "gondola.mp4"))).isEqualTo("theirs");
        assertThat(s3.keys("archive")).containsExactly("gondola-" + id + ".json", "gondola-" + id + ".mp4", "gondola.mp4");
    }

    @Test
    void whatComesToAKeyAfterItWasLookedAtStays() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().addInterceptStrategy((any, step, target, next) -> exchange -> {
            if ("send-item".equals(step.getId()) && first.getAndSet(false)) {
                try (S3Client client = s3.client()) {
                    client.putObject(put -> put.bucket("archive").key("gondola.json"), RequestBody.fromString("theirs"));
                }
            }
            target.process(exchange);
        });
        station.with("venice.delivery.to", "archive").start(context);
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola of ours"));

        String id = station.awaitDone("gondola").path("job_id").asText();

        assertThat(first).isFalse();
        assertThat(new String(s3.bytes("archive", "gondola.json"))).isEqualTo("theirs");
        assertThat(s3.keys("archive")).contains("gondola-" + id + ".json", "gondola-" + id + ".mp4");
    }

    @Test
    void twoProgramsNeverShareAKey() throws Exception {
        try (Station other = Station.quick(Files.createDirectories(folder.resolve("other")))
                .with("venice.destinations.archive", s3.endpoint("archive", S3Server.SECRET))
                .with("venice.delivery.to", "archive,videos")) {
            for (String name : List.of("one", "two", "three")) {
                station.dropReady(name, Map.of("prompt.txt", "Here: " + name));
                other.dropReady(name, Map.of("prompt.txt", "There: " + name));
            }
            station.startImpatient();
            other.startImpatient();

            for (String name : List.of("one", "two", "three")) {
                for (Station each : List.of(station, other)) {
                    String location = each.awaitDone(name).at("/delivered_to/0/location").asText();
                    assertThat(s3.bytes("archive", location.substring("s3://archive/".length())))
                            .isEqualTo(Files.readAllBytes(each.video(name)));
                }
            }
            assertThat(s3.keys("archive").stream().filter(key -> key.endsWith(".mp4"))).hasSize(6);
            assertThat(s3.keys("archive").stream().filter(key -> key.endsWith(".json"))).hasSizeGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void theBundlesOwnMediaGoAlongWhereWanted() throws Exception {
        byte[] picture = SampleMedia.png("a gondola");
        station.with("venice.delivery.include-bundle", "true").startImpatient();
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola with its picture", "image.png", picture));

        station.awaitDone("gondola");

        assertThat(s3.keys("archive")).containsExactly("gondola.json", "gondola.mp4", "gondola/image.png");
        assertThat(s3.bytes("archive", "gondola/image.png")).isEqualTo(picture);
        assertThat(s3.head("archive", "gondola/image.png").contentType()).isEqualTo("image/png");
        assertThat(station.home().resolve("videos/gondola/image.png")).hasBinaryContent(picture);
    }

    @Test
    void theSidecarNamesTheMediaAsTheyAreCalledThere() throws Exception {
        byte[] first = SampleMedia.png("first");
        byte[] last = SampleMedia.png("last");
        station.with("venice.delivery.include-bundle", "true").startImpatient();
        station.dropReady("gondola", Map.of("request.json", """
                {"prompt": "From here to there", "image_url": "one/a view.png", "end_image_url": "two/a view.png"}""",
                "one/a view.png", first, "two/a view.png", last));

        station.awaitDone("gondola");

        JsonNode sidecar = Json.mapper().readTree(s3.bytes("archive", "gondola.json"));
        assertThat(sidecar.at("/request/image_url").asText()).isEqualTo("a view.png");
        assertThat(sidecar.at("/request/end_image_url").asText()).isEqualTo("a view-2.png");
        assertThat(sidecar.path("media").findValuesAsText("file")).containsExactlyInAnyOrder("a view.png", "a view-2.png");
        assertThat(s3.bytes("archive", "gondola/a view.png")).isEqualTo(first);
        assertThat(s3.bytes("archive", "gondola/a view-2.png")).isEqualTo(last);
    }

    @Test
    void noMediumOfSomebodyElseIsOverwritten() throws Exception {
        Path here = station.home().resolve("videos/gondola/image.png");
        Path server = folder.resolve("sftp/incoming/gondola/image.png");
        for (Path theirs : List.of(here, server)) {
            Files.createDirectories(theirs.getParent());
            Files.writeString(theirs, "theirs");
        }
        try (S3Client client = s3.client(); SftpServer sftp = SftpServer.start(folder.resolve("sftp"))) {
            client.putObject(put -> put.bucket("archive").key("gondola/image.png"), RequestBody.fromString("theirs"));
            station.with("venice.delivery.include-bundle", "true").with("venice.destinations.partner", sftp.endpoint("incoming"))
                    .with("venice.delivery.to", "archive,videos,partner").startImpatient();
            byte[] picture = SampleMedia.png("a gondola");
            station.dropReady("gondola", Map.of("prompt.txt", "A gondola with its picture", "image.png", picture));

            String name = "gondola-" + station.awaitDone("gondola").path("job_id").asText();

            assertThat(new String(s3.bytes("archive", "gondola/image.png"))).isEqualTo("theirs");
            assertThat(s3.keys("archive")).containsExactly(name + ".json", name + ".mp4", name + "/image.png", "gondola/image.png");
            for (Path theirs : List.of(here, server)) {
                assertThat(theirs).hasContent("theirs");
                assertThat(theirs.resolveSibling("../" + name + "/image.png")).hasBinaryContent(picture);
            }
        }
    }

    @Test
    void aStoreThatRefusesTheSecretIsNamedAndTheSecretIsNot() throws Exception {
        String wrong = "wr+ng/s)ecret";
        station.with("venice.destinations.archive", s3.endpoint("archive", wrong)).startImpatient();
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola at dawn"));

        List<DestinationTrouble> troubles = await().atMost(Station.PATIENCE)
                .until(() -> station.ledger().deliveries().troubles(), found -> !found.isEmpty());
        await().atMost(Station.PATIENCE).until(() -> Files.exists(station.video("gondola")));

        assertThat(troubles).hasSize(1);
        assertThat(troubles.get(0).destination()).isEqualTo("archive");
        assertThat(troubles.get(0).waiting()).isEqualTo(1);
        assertThat(troubles.get(0).message()).contains("bucket archive", "refuses the credentials", "HTTP 403",
                "venice.destinations.archive").doesNotContain(wrong);
        assertThat(station.ledger().jobs().all()).extracting(job -> job.state()).containsExactly(JobState.RETRIEVED);
        assertThat(station.sandbox().accepted()).hasSize(1);
    }

    @Test
    void jobsWaitForAStoreThatIsDownAtTheStart() throws Exception {
        s3.stop();
        station.with("venice.retry.max-delay", "1s").startImpatient();
        station.dropReady("first", Map.of("prompt.txt", "A first gondola")).dropReady("second", Map.of("prompt.txt", "A second"));
        List<DestinationTrouble> troubles = await().atMost(Station.PATIENCE).until(
                () -> station.ledger().deliveries().troubles(),
                found -> found.stream().anyMatch(trouble -> trouble.waiting() == 2));
        assertThat(troubles.get(0).message()).contains("bucket archive", "cannot be reached");
        await().atMost(Station.PATIENCE).until(() -> Files.exists(station.video("first")));

        s3.up();

        station.awaitDone("first");
        station.awaitDone("second");
        assertThat(s3.keys("archive")).containsExactly("first.json", "first.mp4", "second.json", "second.mp4");
        assertThat(station.ledger().deliveries().troubles()).isEmpty();
    }

    @Test
    void anOptionalDestinationThatKeepsFailingDoesNotHoldTheJob() throws Exception {
        s3.stop();
        station.with("venice.destinations.archive.required", "false").with("venice.delivery.optional-for", "200ms").startImpatient();
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola without an archive"));

        JsonNode job = station.awaitDone("gondola");

        assertThat(job.path("state").asText()).isEqualTo("delivered");
        assertThat(job.at("/delivered_to/0/destination").asText()).isEqualTo("videos");
        assertThat(job.at("/not_delivered_to/0/destination").asText()).isEqualTo("archive");
        assertThat(job.at("/not_delivered_to/0/message").asText()).contains("cannot be reached");
        assertThat(station.ledger().deliveries().troubles()).singleElement()
                .satisfies(trouble -> assertThat(trouble.givenUp()).isEqualTo(1));
    }

    @Test
    void whatIsLeftOfUploadsThatWereGivenUpIsRemoved() throws Exception {
        s3.stop();
        station.with("venice.destinations.archive.required", "false").with("venice.delivery.optional-for", "1ms").startImpatient();
        station.dropReady("known", Map.of("prompt.txt", "A gondola in parts"));
        station.dropReady("unknown", Map.of("prompt.txt", "A gondola whose upload had only just begun"));
        String known = station.awaitDone("known").path("job_id").asText();
        String unknown = station.awaitDone("unknown").path("job_id").asText();
        s3.up();
        try (S3Client client = s3.client()) {
            String id = client.createMultipartUpload(create -> create.bucket("archive").key("known.mp4")).uploadId();
            client.createMultipartUpload(create -> create.bucket("archive").key("unknown.mp4"));
            client.createMultipartUpload(create -> create.bucket("archive").key("unknown.mp4.of-somebody-else"));
            station.ledger().deliveries().uploading(known, "archive", "known.mp4", id);
            station.ledger().deliveries().uploadBegins(unknown, "archive", "unknown.mp4");
        }

        station.context().getRegistry().lookupByNameAndType("veniceLeftParts", LeftParts.class).look();

        assertThat(s3.uploads("archive")).containsExactly("unknown.mp4.of-somebody-else");
        assertThat(station.ledger().deliveries().leftUploads()).isEmpty();
    }

    @Test
    void aDestinationThatIsConfiguredNoLongerIsNoTroubleToTheOthers() throws Exception {
        s3.stop();
        Path blocked = Files.createFile(folder.resolve("blocked"));
        station.with("venice.destinations.team", "file:" + blocked.resolve("team")).startImpatient();
        station.dropReady("gondola", Map.of("request.json", """
                {"prompt": "A gondola for two", "bundle": {"deliver_to": ["archive", "team"]}}"""));
        await().atMost(Station.PATIENCE).until(() -> station.ledger().deliveries().troubles().size() == 2);
        station.stop();
        String archive = station.settings().get("venice.destinations.archive");
        Files.delete(blocked);

        station.without("venice.destinations.archive").with("venice.delivery.to", "team").startImpatient();

        await().atMost(Station.PATIENCE).until(() -> Files.exists(blocked.resolve("team/gondola.mp4")));
        DestinationTrouble trouble = await().atMost(Station.PATIENCE).until(() -> station.ledger().deliveries().troubles(),
                troubles -> troubles.size() == 1).get(0);
        assertThat(trouble.destination()).isEqualTo("archive");
        assertThat(trouble.message()).contains("no destination archive any more", "venice.destinations.archive");
        assertThat(health()).contains("archive");
        station.stop();
        s3.up();
        station.with("venice.destinations.archive", archive).startImpatient();
        station.awaitDone("gondola");
        assertThat(s3.keys("archive")).containsExactly("gondola.json", "gondola.mp4");
    }

    @Test
    void whatFailedWhereNothingGoesAnyLongerIsForgotten() throws Exception {
        s3.stop();
        station.with("venice.destinations.archive.required", "false").with("venice.delivery.optional-for", "1ms")
                .startImpatient();
        station.dropReady("optional", Map.of("prompt.txt", "A gondola without an archive"));
        station.awaitDone("optional");
        assertThat(health()).contains("archive has taken nothing");
        station.stop();
        station.with("venice.destinations.archive.required", "true").startImpatient();
        station.dropReady("waiting", Map.of("prompt.txt", "A gondola that waits"));
        await().atMost(Station.PATIENCE).until(() -> health().contains("1 wait for it and 1 were delivered without it"));
        station.stop();

        station.without("venice.destinations.archive").without("venice.destinations.archive.required")
                .with("venice.delivery.to", "videos").startImpatient();

        station.awaitDone("waiting");
        assertThat(health()).isEmpty();
    }

    /** What the check of destinations says; nothing when they are well. */
    private String health() {
        return HealthCheckRegistry.get(station.context()).getCheck("venice-destinations").orElseThrow().call().getMessage().orElse("");
    }

    @Test
    void theOnlyDestinationIsNeverGivenUp() throws Exception {
        s3.stop();
        station.with("venice.delivery.to", "archive").with("venice.destinations.archive.required", "false")
                .with("venice.delivery.optional-for", "1ms").startImpatient();
        station.dropReady("gondola", Map.of("prompt.txt", "A gondola with nowhere else to go"));
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream().anyMatch(job -> job.troubleCount() > 1));

        s3.up();

        station.awaitDone("gondola");
        assertThat(s3.keys("archive")).contains("gondola.mp4");
    }
}
