package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.mp4;
import static io.github.venicevideo.SampleMedia.png;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Today's catalogue through the front door: whatever is listed, the smallest bundle of its kind becomes a video of it. */
@Timeout(300)
class CatalogueWalkTest {

    private static final Path EXAMPLES = Path.of("examples/bundles");

    /** When it was seen; some of what it lists has been removed since. */
    private static final Instant CATALOGUE_OF = Instant.parse("2026-08-22T12:00:00Z");

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        ShiftedClock clock = new ShiftedClock();
        clock.advance(Duration.between(Instant.now(), CATALOGUE_OF));
        CamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceClock", clock);
        station = Station.in(folder, SandboxOptions.forTests(folder.resolve("sandbox")).withMedian(Duration.ofMillis(20))
                .withWorld(SandboxOptions.World.TODAY)
                .withClock(clock)).startImpatient(context);
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    private static List<String> listed() throws IOException {
        JsonNode catalogue = Json.mapper().readTree(CatalogueWalkTest.class.getResource("/venice-api/catalogue-2026-08.json"));
        return catalogue.path("data").findValuesAsText("id");
    }

    private static Map<String, Object> smallest(String model) {
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("request.json", "{\"model\": \"" + model + "\"}");
        if (!model.contains("upscale")) {
            files.put("prompt.txt", "The smallest for " + model);
        }
        if (model.contains("upscale") || model.contains("video-to-video")) {
            files.put("video.mp4", mp4(3));
        } else if (model.contains("kling") && model.contains("reference")) {
            files.put("element_1_frontal.png", png(model));
        } else if (model.contains("reference")) {
            files.put("reference_image_1.png", png(model));
        } else if (model.contains("image-to-video")) {
            files.put("image.png", png(model));
        }
        return files;
    }

    @Test
    void everyListedModelMakesAVideoOfTheSmallestBundleOfItsKind() throws Exception {
        List<String> models = listed();
        for (String model : models) {
            station.dropReady(model, smallest(model));
        }

        assertThat(models).hasSize(24).allSatisfy(model -> {
            JsonNode job = station.awaitDone(model);
            JsonNode request = station.accepted(job).request();
            assertThat(request.path("model").asText()).isEqualTo(model);
            assertThat(job.path("notes").toString().contains("is removed on 2026-09-24")).isEqualTo(model.startsWith("sora-2"));
            assertThat(job.path("filled_in")).hasSize(request.has("duration") ? request.has("aspect_ratio") ? 2 : 1 : 0);
        });
    }

    @Test
    void whatIsDroppedWithoutAManifestIsMadeByAModelThatIsListed() throws Exception {
        station.dropReady("text", Map.of("prompt.txt", "A text alone"));
        station.dropReady("photo", Map.of("prompt.txt", "A photo", "image.png", png("photo", 800, 600)));
        station.dropReady("upright", Map.of("prompt.txt", "An upright photo", "image.png", png("upright", 600, 800)));
        station.dropReady("references", Map.of("prompt.txt", "Refer to <Image 1> and <Image 2> to generate a scene",
                "reference_image_1.png", png("one", 600, 800), "reference_image_2.png", png("two", 800, 600)));
        station.dropReady("elements", Map.of("prompt.txt", "@Element1 dances", "element_1_frontal.png", png("element", 400, 400)));
        station.dropReady("edit", Map.of("prompt.txt", "Make it night", "video.mp4", mp4(4)));
        station.dropReady("upscale", Map.of("video.mp4", mp4(5)));
        station.dropReady("clips", Map.of("prompt.txt", "Extend <Video 1>, generate more of it", "reference_video_1.mp4", mp4(3)));

        check("text", "seedance-2-0-text-to-video-basic", "5s", "16:9");
        check("photo", "seedance-2-0-image-to-video-basic", "5s", "");
        check("upright", "seedance-2-0-image-to-video-basic", "5s", "");
        check("references", "seedance-2-0-reference-to-video-basic", "5s", "3:4");
        check("elements", "kling-o3-pro-reference-to-video", "5s", "16:9");
        check("edit", "wan-2-7-video-to-video", "Auto", "");
        check("upscale", "topaz-video-upscale", "", "");
        check("clips", "seedance-2-0-reference-to-video-basic", "5s", "16:9");
    }

    private static void check(String bundle, String model, String duration, String ratio) throws IOException {
        JsonNode job = station.awaitDone(bundle);
        JsonNode request = station.accepted(job).request();
        assertThat(request.path("model").asText()).as(bundle).isEqualTo(model);
        assertThat(request.path("duration").asText()).as(bundle).isEqualTo(duration);
        assertThat(request.path("aspect_ratio").asText()).as(bundle).isEqualTo(ratio);
        JsonNode sidecar = Json.mapper().readTree(station.home().resolve("videos").resolve(bundle + ".json").toFile());
        for (JsonNode document : List.of(job, sidecar)) {
            assertThat(document.at("/filled_in/model").asText()).as(bundle).isEqualTo(model);
            assertThat(document.at("/filled_in/duration").asText()).as(bundle).isEqualTo(duration);
            assertThat(document.at("/filled_in/aspect_ratio").asText()).as(bundle).isEqualTo(ratio);
        }
    }

    /** What only some families take: a length and a ratio that are the clips' own, a task, a bitrate that no price is asked with. */
    @Test
    void whatFollowsItsClipsIsMade() throws Exception {
        station.dropReady("matched", Map.of("request.json", """
                {"model": "seedance-2-5-reference-to-video-basic", "duration": "auto", "aspect_ratio": "adaptive",
                 "omni_reference_task_type": "edit", "bitrate_mode": "high"}""",
                "prompt.txt", "Strictly edit <Video 1>, changing the sky", "reference_video_1.mp4", mp4(5)));

        JsonNode request = station.accepted(station.awaitDone("matched")).request();

        assertThat(request.path("duration").asText()).isEqualTo("auto");
        assertThat(request.path("aspect_ratio").asText()).isEqualTo("adaptive");
        assertThat(request.path("bitrate_mode").asText()).isEqualTo("high");
    }

    @Test
    void everyExampleBecomesAVideo() throws Exception {
        List<String> examples;
        try (Stream<Path> found = Files.list(EXAMPLES)) {
            examples = found.map(example -> example.getFileName().toString()).sorted().toList();
        }
        for (String example : examples) {
            Path staged = folder.resolve("examples").resolve(example);
            DurableFiles.copyTree(EXAMPLES.resolve(example), staged);
            Files.createFile(staged.resolve(".ready"));
            Files.move(staged, station.drop().resolve(example));
        }

        assertThat(examples).hasSizeGreaterThan(10)
                .allSatisfy(example -> assertThat(station.accepted(station.awaitDone(example)).queueId()).isNotEmpty());
    }
}
