package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bundle that takes more memory than there is ends the program, but not at each of its starts. */
class DeadlyBundleIT {

    private static final List<String> LITTLE_MEMORY = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
    private static final int OUT_OF_MEMORY = 3;

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void whatTheProgramDiesOfIsSetAsideAndTheOthersAreMade() throws Exception {
        try (Stage stage = Stage.in(folder)) {
            Path drop = Files.createDirectories(stage.home().resolve("drop"));
            Files.writeString(drop.resolve("deadly.json"), "{\"prompt\": \"p\", \"image_url\": \"data:image/png;base64,"
                    + "A".repeat(60_000_000) + "\"}", StandardCharsets.US_ASCII);

            int deaths = 0;
            Child child = stage.launch(LITTLE_MEMORY);
            while (deaths < 4 && child.await(line -> line.contains("is not read again"), Duration.ofSeconds(60)).isEmpty()) {
                assertThat(child.awaitExit(Duration.ofSeconds(1))).as(child.output()).isEqualTo(OUT_OF_MEMORY);
                deaths++;
                child = stage.launch(LITTLE_MEMORY);
            }
            stage.drop("drop", "good", Bundles.text("A quiet canal"));
            stage.awaitQuiet(2, Duration.ofMinutes(1));
            child.kill();

            assertThat(deaths).isEqualTo(3);
            assertThat(stage.home().resolve("failed/deadly/ERROR.txt")).content().contains("give the program more memory");
            stage.aftermath().check("good", "A quiet canal", End.DELIVERED);
        }
    }
}
