package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.png;
import static io.github.venicevideo.SampleMedia.seen;
import static io.github.venicevideo.SampleMedia.utf8;
import static io.github.venicevideo.SampleMedia.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a person would drop becomes the request it stands for, and its video. */
@Timeout(300)
class DroppedFormsTest {

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).startImpatient();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @Test
    void aFolderBecomesAVideoAndIsFiledAsItWasDropped() throws Exception {
        byte[] picture = png("folder");
        station.drop("a folder", Map.of("prompt.txt", "From a folder\n", "image.png", picture));

        JsonNode job = station.awaitDone("a folder");

        assertThat(station.accepted(job).request()).isEqualTo(Json.mapper().readTree("""
                {"model": "seedance-2-0-image-to-video", "prompt": "From a folder", "duration": "5s",
                 "image_url": "%s"}""".formatted(seen("image/png", picture))));
        assertThat(station.video("a folder")).isNotEmptyFile();
        assertThat(station.home().resolve("done/a folder/bundle/image.png")).hasBinaryContent(picture);
        assertThat(station.home().resolve("done/a folder/bundle/prompt.txt")).hasContent("From a folder\n");
        assertThat(station.drop().resolve("a folder")).doesNotExist();
    }

    @Test
    void whatAPhotoTellsOfItsPlaceStandsBesideTheVideoToo() throws Exception {
        station.dropReady("located", Map.of("prompt.txt", "Where it was", "holiday.jpg", SampleMedia.photo(400, 320, 1, true)));
        JsonNode job = station.awaitDone("located");
        JsonNode sidecar = Json.mapper().readTree(Files.readAllBytes(station.home().resolve("videos/located.json")));

        for (JsonNode document : List.of(job, sidecar)) {
            assertThat(document.path("notes")).extracting(JsonNode::asText)
                    .anySatisfy(note -> assertThat(note).startsWith("holiday.jpg tells where it was taken (GPS position)"))
                    .contains("holiday.jpg is taken as the first frame (image_url).");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "holiday/"})
    void aZipIsWhatIsInItWithOrWithoutATopFolder(String top) throws Exception {
        String name = top.isEmpty() ? "plain-zip" : "zip-with-top";
        byte[] picture = png(name);
        byte[] zip = zip(Map.of(top + "prompt.txt", "In a " + name, top + "image.png", picture));
        station.dropFile(name + ".zip", zip);

        JsonNode job = station.awaitDone(name);

        assertThat(station.accepted(job).request().path("prompt").asText()).isEqualTo("In a " + name);
        assertThat(station.accepted(job).media("/image_url")).isEqualTo(picture);
        assertThat(station.home().resolve("done").resolve(name).resolve("bundle").resolve(name + ".zip")).hasBinaryContent(zip);
        assertThat(station.video(name)).isNotEmptyFile();
    }

    @Test
    void aJsonFileIsTheRequest() throws Exception {
        String request = """
                {"model": "wan-2-7-text-to-video", "prompt": "From a JSON file", "duration": "3s",
                 "resolution": "720p", "aspect_ratio": "9:16"}""";
        station.dropFile("request-as-json.json", utf8(request));

        JsonNode job = station.awaitDone("request-as-json");

        assertThat(station.accepted(job).request()).isEqualTo(Json.mapper().readTree(request));
        assertThat(station.home().resolve("done/request-as-json/bundle/request-as-json.json")).hasContent(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "yml"})
    void aYamlFileIsTheRequest(String extension) throws Exception {
        String name = "request-as-" + extension;
        station.dropFile(name + "." + extension, utf8("""
                # a comment
                model: wan-2-7-text-to-video
                prompt: From %s
                duration: 3s
                aspect_ratio: 16:9
                """.formatted(extension)));

        JsonNode job = station.awaitDone(name);

        assertThat(station.accepted(job).request()).isEqualTo(Json.mapper().readTree("""
                {"model": "wan-2-7-text-to-video", "prompt": "From %s", "duration": "3s", "aspect_ratio": "16:9"}"""
                .formatted(extension)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"txt", "md"})
    void aTextFileIsJustAPrompt(String extension) throws Exception {
        String name = "prompt-as-" + extension;
        String prompt = "# Dawn\n\nA gondola “at dawn”, " + extension;
        station.dropFile(name + "." + extension, utf8(prompt + "\r\n"));

        JsonNode job = station.awaitDone(name);

        assertThat(station.accepted(job).request()).isEqualTo(Json.mapper().createObjectNode()
                .put("model", "seedance-2-0-text-to-video").put("prompt", prompt).put("duration", "5s")
                .put("aspect_ratio", "16:9"));
    }

    @Test
    void fourTakesAreFourJobsOfOneRequestEachWithItsVideoAndItsFolder() throws Exception {
        station.drop("four", Map.of("request.json", """
                {"prompt": "Four times the same", "bundle": {"takes": 4}}"""));
        station.awaitDone("four");
        List<JsonNode> jobs = new ArrayList<>();
        for (Path done : doneFolders("four", 4)) {
            jobs.add(station.awaitDone(done.getFileName().toString()));
            assertThat(done.resolve("bundle/request.json")).exists();
        }

        assertThat(station.posted("Four times the same")).hasSize(4)
                .extracting(post -> post.json()).containsOnly(Json.mapper().readTree("""
                        {"model": "seedance-2-0-text-to-video", "prompt": "Four times the same", "duration": "5s",
                         "aspect_ratio": "16:9"}"""));
        assertThat(jobs).extracting(job -> job.path("take").asInt()).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(jobs).extracting(job -> job.path("job_id").asText()).doesNotHaveDuplicates();
        assertThat(jobs).extracting(job -> job.path("queue_id").asText()).doesNotHaveDuplicates();
        for (int take = 1; take <= 4; take++) {
            assertThat(station.video("four-take" + take)).isNotEmptyFile();
        }
    }

    @Test
    void aManifestMayNameItsVideoAndItsTakes() throws Exception {
        station.drop("named", Map.of("request.json", """
                {"prompt": "With a name", "bundle": {"name": "{take}. Gondola", "takes": 2}}"""));
        for (Path done : doneFolders("named", 2)) {
            station.awaitDone(done.getFileName().toString());
        }

        assertThat(station.video("1. Gondola")).isNotEmptyFile();
        assertThat(station.video("2. Gondola")).isNotEmptyFile();
    }

    @Test
    void whatSystemsLeaveBehindIsNoContent() throws Exception {
        station.dropFile(".DS_Store", new byte[] {0, 0, 0, 1});
        station.dropFile("upload.part", utf8("half"));
        byte[] picture = png("junk");
        station.drop("with junk", Map.of("prompt.txt", "Junk beside it", "photo of mine.png", picture,
                ".DS_Store", "x", "Thumbs.db", "x", "desktop.ini", "x", "._prompt.txt", "x",
                "__MACOSX/._photo.png", "x"));

        JsonNode job = station.awaitDone("with junk");

        assertThat(station.accepted(job).media("/image_url")).isEqualTo(picture);
        assertThat(station.drop().resolve(".DS_Store")).exists();
        assertThat(station.drop().resolve("upload.part")).exists();
        assertThat(station.ledger().jobs().all()).noneMatch(found -> found.bundle().startsWith("upload"));
    }

    @Test
    void aNameThatIsTakenGetsTheJobsIdAppended() throws Exception {
        station.drop("twice", Map.of("prompt.txt", "The first of that name"));
        JsonNode first = station.awaitDone("twice");
        station.drop("twice", Map.of("prompt.txt", "The second of that name"));
        List<Path> folders = doneFolders("twice", 2);

        Path second = folders.stream().filter(found -> !found.endsWith("twice")).findFirst().orElseThrow();
        JsonNode job = station.awaitDone(second.getFileName().toString());
        String id = job.path("job_id").asText();

        assertThat(second).hasFileName("twice-" + id);
        assertThat(station.video("twice-" + id)).isNotEmptyFile();
        assertThat(station.text("videos/twice.json")).contains(first.path("job_id").asText());
    }

    private static List<Path> doneFolders(String bundle, int count) {
        return await().atMost(Station.PATIENCE).until(() -> {
            try (Stream<Path> folders = Files.list(station.home().resolve("done"))) {
                return folders.filter(path -> path.getFileName().toString().equals(bundle)
                        || path.getFileName().toString().startsWith(bundle + "-2")).toList();
            }
        }, found -> found.size() == count);
    }
}
