package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A destination's folder that is gone may lie on a mount that is lost: what is put where it was would be found by nobody. */
@Timeout(90)
class LostFolderTest {

    @TempDir
    private Path folder;

    @Test
    void isNotMadeAnewAndHasTheVideoOnceItIsBack() throws Exception {
        Path archive = folder.resolve("archive");
        try (Station station = Station.quick(folder).with("venice.destinations.archive", "file:" + archive)
                .with("venice.delivery.to", "archive").start()) {
            station.dropReady("first", Map.of("prompt.txt", "First"));
            station.awaitDone("first");
            Path away = Files.move(archive, folder.resolve("away"));
            station.dropReady("second", Map.of("prompt.txt", "Second"));

            await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                    .flatMap(job -> station.ledger().deliveries().of(job.id()).stream())
                    .anyMatch(delivery -> delivery.trouble().orElse("").contains("The folder " + archive + " was there and is gone")));
            assertThat(archive).doesNotExist();
            Files.move(away, archive);
            station.awaitDone("second");
            assertThat(archive.resolve("second.mp4")).isNotEmptyFile();
        }
    }
}
