package io.github.venicevideo.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles move between the work folder and where people look, and each move can be made again. */
class BundleFoldersTest {

    @TempDir
    private Path root;
    private Home home;
    private BundleFolders bundles;
    private KeptRecords records;

    @BeforeEach
    void prepare() throws Exception {
        home = Home.at(root);
        home.prepare(List.of());
        records = new KeptRecords();
        bundles = new BundleFolders(home, new Border(home), records);
    }

    @Test
    void whatWasDroppedLiesInAFolderOfOursWithOurFilesBesideIt() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);

        Path moved = bundles.moveOut(work, home.failed(), "gondola", ours("1", OwnFiles.ERROR));

        assertThat(moved).isEqualTo(home.failed().resolve("gondola"));
        assertThat(moved.resolve("bundle/prompt.txt")).hasContent("A gondola");
        assertThat(moved.toFile().list()).containsExactlyInAnyOrder("bundle", OwnFiles.ERROR, OwnFiles.JOB);
        assertThat(bundles.jobOf(moved)).contains("1");
        assertThat(bundles.of("1")).contains(moved);
        assertThat(work.droppedEntry()).isEmpty();
    }

    @Test
    void aSingleFileLiesInTheFolderUnderItsName() throws Exception {
        Path moved = bundles.moveOut(dropped("1", "gondola.txt", false), home.done(), "gondola", ours("1"));

        assertThat(moved.resolve("bundle/gondola.txt")).hasContent("A gondola");
    }

    @Test
    void movingOutTwiceIsMovingOutOnce() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        bundles.moveOut(work, home.done(), "gondola", ours("1"));

        assertThat(bundles.moveOut(work, home.done(), "gondola", ours("1"))).isEqualTo(home.done().resolve("gondola"));
        assertThat(home.done().resolve("gondola-1")).doesNotExist();
        assertThat(home.done().resolve("gondola/bundle/prompt.txt")).exists();
    }

    @Test
    void aNameThatAnotherBundleHasGetsTheJobsId() throws Exception {
        bundles.moveOut(dropped("1", "gondola", true), home.done(), "gondola", ours("1"));
        Files.createDirectory(home.done().resolve("gondola-2"));

        Path second = bundles.moveOut(dropped("2", "gondola", true), home.done(), "gondola", ours("2"));

        assertThat(second).isEqualTo(home.done().resolve("gondola-2-2"));
        assertThat(bundles.jobOf(home.done().resolve("gondola"))).contains("1");
        assertThat(bundles.jobOf(second)).contains("2");
        assertThat(bundles.jobOf(home.done().resolve("gondola-2"))).isEmpty();
    }

    @Test
    void whatWeSaidBeforeIsTakenAwayAndWhatLiesBesideTheBundleStays() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        Files.writeString(bundles.filing(work).resolve("unverified.mp4.part"), "half a video");
        bundles.moveOut(work, home.parked(), "gondola", ours("1", OwnFiles.ACTION, OwnFiles.ANSWER_FORM));
        Files.writeString(home.parked().resolve("gondola/answer.json"), "{}");
        bundles.bringBack(work);

        Path done = bundles.moveOut(work, home.done(), "gondola", ours("1"));

        assertThat(done.toFile().list()).containsExactlyInAnyOrder("bundle", OwnFiles.JOB, "unverified.mp4.part");
        assertThat(done.resolve("bundle/prompt.txt")).exists();
        assertThat(home.parked()).isEmptyDirectory();
    }

    @Test
    void aParkedBundleThatHasEndedMovesOnWithoutBeingCopied() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        Path parked = bundles.moveOut(work, home.parked(), "gondola", ours("1"));
        Object before = Files.getAttribute(parked.resolve("bundle/prompt.txt"), "fileKey");

        Path failed = bundles.moveOut(work, home.failed(), "gondola", ours("1", OwnFiles.ERROR));

        assertThat(Files.getAttribute(failed.resolve("bundle/prompt.txt"), "fileKey")).isEqualTo(before);
        assertThat(home.parked()).isEmptyDirectory();
    }

    @Test
    void aParkedBundleComesBackAsItWasDropped() throws Exception {
        for (boolean folder : List.of(true, false)) {
            WorkFolder work = dropped(folder ? "1" : "2", folder ? "gondola" : "gondola.txt", folder);
            bundles.moveOut(work, home.parked(), "gondola", ours(work.jobId()));
            assertThat(work.droppedEntry()).isEmpty();
            Files.move(home.parked().resolve("gondola"), home.parked().resolve("another name"));

            assertThat(bundles.bringBack(work)).isTrue();
            assertThat(bundles.bringBack(work)).isTrue();

            assertThat(work.droppedEntry()).map(entry -> entry.getFileName().toString())
                    .contains(folder ? "gondola" : "gondola.txt");
            assertThat(home.parked()).isEmptyDirectory();
            assertThat(work.filing()).doesNotExist();
        }
    }

    @Test
    void aFolderOfBeforeIsCopiedWithoutWhatBelongedToUs() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        Path old = home.parked().resolve("gondola");
        Files.move(work.droppedEntry().orElseThrow(), old);
        for (String name : List.of(OwnFiles.JOB, OwnFiles.ACTION, OwnFiles.ANSWER)) {
            Files.writeString(old.resolve(name), "{\"job_id\": \"1\"}");
        }
        Object before = Files.getAttribute(old.resolve("prompt.txt"), "fileKey");

        assertThat(bundles.jobOf(old)).isEmpty();
        Path parked = bundles.moveOut(work, home.parked(), "gondola", ours("1", OwnFiles.ACTION));

        assertThat(parked).isEqualTo(old);
        assertThat(parked.toFile().list()).containsExactlyInAnyOrder("bundle", OwnFiles.JOB, OwnFiles.ACTION);
        assertThat(parked.resolve("bundle").toFile().list()).containsExactly("prompt.txt");
        assertThat(Files.getAttribute(parked.resolve("bundle/prompt.txt"), "fileKey")).isNotEqualTo(before);
        assertThat(bundles.jobOf(parked)).contains("1");
    }

    @Test
    void whatSomebodyPutsInThePlaceOfAFolderOfOursIsNobodys() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        Path parked = bundles.moveOut(work, home.parked(), "gondola", ours("1"));
        Files.move(parked, root.resolve("taken away"));
        Files.createDirectories(parked.resolve("bundle"));
        Files.writeString(parked.resolve(OwnFiles.JOB), "{\"job_id\": \"1\"}");

        assertThat(bundles.jobOf(parked)).isEmpty();
        assertThat(bundles.bringBack(work)).isFalse();
        bundles.remove("1");
        assertThat(parked).exists();
    }

    @Test
    void aCopyOfAHomeIsKnownByItsSignedDocument() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        ObjectNode document = Json.mapper().createObjectNode().put("job_id", "1");
        new Signatures(home).sign(document);
        Path parked = bundles.moveOut(work, home.parked(), "gondola", Map.of(OwnFiles.JOB, Json.pretty(document)));
        records.record("1", new FolderRecord("parked/gondola", Optional.of("another file system's"), true));

        assertThat(bundles.jobOf(parked)).contains("1");
        assertThat(bundles.bringBack(work)).isTrue();
    }

    @Test
    void whereTheLedgerIsLostTheSignedFolderOfItsNameIsFound() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        ObjectNode document = Json.mapper().createObjectNode().put("job_id", "1");
        new Signatures(home).sign(document);
        bundles.moveOut(work, home.parked(), "gondola", Map.of(OwnFiles.JOB, Json.pretty(document)));
        records.clear();

        assertThat(bundles.bringBack(work)).isTrue();
        assertThat(work.droppedEntry().orElseThrow().resolve("prompt.txt")).exists();
        assertThat(home.parked()).isEmptyDirectory();
    }

    @Test
    void aLinkOrAPipeInTheBundleIsLeftOutWhenItComesBack() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        Path parked = bundles.moveOut(work, home.parked(), "gondola", ours("1"));
        Path secret = Files.writeString(root.resolve("secret"), "as it was");
        Files.delete(parked.resolve("bundle/prompt.txt"));
        Files.createSymbolicLink(parked.resolve("bundle/prompt.txt"), secret);

        assertThat(bundles.bringBack(work)).isTrue();

        assertThat(Files.exists(work.droppedEntry().orElseThrow().resolve("prompt.txt"), LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(secret).hasContent("as it was");
    }

    @Test
    void itIsNeverMoreOpenThanWhatWasDropped() throws Exception {
        assumeTrue(Files.getFileAttributeView(root, PosixFileAttributeView.class) != null);
        WorkFolder open = dropped("1", "gondola", true);
        Modes.setLike(open.droppedEntry().orElseThrow(), Modes.FOLDER, Modes.FOLDER);
        Modes.setLike(open.droppedEntry().orElseThrow().resolve("prompt.txt"), Modes.FILE, Modes.FILE);
        WorkFolder closed = dropped("2", "boat", true);
        Modes.setLike(closed.droppedEntry().orElseThrow().resolve("prompt.txt"), Set.of(), Modes.FILE);

        Path one = bundles.moveOut(open, home.done(), "gondola", ours("1"));
        Path other = bundles.moveOut(closed, home.done(), "boat", ours("2"));

        assertThat(mode(one)).isEqualTo("3750");
        assertThat(mode(one.resolve(OwnFiles.JOB))).isEqualTo("640");
        assertThat(mode(one.resolve("bundle/prompt.txt"))).isEqualTo("640");
        assertThat(mode(other)).isEqualTo("3700");
        assertThat(mode(other.resolve("bundle/prompt.txt"))).isEqualTo("600");
    }

    @Test
    void aGroupThatMayWriteToTheFolderAboveMayPutAnAnswerThere() throws Exception {
        assumeTrue(Files.getFileAttributeView(root, PosixFileAttributeView.class) != null);
        Files.setPosixFilePermissions(home.parked(), PosixFilePermissions.fromString("rwxrwx---"));
        WorkFolder work = dropped("1", "gondola", true);
        Modes.setLike(work.droppedEntry().orElseThrow(), Modes.FOLDER, Modes.FOLDER);
        Modes.setLike(work.droppedEntry().orElseThrow().resolve("prompt.txt"), Modes.FILE, Modes.FILE);

        assertThat(mode(bundles.moveOut(work, home.parked(), "gondola", ours("1")))).isEqualTo("3770");
    }

    @Test
    void aMoveThatWasCutOffIsMadeAgain() throws Exception {
        WorkFolder work = dropped("1", "gondola", true);
        records.failOnce();
        assertThatThrownBy(() -> bundles.moveOut(work, home.parked(), "gondola", ours("1"))).isInstanceOf(IllegalStateException.class);
        assertThat(home.parked()).isEmptyDirectory();

        // Recorded and not renamed, and somebody else's folder in its place by now.
        records.record("1", FolderRecord.ours(home.parked().resolve("gondola"), FolderRecord.keyOf(work.filing())));
        Files.createDirectories(home.parked().resolve("gondola/bundle"));
        Path parked = bundles.moveOut(work, home.parked(), "gondola", ours("1"));

        assertThat(parked).isEqualTo(home.parked().resolve("gondola-1"));
        assertThat(parked.resolve("bundle/prompt.txt")).hasContent("A gondola");
        assertThat(bundles.jobOf(parked)).contains("1");
    }

    @Test
    void aReturnThatWasCutOffAnywhereGoesOn() throws Exception {
        for (int steps = 1; steps <= 3; steps++) {
            String id = String.valueOf(steps);
            WorkFolder work = dropped(id, "gondola", true);
            Path parked = bundles.moveOut(work, home.parked(), "gondola", ours(id));
            Files.move(parked, work.filing());
            if (steps > 1) {
                new Border(home).claim(work.filing().resolve(BundleFolders.BUNDLE), work, "gondola");
            }
            if (steps > 2) {
                new Border(home).takeOver(work);
            }

            assertThat(bundles.bringBack(work)).as("cut off after %s steps", steps).isTrue();

            assertThat(work.droppedEntry().orElseThrow().resolve("prompt.txt")).hasContent("A gondola");
            assertThat(work.filing()).doesNotExist();
            assertThat(work.claimed()).doesNotExist();
        }
    }

    @Test
    void aBundleThatIsNowhereIsNotThere() throws Exception {
        assertThat(bundles.bringBack(home.work("none"))).isFalse();
    }

    @Test
    void aDocumentThatCannotBeReadSaysNothing() throws Exception {
        Path folder = Files.createDirectories(home.parked().resolve("odd"));

        assertThat(BundleFolders.document(folder)).isEmpty();
        Files.writeString(folder.resolve(OwnFiles.JOB), "{half");
        assertThat(BundleFolders.document(folder)).isEmpty();
        Files.write(folder.resolve(OwnFiles.JOB), new byte[2_000_000]);
        assertThat(BundleFolders.document(folder)).isEmpty();
        Files.delete(folder.resolve(OwnFiles.JOB));
        Files.createSymbolicLink(folder.resolve(OwnFiles.JOB), Files.writeString(root.resolve("elsewhere"), "{}"));
        assertThat(BundleFolders.document(folder)).isEmpty();
        Files.delete(folder.resolve(OwnFiles.JOB));
        Files.createDirectory(folder.resolve(OwnFiles.JOB));
        assertThat(BundleFolders.document(folder)).isEmpty();
    }

    private static String mode(Path path) throws Exception {
        return Integer.toOctalString((Integer) Files.getAttribute(path, "unix:mode") & 07777);
    }

    private WorkFolder dropped(String jobId, String name, boolean folder) throws Exception {
        WorkFolder work = home.work(jobId);
        Claim.of(jobId, "drop", "gondola", name, folder, Optional.empty(), Instant.EPOCH).write(work);
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
