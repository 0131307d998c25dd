package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drop folders may be several, each with defaults and destinations of its own; a bundle's own word wins. */
@Timeout(300)
class NamedDropsTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        Path archive = folder.resolve("archive");
        station = Station.in(folder)
                .with("venice.drops", "drop, draft, final")
                .with("venice.drops.draft.defaults.model.text", "wan-2-7-text-to-video")
                .with("venice.drops.draft.defaults.duration", "2s")
                .with("venice.drops.draft.defaults.aspect-ratio", "9:16")
                .with("venice.drops.final.folder", folder.resolve("share/final").toString())
                .with("venice.drops.final.deliver-to", "videos,archive")
                .with("venice.destinations.archive", "file:" + archive + "?tempPrefix=.part-");
        station.startImpatient();
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void eachFolderHasItsDefaultsAndItsDestinations() throws Exception {
        station.dropReady("plain", Map.of("prompt.txt", "Plain"));
        dropInto(station.home().resolve("draft"), "sketch", Map.of("prompt.txt", "Sketch"));
        dropInto(station.home().resolve("draft"), "longer", Map.of("request.json",
                "{\"prompt\": \"Longer\", \"duration\": \"3s\"}"));
        dropInto(folder.resolve("share/final"), "masterpiece", Map.of("prompt.txt", "Masterpiece"));
        dropInto(folder.resolve("share/final"), "only here", Map.of("request.json",
                "{\"prompt\": \"Only here\", \"bundle\": {\"deliver_to\": [\"archive\"]}}"));
        dropInto(folder.resolve("share/final"), "nowhere", Map.of("request.json",
                "{\"prompt\": \"Nowhere\", \"bundle\": {\"deliver_to\": [\"s3\"]}}"));

        JsonNode plain = station.accepted(station.awaitDone("plain")).request();
        JsonNode sketch = station.accepted(station.awaitDone("sketch")).request();
        JsonNode longer = station.accepted(station.awaitDone("longer")).request();
        JsonNode masterpiece = station.awaitDone("masterpiece");
        station.awaitDone("only here");
        station.awaitFailed("nowhere");

        assertThat(plain.path("model").asText()).isEqualTo("seedance-2-0-text-to-video");
        assertThat(plain.path("duration").asText()).isEqualTo("5s");
        assertThat(plain.path("aspect_ratio").asText()).isEqualTo("16:9");
        assertThat(sketch.path("model").asText()).isEqualTo("wan-2-7-text-to-video");
        assertThat(sketch.path("duration").asText()).isEqualTo("2s");
        assertThat(sketch.path("aspect_ratio").asText()).isEqualTo("9:16");
        assertThat(longer.path("duration").asText()).isEqualTo("3s");
        assertThat(masterpiece.path("drop").asText()).isEqualTo("final");
        assertThat(masterpiece.path("delivered_to")).hasSize(2);
        assertThat(station.video("masterpiece")).isNotEmptyFile();
        assertThat(folder.resolve("archive/masterpiece.mp4")).hasSameBinaryContentAs(station.video("masterpiece"));
        assertThat(folder.resolve("archive/masterpiece.json")).isNotEmptyFile();
        assertThat(folder.resolve("archive/only here.mp4")).isNotEmptyFile();
        assertThat(station.video("only here")).doesNotExist();
        assertThat(station.text("failed/nowhere/ERROR.txt")).contains("archive").contains("videos");
    }

    private void dropInto(Path drop, String bundle, Map<String, String> files) throws Exception {
        station.dropReady("." + bundle, files);
        Files.move(station.drop().resolve("." + bundle), drop.resolve(bundle));
    }
}
