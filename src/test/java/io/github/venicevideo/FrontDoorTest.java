package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class FrontDoorTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        station = Station.in(folder).start();
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void aPromptBecomesAVideo() throws Exception {
        station.drop("gondola", Map.of("prompt.txt", "A gondola at dawn"));

        JsonNode job = station.awaitDone("gondola");

        assertThat(job.path("state").asText()).isEqualTo("delivered");
        assertThat(station.video("gondola")).exists();
        JsonNode sidecar = Json.mapper().readTree(Files.readAllBytes(station.home().resolve("videos/gondola.json")));
        assertThat(sidecar.at("/request/prompt").asText()).isEqualTo("A gondola at dawn");
        assertThat(station.sandbox().accepted()).hasSize(1);
    }

    @Test
    void whatLetsOthersFetchAMediumIsNotDeliveredWithTheVideo() throws Exception {
        String url = "https://user:hunter2@media.example.com/boat.png?X-Amz-Signature=abc&X-Amz-Expires=60#top";
        station.dropReady("boat", Map.of("request.json", "{\"prompt\": \"A boat\", \"image_url\": \"" + url + "\"}"));

        JsonNode job = station.awaitDone("boat");

        assertThat(station.accepted(job).request().path("image_url").asText()).isEqualTo(url);
        String sidecar = station.text("videos/boat.json");
        assertThat(sidecar).doesNotContain("hunter2", "Signature", "Expires");
        assertThat(Json.mapper().readTree(sidecar).at("/request/image_url").asText())
                .isEqualTo("https://media.example.com/boat.png?...");
    }
}
