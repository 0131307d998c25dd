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
@Timeout(180)
class LostFolderTest {

    @TempDir
    private Path folder;

    @Test
    void isNotMadeAnewAndHasTheVideoOnceItIsBack() throws Exception {
        try (Station station = station().start()) {
            station.dropReady("first", Map.of("prompt.txt", "First"));
            station.awaitDone("first");
            Path away = Files.move(archive(), folder.resolve("away"));
            station.dropReady("second", Map.of("prompt.txt", "Second"));

            awaitSaid(station);
            backAgain(station, away, "second");
        }
    }

    @Test
    void isNotMadeAnewByTheNextProgramEither() throws Exception {
        try (Station station = station().start()) {
            station.dropReady("first", Map.of("prompt.txt", "First"));
            station.awaitDone("first");
            station.stop();
            Path away = Files.move(archive(), folder.resolve("away"));

            station.start().dropReady("second", Map.of("prompt.txt", "Second"));

            awaitSaid(station);
            backAgain(station, away, "second");
        }
    }

    @Test
    void isNotMadeAnewThoughItHadNoVideosYet() throws Exception {
        Files.createDirectory(archive());
        try (Station station = station().start()) {
            Path away = Files.move(archive(), folder.resolve("away"));

            station.dropReady("first", Map.of("prompt.txt", "First"));

            awaitSaid(station);
            backAgain(station, away, "first");
        }
    }

    private Station station() throws Exception {
        return Station.quick(folder).with("venice.destinations.archive", "file:" + archive()).with("venice.delivery.to", "archive");
    }

    private Path archive() {
        return folder.resolve("archive");
    }

    private void awaitSaid(Station station) {
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .flatMap(job -> station.ledger().deliveries().of(job.id()).stream())
                .anyMatch(delivery -> delivery.trouble().orElse("").contains("The folder " + archive() + " was there and is gone")));
        assertThat(archive()).doesNotExist();
    }

    private void backAgain(Station station, Path away, String bundle) throws Exception {
        Files.move(away, archive());
        station.awaitDone(bundle);
        assertThat(archive().resolve(bundle + ".mp4")).isNotEmptyFile();
    }
}
