package io.github.venicevideo.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles move between the work folder and where people look, and each move can be made again. */
class BundleFoldersTest {

    @TempDir
    private Path root;
    private Home home;
    private BundleFolders bundles;

    @BeforeEach
    void prepare() throws Exception {
        home = Home.at(root);
        home.prepare(List.of());
        bundles = new BundleFolders(home);
    }

    @Test
    void aFolderMovesAsItIsWithOurFilesInIt() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);

        Path moved = bundles.moveOut(work, home.failed(), "gondola", ours("1", OwnFiles.ERROR));

        assertThat(moved).isEqualTo(home.failed().resolve("gondola"));
        assertThat(moved.resolve("prompt.txt")).hasContent("A gondola");
        assertThat(moved.resolve(OwnFiles.ERROR)).exists();
        assertThat(BundleFolders.jobOf(moved)).contains("1");
        assertThat(work.droppedEntry()).isEmpty();
    }

    @Test
    void aSingleFileBecomesAFolderWithTheFileInIt() throws Exception {
        WorkFolder work = dropped("1", "gondola.txt", false);

        Path moved = bundles.moveOut(work, home.done(), "gondola", ours("1"));

        assertThat(moved.resolve("gondola.txt")).hasContent("A gondola");
    }

    @Test
    void movingOutTwiceIsMovingOutOnce() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        bundles.moveOut(work, home.done(), "gondola", ours("1"));

        assertThat(bundles.moveOut(work, home.done(), "gondola", ours("1"))).isEqualTo(home.done().resolve("gondola"));
        assertThat(home.done().resolve("gondola-1")).doesNotExist();
    }

    @Test
    void aNameThatAnotherBundleHasGetsTheJobsId() throws Exception {
        bundles.moveOut(dropped("1", "gondola", true), home.done(), "gondola", ours("1"));

        Path second = bundles.moveOut(dropped("2", "gondola", true), home.done(), "gondola", ours("2"));

        assertThat(second).isEqualTo(home.done().resolve("gondola-2"));
        assertThat(BundleFolders.jobOf(home.done().resolve("gondola"))).contains("1");
        assertThat(BundleFolders.jobOf(second)).contains("2");
    }

    @Test
    void whatWeSaidBeforeIsTakenAway() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        bundles.moveOut(work, home.parked(), "gondola", ours("1", OwnFiles.ACTION, OwnFiles.ANSWER_FORM));
        Files.writeString(home.parked().resolve("gondola/answer.json"), "{}");
        bundles.bringBack(work);

        Path done = bundles.moveOut(work, home.done(), "gondola", ours("1"));

        assertThat(done.resolve(OwnFiles.ACTION)).doesNotExist();
        assertThat(done.resolve(OwnFiles.ANSWER_FORM)).doesNotExist();
        assertThat(done.resolve(OwnFiles.ANSWER)).doesNotExist();
        assertThat(done.resolve("prompt.txt")).exists();
    }

    @Test
    void aParkedBundleComesBackAsItWasDropped() throws Exception {
        for (boolean folder : List.of(true, false)) {
            WorkFolder work = dropped(folder ? "1" : "2", folder ? "gondola" : "gondola.txt", folder);
            bundles.moveOut(work, home.parked(), "gondola", ours(work.jobId()));
            assertThat(work.droppedEntry()).isEmpty();

            assertThat(bundles.bringBack(work)).isTrue();
            assertThat(bundles.bringBack(work)).isTrue();

            assertThat(work.droppedEntry()).map(entry -> entry.getFileName().toString())
                    .contains(folder ? "gondola" : "gondola.txt");
            assertThat(home.parked()).isEmptyDirectory();
        }
    }

    @Test
    void aBundleThatIsNowhereIsNotThere() throws Exception {
        assertThat(bundles.bringBack(home.work("none"))).isFalse();
    }

    @Test
    void aJobFileThatCannotBeReadNamesNoJob() throws Exception {
        Path folder = Files.createDirectories(home.parked().resolve("odd"));

        assertThat(BundleFolders.jobOf(folder)).isEmpty();
        Files.writeString(folder.resolve(OwnFiles.JOB), "{half");
        assertThat(BundleFolders.jobOf(folder)).isEmpty();
        Files.writeString(folder.resolve(OwnFiles.JOB), "[]");
        assertThat(BundleFolders.jobOf(folder)).isEmpty();
        Files.delete(folder.resolve(OwnFiles.JOB));
        Files.createDirectory(folder.resolve(OwnFiles.JOB));
        assertThat(BundleFolders.jobOf(folder)).isEmpty();
    }

    private WorkFolder dropped(String jobId, String name, boolean folder) throws Exception {
        WorkFolder work = home.work(jobId);
        Claim.of(jobId, "drop", "gondola", "gondola", folder, Optional.empty(), Instant.EPOCH).write(work);
        Path entry = work.dropped().resolve(name);
        if (folder) {
            Files.createDirectories(entry);
            entry = entry.resolve("prompt.txt");
        }
        Files.writeString(entry, "A gondola");
        return work;
    }

    private static Map<String, byte[]> ours(String jobId, String... others) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String other : others) {
            files.put(other, "ours".getBytes(UTF_8));
        }
        files.put(OwnFiles.JOB, ("{\"job_id\": \"" + jobId + "\"}").getBytes(UTF_8));
        return files;
    }
}
