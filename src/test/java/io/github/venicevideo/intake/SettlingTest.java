package io.github.venicevideo.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.settings.Settings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle is seen once nothing in it has changed for a while, by one of its files. */
class SettlingTest {

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration PROMPT_ONLY = Duration.ofSeconds(30);

    @TempDir
    private Path drop;
    private final MovableClock clock = new MovableClock();
    private Settling settling;

    @BeforeEach
    void prepare() {
        settling = new Settling(clock, Settings.packaged().with(Map.of("venice.drop.settle", "2s",
                "venice.drop.settle-prompt-only", "30s")));
    }

    @Test
    void aNameThatThePlatformCannotSpellIsLeftThere() {
        GenericFile<File> file = new GenericFile<>();
        file.setEndpointPath(".");
        file.setRelativeFilePath("gon\0dola.txt");

        assertThat(settling.accept(file)).isFalse();
    }

    @Test
    void aBundleWithMediaIsTakenAfterTheQuietTime() throws Exception {
        write("gondola/prompt.txt", "A gondola");
        write("gondola/image.png", "x");

        assertThat(seenAfter(Duration.ZERO)).isEmpty();
        assertThat(seenAfter(SETTLE.minusMillis(1))).isEmpty();
        assertThat(seenAfter(Duration.ofMillis(300))).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackBeginsTheQuietTimeAnew() throws Exception {
        write("gondola/image.png", "x");

        assertThat(seenAfter(Duration.ZERO)).isEmpty();
        assertThat(seenAfter(Duration.ofHours(-1))).isEmpty();
        assertThat(seenAfter(SETTLE)).hasSize(1);
    }

    @Test
    void everyChangeBeginsTheQuietTimeAnew() throws Exception {
        write("gondola/image.png", "x");
        look();
        clock.advance(Duration.ofMillis(1_500));
        write("gondola/image.png", "xx");
        assertThat(look()).isEmpty();
        clock.advance(Duration.ofMillis(1_500));
        write("gondola/end_image.png", "y");
        assertThat(look()).isEmpty();

        assertThat(seenAfter(Duration.ofMillis(1_500))).isEmpty();
        assertThat(seenAfter(Duration.ofMillis(500))).hasSize(1);
    }

    @Test
    void aChangeThatKeepsTheSizeCountsToo() throws Exception {
        Path image = write("gondola/image.png", "x");
        look();
        clock.advance(Duration.ofMillis(1_500));
        Files.setLastModifiedTime(image, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        look();

        assertThat(seenAfter(Duration.ofMillis(1_500))).isEmpty();
    }

    @Test
    void aFolderOfTextsAloneWaitsForItsPictures() throws Exception {
        write("gondola/prompt.txt", "A gondola");
        write("gondola/request.yaml", "duration: 5s");
        look();

        assertThat(seenAfter(Duration.ofSeconds(29))).isEmpty();
        assertThat(seenAfter(Duration.ofSeconds(1))).hasSize(1);
    }

    @Test
    void aSingleTextFileDoesNotWaitForPictures() throws Exception {
        write("gondola.txt", "A gondola");
        look();

        assertThat(seenAfter(SETTLE)).containsExactly("gondola.txt");
    }

    @Test
    void aReadyFileTakesItAtOnce() throws Exception {
        write("gondola/prompt.txt", "A gondola");
        write("gondola/.ready", "");

        assertThat(look()).containsExactly("gondola/prompt.txt");
    }

    @Test
    void aReadyFileAloneIsNoBundle() throws Exception {
        write("gondola/.ready", "");
        Files.createDirectories(drop.resolve("empty"));
        look();

        assertThat(seenAfter(PROMPT_ONLY)).isEmpty();
    }

    @Test
    void leavingsAreNeitherSeenNorWaitedFor() throws Exception {
        write(".DS_Store", "x");
        write("upload.part", "x");
        write("gondola/image.png", "x");
        write("gondola/more.png.tmp", "x");
        look();
        clock.advance(Duration.ofMillis(1_500));
        write("gondola/more.png.tmp", "xxxx");
        look();

        assertThat(seenAfter(Duration.ofMillis(500))).containsExactly("gondola/image.png");
    }

    @Test
    void onlyOneOfABundlesFilesIsSeenAndNeighboursDoNotWaitForEachOther() throws Exception {
        write("a/image.png", "x");
        write("a/deep/er/reference.png", "x");
        look();
        clock.advance(Duration.ofMillis(1_500));
        write("b/image.png", "x");
        look();

        assertThat(seenAfter(Duration.ofMillis(500))).containsExactly("a/deep/er/reference.png");
        assertThat(seenAfter(Duration.ofMillis(1_500))).containsExactlyInAnyOrder("a/deep/er/reference.png", "b/image.png");
    }

    @Test
    void aBundleThatWentAwayAndCameBackWaitsAnew() throws Exception {
        Path image = write("gondola/image.png", "x");
        look();
        Files.delete(image);
        Files.delete(image.getParent());
        clock.advance(Duration.ofMinutes(2));
        write("gondola/image.png", "x");

        assertThat(look()).isEmpty();
    }

    private List<String> seenAfter(Duration time) throws Exception {
        clock.advance(time);
        return look();
    }

    /** What a file consumer does: it asks about each folder and each file. */
    private List<String> look() throws Exception {
        List<String> seen = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(drop)) {
            for (Path path : (Iterable<Path>) paths.skip(1)::iterator) {
                boolean accepted = settling.accept(file(path));
                if (Files.isRegularFile(path) && accepted) {
                    seen.add(drop.relativize(path).toString());
                }
            }
        }
        return seen;
    }

    private GenericFile<File> file(Path path) {
        GenericFile<File> file = new GenericFile<>();
        file.setEndpointPath(drop.toString());
        file.setRelativeFilePath(drop.relativize(path).toString());
        file.setDirectory(Files.isDirectory(path));
        return file;
    }

    private Path write(String name, String text) throws Exception {
        Path file = drop.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
