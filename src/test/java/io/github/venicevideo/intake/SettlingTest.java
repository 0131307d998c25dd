package io.github.venicevideo.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Looks;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.settings.Settings;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle is seen once nothing in it has changed for a while, by one of its files. */
class SettlingTest {

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration PROMPT_ONLY = Duration.ofSeconds(30);

    @TempDir
    private Path drop;
    @TempDir
    private Path home;
    private final MovableClock clock = new MovableClock();
    private Looks looks;
    private Stays stays;
    private Settling settling;

    @BeforeEach
    void prepare() {
        Settings settings = Settings.packaged().with(Map.of("venice.drop.settle", "2s",
                "venice.drop.settle-prompt-only", "30s", "venice.drops.drop.folder", drop.toString()));
        looks = new Looks(clock);
        stays = new Stays(Home.at(home));
        settling = new Settling(new Drops(settings, home), looks, stays, clock, settings);
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
    void aReadyFileTakesItOnceTwoLooksHalfASecondApartAreEqual() throws Exception {
        write("gondola/prompt.txt", "A gondola");
        write("gondola/.ready", "");

        assertThat(look()).isEmpty();
        assertThat(seenAfter(Duration.ofMillis(499))).isEmpty();
        write("gondola/image.png", "x");
        assertThat(seenAfter(Duration.ofMillis(1))).isEmpty();
        assertThat(seenAfter(Duration.ofMillis(500))).containsExactly("gondola");
    }

    @Test
    void aReadyFileAloneIsNoBundle() throws Exception {
        write("gondola/.ready", "");
        Files.createDirectories(drop.resolve("empty"));
        look();

        assertThat(seenAfter(PROMPT_ONLY)).isEmpty();
    }

    @Test
    void leavingsAreNoBundlesAndHoldOneForAWhileOnly() throws Exception {
        write(".DS_Store", "x");
        write("gondola/image.png", "x");
        write("gondola/.DS_Store", "x");
        look();
        for (int second = 1; second < 30; second++) {
            write("gondola/.DS_Store", "x".repeat(second + 1));
            assertThat(seenAfter(Duration.ofSeconds(1))).isEmpty();
        }
        write("gondola/.DS_Store", "x".repeat(100));

        assertThat(seenAfter(Duration.ofSeconds(1))).containsExactly("gondola");
    }

    @ParameterizedTest
    @ValueSource(strings = {"end_image.png.part", "end_image.png.1a2b3c4d.partial", "end.filepart", "e.crdownload", "e.download",
            "end_image.png.tmp", "e.!sync", "e.opdownload", ".end_image.png.Xk2f9Q", ".syncthing.end.png.tmp",
            "~syncthing~end.png.tmp", "~WRD0001.tmp"})
    void anUnfinishedCopyIsWaitedForAndSaidAfterTenMinutes(String name) throws Exception {
        write("gondola/image.png", "x");
        Path copy = write("gondola/" + name, "x");
        write(name, "x");
        look();

        assertThat(seenAfter(Duration.ofMinutes(9))).isEmpty();
        assertThat(stays.sentences()).isEmpty();
        assertThat(seenAfter(Duration.ofMinutes(2))).isEmpty();
        assertThat(stays.sentences()).hasSize(2).allMatch(sentence -> sentence.contains("a copy that is not finished"));

        Files.move(copy, copy.resolveSibling("end_image.png"));
        look();
        assertThat(seenAfter(SETTLE)).containsExactly("gondola");
    }

    @Test
    void aStandInIsNoCopyThatIsUnderWay() throws Exception {
        write("gondola/prompt.txt", "A gondola");
        write("gondola/.image.png.icloud", "bplist00");
        look();

        assertThat(seenAfter(SETTLE)).hasSize(1);
    }

    @Test
    void namesThatOnlyResembleUnfinishedOnesAreBundlesOfTheirOwn() throws Exception {
        for (String name : List.of("the.part.txt", "download.txt", "tmp", "party.txt")) {
            write(name.equals("tmp") ? "tmp/prompt.txt" : name, "x");
        }
        look();

        assertThat(seenAfter(PROMPT_ONLY)).containsExactlyInAnyOrder("the.part.txt", "download.txt", "tmp", "party.txt");
    }

    @Test
    void neighboursDoNotWaitForEachOther() throws Exception {
        write("a/image.png", "x");
        write("a/deep/er/reference.png", "x");
        look();
        clock.advance(Duration.ofMillis(1_500));
        write("b/image.png", "x");
        look();

        assertThat(seenAfter(Duration.ofMillis(500))).containsExactly("a");
        assertThat(seenAfter(Duration.ofMillis(1_500))).containsExactly("a", "b");
    }

    @Test
    void linksAreBundlesOfTheirOwnAndNeverFollowed() throws Exception {
        Files.createDirectories(home.resolve("elsewhere/deep"));
        Files.createSymbolicLink(drop.resolve("shortcut"), home.resolve("elsewhere"));
        write("gondola/image.png", "x");
        Files.createSymbolicLink(drop.resolve("gondola/myself"), drop.resolve("gondola"));
        Files.createSymbolicLink(drop.resolve("gondola/all"), drop);
        look();
        Files.writeString(home.resolve("elsewhere/deep/image.png"), "x");

        assertThat(seenAfter(SETTLE)).containsExactly("gondola", "shortcut");
    }

    @Test
    void whatStaysIsSaidWithItsReasonAndNoLongerWhenItIsGone() throws Exception {
        Path empty = Files.createDirectories(drop.resolve("empty\u001b[31m"));
        write("ready/.ready", "");
        assertThat(new ProcessBuilder("mkfifo", drop.resolve("pipe").toString()).start().waitFor()).isZero();
        look();
        assertThat(seenAfter(Duration.ofMinutes(9))).isEmpty();
        assertThat(stays.sentences()).isEmpty();

        assertThat(seenAfter(Duration.ofMinutes(1))).isEmpty();

        assertThat(stays.sentences()).hasSize(3).anyMatch(sentence -> sentence.startsWith("pipe stays in drop: it is a pipe"))
                .anyMatch(sentence -> sentence.startsWith("empty_[31m stays in drop: it holds nothing"));
        assertThat(Stays.read(Home.at(home))).isEqualTo(stays.sentences());
        Files.delete(empty);
        assertThat(look()).isEmpty();
        assertThat(stays.sentences()).hasSize(2);
    }

    @Test
    void moreThanCanBeTakenStaysAndIsSaidAtOnce() throws Exception {
        write("deep/" + "a/".repeat(40) + "image.png", "x");

        assertThat(look()).isEmpty();
        assertThat(seenAfter(SETTLE)).isEmpty();

        assertThat(stays.sentences()).hasSize(1).allMatch(sentence -> sentence.contains("at most 10000 files"));
    }

    @Test
    void aFileOfNothingThatIsLargerThanAnyMediumStaysAndHoldsUpNobody() throws Exception {
        write("gondola/prompt.txt", "A gondola");
        try (RandomAccessFile nothing = new RandomAccessFile(drop.resolve("gondola/image.png").toFile(), "rw")) {
            nothing.setLength(3_000_000_000L);
        }
        write("beside/image.png", "x");
        look();

        assertThat(seenAfter(SETTLE)).hasSize(1);
        assertThat(stays.sentences()).singleElement().asString().startsWith("gondola stays in drop").contains("600 MB in all");
    }

    @Test
    void aNameThatCannotBeSpelledStaysAndIsNamed() throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "touch \"$(printf 'b\\377d.txt')\"").directory(drop.toFile()).start().waitFor()).isZero();
        write("beside/image.png", "x");
        look();

        assertThat(seenAfter(SETTLE)).hasSize(1);
        assertThat(stays.sentences()).singleElement().asString().startsWith("b").contains("d.txt stays in drop")
                .contains("start the program in a UTF-8 locale");
    }

    @Test
    void aFolderThatCannotBeLookedThroughIsOverdueAfterAMinute() throws Exception {
        look();
        Path away = Files.move(drop, home.resolve("away"));
        look();
        clock.advance(Duration.ofSeconds(61));
        look();

        assertThat(looks.overdue()).hasValueSatisfying(sentence -> assertThat(sentence).contains("The folder drop"));
        Files.move(away, drop);
        look();
        assertThat(looks.overdue()).isEmpty();
    }

    @Test
    void tenThousandBundlesAreLookedThroughInWellUnderASecond() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(Files.createDirectory(drop.resolve("b" + i)).resolve("image.png"));
        }
        look();
        clock.advance(SETTLE);

        // Of this thread alone: others may have the machine meanwhile. A look at all for each of them took 6 s.
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        long begin = cpu.getCurrentThreadCpuTime();
        assertThat(look()).hasSize(50);
        assertThat(Duration.ofNanos(cpu.getCurrentThreadCpuTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void asManyAreHandedOutAsAreTakenInMeanwhile() throws Exception {
        for (int i = 0; i < 600; i++) {
            Files.createFile(drop.resolve("b" + i + ".txt"));
        }
        look();

        assertThat(seenAfter(SETTLE)).hasSize(50);
        assertThat(seenAfter(Duration.ofMillis(500))).as("all taken in at once").hasSize(100);
        assertThat(seenAfter(Duration.ofMillis(500))).hasSize(200);
        assertThat(seenAfter(Duration.ofSeconds(4))).as("too many to be through soon").hasSize(100);
    }

    @Test
    void aBundleThatWentAwayAndCameBackWaitsAnew() throws Exception {
        Path image = write("gondola/image.png", "x");
        look();
        Files.delete(image);
        Files.delete(image.getParent());
        clock.advance(Duration.ofMinutes(2));
        // Of another size: a file system may give the same file key and, within one tick of its clock, the same time again.
        write("gondola/image.png", "xy");

        assertThat(look()).isEmpty();
    }

    private List<String> seenAfter(Duration time) throws Exception {
        clock.advance(time);
        return look();
    }

    private List<String> look() {
        return settling.look("drop").stream().map(Settled::entry).toList();
    }

    private Path write(String name, String text) throws Exception {
        Path file = drop.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
