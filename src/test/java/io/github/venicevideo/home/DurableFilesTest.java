package io.github.venicevideo.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write into a folder that others write to as well reaches that folder, and nothing else. */
@Timeout(180)
class DurableFilesTest {

    private static final long SMALL_STACK = 200_000;
    private static final byte[] OURS = "ours".getBytes(UTF_8);

    @TempDir
    private Path root;
    private Path folder;
    private Path secret;

    @BeforeEach
    void prepare() throws Exception {
        folder = Files.createDirectory(root.resolve("shared"));
        secret = Files.writeString(root.resolve("secret"), "as it was");
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.json", ".job.json.tmp"})
    void aLinkInItsPlaceOrInThatOfATemporaryFileIsNotFollowed(String name) throws Exception {
        Files.createSymbolicLink(folder.resolve(name), secret);

        DurableFiles.write(folder.resolve("job.json"), OURS);

        assertThat(secret).hasContent("as it was");
        assertThat(folder.resolve("job.json")).isRegularFile().hasContent("ours");
        assertThat(Files.isSymbolicLink(folder.resolve("job.json"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.json", ".job.json.tmp"})
    void aPipeInItsPlaceOrInThatOfATemporaryFileIsNotOpened(String name) throws Exception {
        pipe(folder.resolve(name));

        DurableFiles.write(folder.resolve("job.json"), OURS);

        assertThat(folder.resolve("job.json")).isRegularFile().hasContent("ours");
    }

    @Test
    void aFolderInItsPlaceIsRemovedAndWhatItsLinksLeadToStays() throws Exception {
        Path inPlace = Files.createDirectories(folder.resolve("job.json/deep"));
        Files.createSymbolicLink(inPlace.resolve("link"), secret);
        Files.createSymbolicLink(inPlace.resolve("root"), root);

        DurableFiles.write(folder.resolve("job.json"), OURS);

        assertThat(folder.resolve("job.json")).isRegularFile().hasContent("ours");
        assertThat(secret).hasContent("as it was");
    }

    @Test
    void nothingButTheFileIsLeft() throws Exception {
        DurableFiles.write(folder.resolve("job.json"), OURS);
        DurableFiles.write(folder.resolve("job.json"), "again".getBytes(UTF_8));

        assertThat(names()).containsExactly("job.json");
        assertThat(folder.resolve("job.json")).hasContent("again");
    }

    @Test
    void whatCannotBeWrittenLeavesNothing() throws Exception {
        Path target = folder.resolve("missing/job.json");

        assertThatThrownBy(() -> DurableFiles.write(target, OURS)).isInstanceOf(IOException.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void whatAKillLeftIsSweptAndWhatSomebodyIsWritingIsNot() throws Exception {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        for (String name : List.of(".venice-left.tmp", ".venice-new.tmp", "theirs.tmp")) {
            Files.createFile(folder.resolve(name));
            Files.setLastModifiedTime(folder.resolve(name), FileTime.from(now.minus(Duration.ofDays(2))));
        }
        Files.setLastModifiedTime(folder.resolve(".venice-new.tmp"), FileTime.from(now.minusSeconds(5)));
        Files.createSymbolicLink(folder.resolve(".venice-link.tmp"), secret);
        Files.createDirectory(folder.resolve(".venice-folder.tmp"));

        DurableFiles.sweep(folder, now.minus(Duration.ofDays(1)));

        assertThat(names()).containsExactlyInAnyOrder(".venice-new.tmp", "theirs.tmp", ".venice-link.tmp", ".venice-folder.tmp");
    }

    /** Deeper than a thread with a small stack can go, and than many folders can be open at a time. */
    @Test
    void aTreeOfAnyDepthIsRemoved() throws Exception {
        Path tree = folder.resolve("tree");
        for (int piece = 0; piece < 12; piece++) {
            Path top = folder.resolve("top");
            Path bottom = Files.createDirectories(top.resolve("a/".repeat(100)));
            if (piece > 0) {
                Files.move(tree, bottom.resolve("a"));
            }
            Files.writeString(bottom.resolve("file"), "x");
            Files.move(top, tree);
        }
        Files.writeString(folder.resolve("kept"), "x");

        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread remover = new Thread(null, () -> failure.set(catchThrowable(() -> DurableFiles.deleteTree(tree))), "remover", SMALL_STACK);
        remover.start();
        remover.join();

        assertThat(failure).hasNullValue();
        assertThat(folder).isDirectoryContaining("glob:**/kept").isDirectoryNotContaining("glob:**/{tree,.deep-*}");
    }

    @Test
    void copyingATreeFollowsNoLink() throws Exception {
        Files.writeString(folder.resolve("prompt.txt"), "A gondola");
        Files.createSymbolicLink(folder.resolve("link"), secret);
        Path target = root.resolve("copy");

        DurableFiles.copyTree(folder, target);

        assertThat(target.resolve("prompt.txt")).hasContent("A gondola");
        assertThat(Files.exists(target.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private static void pipe(Path path) throws Exception {
        Process mkfifo;
        try {
            mkfifo = new ProcessBuilder("mkfifo", path.toString()).start();
        } catch (IOException e) {
            assumeTrue(false, "There is no mkfifo here");
            return;
        }
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(mkfifo.exitValue()).isZero();
    }
}
