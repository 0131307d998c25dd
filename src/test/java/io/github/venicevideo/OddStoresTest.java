package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.call.SandboxOptions.Clip;
import io.github.venicevideo.sandbox.fault.Hold;
import io.github.venicevideo.venice.endpoint.EndpointTrouble;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Stores that do with checksums what Amazon's does not: videos are delivered all the same, and read back. */
@Timeout(300)
class OddStoresTest {

    @TempDir
    private Path folder;
    private S3Server s3;
    private Station station;

    @BeforeEach
    void begin() throws Exception {
        s3 = S3Server.start(folder.resolve("s3")).bucket("archive");
    }

    @AfterEach
    void end() throws Exception {
        if (station != null) {
            station.close();
        }
        s3.close();
    }

    @ParameterizedTest
    @CsvSource({"REFUSES, 0", "REFUSES, 11000000", "REFUSES_ALL, 11000000", "IGNORES, 11000000", "COMPOSES_OTHERWISE, 0",
            "COMPOSES_OTHERWISE, 11000000"})
    void theVideoArrives(OddStore.Habit habit, int bytes) throws Exception {
        try (OddStore store = new OddStore(s3.port(), habit)) {
            station = Station.in(folder, SandboxOptions.forTests(folder.resolve("odd")).withMedian(Duration.ofMillis(20))
                            .withClip(bytes == 0 ? Clip.TINY : Clip.TINY.padded(bytes)))
                    .with("venice.destinations.archive", S3Server.endpoint("archive", S3Server.SECRET, store.port()) + "&partSize=5242880")
                    .with("venice.delivery.to", "archive,videos").with("venice.retry.initial-delay", "100ms").startImpatient();
            station.dropReady("gondola", Map.of("prompt.txt", "A gondola for an odd store"));

            station.awaitDone("gondola");

            assertThat(s3.bytes("archive", "gondola.mp4")).isEqualTo(Files.readAllBytes(station.video("gondola")));
            assertThat(s3.uploads("archive")).isEmpty();
            assertThat(store.refused.get()).isEqualTo(habit.name().startsWith("REFUSES") ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"REFUSES, 4000", "REFUSES, 11000000", "REFUSES_ALL, 11000000", "IGNORES, 11000000", "COMPOSES_OTHERWISE, 11000000"})
    void mediaAreStagedThereToo(OddStore.Habit habit, int bytes) throws Exception {
        byte[] picture = Arrays.copyOf(SampleMedia.png("staged"), bytes);
        s3.bucket("staging");
        try (OddStore store = new OddStore(s3.port(), habit)) {
            station = Station.quick(folder).with("venice.staging.uri", S3Server.endpoint("staging", S3Server.SECRET, store.port()))
                    .with("venice.staging.mode", "all");
            Hold hold = station.sandbox().faults().hold(Call.RETRIEVE, Hold.Point.BEFORE_WORK);
            DefaultCamelContext context = new DefaultCamelContext();
            Station.stageInSmallParts(context);
            station.startImpatient(context).dropReady("gondola", Map.of("prompt.txt", "Staged oddly", "image.png", picture));
            assertThat(hold.awaitHeld(Station.PATIENCE)).isTrue();

            String url = station.awaitPosted("Staged oddly").json().path("image_url").asText();
            assertThat(s3.bytes("staging", URI.create(url).getPath().replaceFirst("^/staging/", ""))).isEqualTo(picture);
            hold.release();

            station.awaitDone("gondola");
            assertThat(s3.uploads("staging")).isEmpty();
        }
    }

    @Test
    void noHintNamesAnOptionThatIsSet() {
        S3Exception e = (S3Exception) S3Exception.builder().statusCode(501)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode("NotImplemented").build()).build();
        String uri = "aws2-s3://archive?region=auto";
        assertThat(EndpointTrouble.sending("venice.destinations.archive", uri, e)).contains("conditionalWritesEnabled=false");
        assertThat(EndpointTrouble.sending("venice.destinations.archive", uri + "&conditionalWritesEnabled=false", e))
                .doesNotContain("conditionalWritesEnabled");
    }
}
