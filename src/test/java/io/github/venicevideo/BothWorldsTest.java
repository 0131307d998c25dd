package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.clip;
import static io.github.venicevideo.SampleMedia.face;
import static io.github.venicevideo.SampleMedia.jpeg;
import static io.github.venicevideo.SampleMedia.png;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.call.SandboxOptions.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main way, with the packaged settings, in front of the provider as it is and as it was. */
@Timeout(300)
class BothWorldsTest {

    private static final String ASKS = "seedance-2-0-image-to-video";
    /** As the provider's documentation showed it first, with real pictures. */
    private static final String FIRST_EXAMPLE = "{\"model\": \"seedance-2-0-reference-to-video\","
            + " \"prompt\": \"Refer to the gondola in <Image 1> to generate a morning in <Image 2>.\", \"duration\": \"10s\","
            + " \"aspect_ratio\": \"16:9\", \"resolution\": \"720p\", \"audio\": true,"
            + " \"reference_image_urls\": [\"one.png\", \"two.jpg\"]}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsDroppedIsAVideo(World world) throws Exception {
        try (Station station = station(world)) {
            Map<String, Map<String, ?>> bundles = new LinkedHashMap<>();
            bundles.put("text", Map.of("prompt.txt", "A gondola at dawn"));
            bundles.put("photo", Map.of("prompt.txt", "The boat turns", "image.jpg", jpeg("photo")));
            bundles.put("upright", Map.of("prompt.txt", "The tower sways", "image.png", png("upright", 360, 640)));
            bundles.put("references", Map.of("prompt.txt", "Refer to the boats in <Image 1> and <Image 2> to generate a race",
                    "reference_image_1.png", png("one"), "reference_image_2.png", png("two")));
            bundles.put("edit", Map.of("prompt.txt", "Strictly edit <Video 1>, changing its light to evening",
                    "reference_video_1.mp4", clip("edit")));
            bundles.put("upscale", Map.of("video.mp4", clip("upscale")));
            bundles.put("example", Map.of("request.json", FIRST_EXAMPLE, "one.png", png("three"), "two.jpg", jpeg("four")));
            if (world == World.TODAY) {
                bundles.put("rework", Map.of("prompt.txt", "The same at night", "video.mp4", clip("rework")));
            }
            for (Map.Entry<String, Map<String, ?>> bundle : bundles.entrySet()) {
                station.dropReady(bundle.getKey(), bundle.getValue());
            }
            for (String bundle : bundles.keySet()) {
                JsonNode job = station.awaitDone(bundle);
                assertThat(job.path("price_usd").decimalValue()).as(bundle).isPositive();
                assertThat(station.video(bundle)).as(bundle).exists();
            }
            assertThat(station.sandbox().accepted()).hasSize(bundles.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFaceOnAModelThatAsksIsParkedAnsweredAndMade(World world) throws Exception {
        try (Station station = station(world)) {
            ConsentStation people = new ConsentStation(station);
            station.dropReady("portrait", Map.of("image.png", face("Anna"), "request.json",
                    "{\"model\": \"" + ASKS + "\", \"prompt\": \"She smiles\", \"duration\": \"5s\"}"));
            assertThat(station.awaitParked("portrait").path("reason").asText()).isEqualTo("needs-consent");

            people.approve("portrait", "Ada Lovelace");

            assertThat(station.awaitDone("portrait").path("model").asText()).isEqualTo(ASKS);
            people.assertPosted("She smiles", false, true);
        }
    }

    private Station station(World world) throws Exception {
        Station station = Station.in(folder, SandboxOptions.forTests(folder.resolve("sandbox"))
                .withMedian(Duration.ofMillis(20)).withWorld(world));
        packaged(station, "text", "image", "references", "elements", "video");
        return station.startImpatient();
    }

    private static void packaged(Station station, String... kinds) {
        for (String kind : kinds) {
            station.without("venice.defaults.model." + kind);
        }
    }
}
