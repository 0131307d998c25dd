package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 34 MB of media go out of a JVM that has 64 MB for everything. */
class MemoryIT {

    private static final int ELEMENTS = 20_000_000;

    private static final int EACH = 13_100_000;
    private static final String PROMPT = "Two large pictures become a video";

    @TempDir
    private Path folder;

    @Test
    @Timeout(240)
    void aManifestOfMillionsOfElementsIsRefusedAndWhatLiesBesideIsMade() throws Exception {
        String list = "[" + "[],".repeat(ELEMENTS) + "[]]";
        try (Stage stage = Stage.in(folder)) {
            stage.drop("drop", "json", Map.of("request.json", ("{\"prompt\": \"x\", \"a\": " + list + "}").getBytes(StandardCharsets.US_ASCII)));
            stage.drop("drop", "yaml", Map.of("request.yaml", ("prompt: x\na: " + list).getBytes(StandardCharsets.US_ASCII)));
            stage.drop("drop", "beside", Bundles.text(PROMPT));

            Child child = stage.start(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"), List.of(), List.of());
            stage.awaitQuiet(3, Duration.ofMinutes(2));
            child.kill();

            assertThat(stage.home().resolve("failed/json/ERROR.txt")).content().contains("request.json: is too large");
            assertThat(stage.home().resolve("failed/yaml/ERROR.txt")).content().contains("request.yaml: is too large");
            stage.aftermath().check("beside", PROMPT, End.DELIVERED);
        }
    }

    @Test
    @Timeout(240)
    void largeMediaAreSentInConstantMemory() throws Exception {
        byte[] one = Bundles.jpeg(EACH);
        byte[] other = Bundles.jpeg(EACH + 1);
        Map<String, byte[]> files = Bundles.text(PROMPT);
        files.put("reference_image_1.jpg", one);
        files.put("reference_image_2.jpg", other);
        try (Stage stage = Stage.in(folder)) {
            stage.drop("drop", "large", files);

            Child child = stage.start(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"), List.of(), List.of());
            stage.awaitQuiet(1, Duration.ofMinutes(2));
            child.kill();

            assertThat(stage.sandbox().requests(Call.QUEUE)).hasSize(1);
            assertThat(stage.sandbox().requests(Call.QUEUE).get(0).bodyBytes()).isBetween(34_500_000L, 35_000_000L);
            Aftermath aftermath = stage.aftermath();
            aftermath.check("large", PROMPT, End.DELIVERED);
            AcceptedJob accepted = stage.sandbox().accepted().get(0);
            assertThat(accepted.media("/reference_image_urls/0")).isEqualTo(one);
            assertThat(accepted.media("/reference_image_urls/1")).isEqualTo(other);
        }
    }
}
