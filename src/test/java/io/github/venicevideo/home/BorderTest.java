package io.github.venicevideo.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others can write to is copied in, and never opened again. */
@Timeout(180)
class BorderTest {

    private static final String ENTRY = "gondola";

    @TempDir
    private Path folder;
    private Home home;
    private WorkFolder work;
    private Path drop;
    private Border border;

    @BeforeEach
    void prepare() throws IOException {
        home = Home.at(folder.resolve("home"));
        work = home.work("20260101-000000-one");
        drop = Files.createDirectories(folder.resolve("drop"));
        border = new Border(home, new BorderLimits(20, 4, 100_000));
    }

    @Test
    void aFolderIsCopiedWithItsDigestsAndNothingOfTheOriginalIsLeft() throws IOException {
        write("prompt.txt", "A gondola");
        write("deep/er/image.png", "x");
        Files.createDirectories(drop.resolve(ENTRY).resolve("empty"));

        Taken taken = takeOver();

        assertThat(work.dropped().resolve(ENTRY).resolve("prompt.txt")).hasContent("A gondola");
        assertThat(work.dropped().resolve(ENTRY).resolve("deep/er/image.png")).hasContent("x");
        assertThat(work.dropped().resolve(ENTRY).resolve("empty")).isEmptyDirectory();
        assertThat(taken.files()).isEqualTo(Map.of("prompt.txt", new TakenFile(DigestUtils.sha256Hex("A gondola"), 9),
                "deep/er/image.png", new TakenFile(DigestUtils.sha256Hex("x"), 1)));
        assertThat(taken.odd()).isEmpty();
        assertThat(Taken.read(work)).contains(taken);
        assertThat(drop).isEmptyDirectory();
        assertNothingIsLeftOver();
    }

    @Test
    void aSingleFileIsOneTooAndHasNoName() throws IOException {
        Files.writeString(drop.resolve("canal.txt"), "A canal");

        border.claim(drop.resolve("canal.txt"), work, "canal.txt");
        Taken taken = border.takeOver(work);

        assertThat(work.dropped().resolve("canal.txt")).hasContent("A canal");
        assertThat(taken.files()).containsOnlyKeys("");
        assertNothingIsLeftOver();
    }

    @Test
    void whatIsWrittenThroughAnOpenFileReachesTheOriginalAlone() throws IOException {
        Path prompt = write("prompt.txt", "A gondola");

        try (FileChannel open = FileChannel.open(prompt, StandardOpenOption.WRITE)) {
            takeOver();
            open.write(java.nio.ByteBuffer.wrap("A canal!!".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }

        assertThat(work.dropped().resolve(ENTRY).resolve("prompt.txt")).hasContent("A gondola");
    }

    @Test
    void linksPipesAndFilesWithASecondNameHaveNoCopyAndWhatTheyLeadToIsLeftAlone() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("more"), "secret");
        write("prompt.txt", "A gondola");
        Files.createSymbolicLink(drop.resolve(ENTRY).resolve("image.png"), secret);
        Files.createSymbolicLink(drop.resolve(ENTRY).resolve("all"), secrets);
        Files.createSymbolicLink(drop.resolve(ENTRY).resolve("myself"), drop.resolve(ENTRY));
        Files.createLink(drop.resolve(ENTRY).resolve("hard.png"), secret);
        pipe(drop.resolve(ENTRY).resolve("pipe"));

        Taken taken = takeOver();

        assertThat(taken.odd()).isEqualTo(Map.of("image.png", Oddity.LINK, "all", Oddity.LINK, "myself", Oddity.LINK, "hard.png",
                Oddity.HARD_LINK, "pipe", Oddity.SPECIAL));
        assertThat(Names.in(work.dropped().resolve(ENTRY))).extracting(Path::getFileName).containsExactly(Path.of("prompt.txt"));
        assertThat(secret).hasContent("secret");
        assertThat(secrets.resolve("more")).hasContent("secret");
        assertNothingIsLeftOver();
    }

    @Test
    void aFolderThatTakesTheNameOfAFileMeanwhileIsPutAside() throws IOException {
        write("image.png/of-another.png", "y");
        border.claim(drop.resolve(ENTRY), work, ENTRY);
        Path files = work.taking().resolve(Draining.FOLDERS).resolve(ENTRY).resolve(Draining.FILES);
        Files.createDirectories(files);
        Files.writeString(files.resolve("image.png"), "x");

        Taken taken = border.takeOver(work);

        assertThat(work.dropped().resolve(ENTRY).resolve("image.png")).hasContent("x");
        assertThat(taken.odd()).isEqualTo(Map.of("image.png", Oddity.REPLACED));
        assertThat(home.left().resolve(work.jobId())).isNotEmptyDirectory();
    }

    @Test
    void aLinkThatWasDroppedItselfBecomesAnEmptyFolder() throws IOException {
        Files.createSymbolicLink(drop.resolve("shortcut"), folder.resolve("home"));

        border.claim(drop.resolve("shortcut"), work, "shortcut");
        Taken taken = border.takeOver(work);

        assertThat(taken.odd()).isEqualTo(Map.of("", Oddity.LINK));
        assertThat(work.dropped().resolve("shortcut")).isEmptyDirectory();
        assertThat(folder.resolve("home")).isDirectory();
    }

    @Test
    void whatGoesBeyondTheBoundsIsKeptAside() throws IOException {
        write("prompt.txt", "A gondola");
        write("a/b/c/d/e/f/deep.png", "x");
        try (FileChannel sparse = FileChannel.open(write("image.png", ""), StandardOpenOption.WRITE)) {
            sparse.write(java.nio.ByteBuffer.wrap(new byte[1]), 50_000_000_000L);
        }

        Taken taken = takeOver();

        assertThat(taken.odd()).isEqualTo(Map.of("image.png", Oddity.TOO_LARGE, "a/b/c/d", Oddity.TOO_DEEP));
        assertThat(taken.files()).containsOnlyKeys("prompt.txt");
        Path aside = home.left().resolve(work.jobId());
        assertThat(aside.resolve("claimed/gondola/a/b/c/d/e/f/deep.png")).exists();
        assertThat(aside.resolve("taking/d/gondola/f/image.png")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.left()))).isEqualTo("rwx------");
        assertThat(work.claimed()).doesNotExist();
    }

    @Test
    void moreFilesThanTheBoundAreKeptAsideToo() throws IOException {
        for (int i = 0; i < 30; i++) {
            write(i + ".png", "x");
        }

        Taken taken = takeOver();

        assertThat(taken.files()).hasSizeLessThanOrEqualTo(20);
        assertThat(taken.odd().values()).contains(Oddity.TOO_MANY);
        assertThat(home.left().resolve(work.jobId())).isDirectory();
    }

    @Test
    void copiesAreNeverMoreOpenThanTheirOriginals() throws IOException {
        Path open = write("open.txt", "x");
        Path closed = write("closed.txt", "x");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(drop.resolve(ENTRY), PosixFilePermissions.fromString("rwxrwxrwx"));

        takeOver();

        assertThat(mode("open.txt")).isEqualTo("rw-r-----");
        assertThat(mode("closed.txt")).isEqualTo("rw-------");
        assertThat(mode("")).isEqualTo("rwxr-x---");
    }

    @Test
    void whatIsClaimedOrHalfTakenIsCopiedAgainAndWhatIsCopiedIsOnlyRemoved() throws IOException {
        write("prompt.txt", "A gondola");
        border.claim(drop.resolve(ENTRY), work, ENTRY);
        // As a program leaves it that dies while it copies.
        Files.createDirectories(work.taking().resolve("d/gondola/f"));
        Files.move(work.claimed().resolve("gondola/prompt.txt"), work.taking().resolve("d/gondola/f/prompt.txt"));
        Files.createDirectories(work.staged());
        Files.writeString(work.staged().resolve("prompt.txt"), "A gon");

        assertThat(border.claimed(work)).hasValue(ENTRY);
        assertThat(border.takeOver(work).files()).containsOnlyKeys("prompt.txt");
        assertThat(work.dropped().resolve("gondola/prompt.txt")).hasContent("A gondola");

        // As one leaves it that dies before it has removed everything.
        Files.createDirectories(work.claimed().resolve(ENTRY));
        Files.createDirectories(work.taking().resolve("d/gondola/f"));
        Files.writeString(work.taking().resolve("d/gondola/f/prompt.txt"), "Another");

        assertThat(border.takeOver(work).files()).containsOnlyKeys("prompt.txt");
        assertThat(work.dropped().resolve("gondola/prompt.txt")).hasContent("A gondola");
        assertNothingIsLeftOver();
    }

    @Test
    void whatAnEarlierVersionOnlyRenamedIsCopiedAtTheStart() throws IOException {
        Path older = Files.createDirectories(work.dropped().resolve(ENTRY));
        Files.writeString(older.resolve("prompt.txt"), "A gondola");
        Files.createSymbolicLink(older.resolve("image.png"), folder);
        Files.writeString(home.work().resolve(".DS_Store"), "x");
        WorkFolder begun = home.work("20260101-000000-two");
        Files.writeString(Files.createDirectories(begun.claimed().resolve("canal")).resolve("prompt.txt"), "A canal");
        Object before = Files.readAttributes(older.resolve("prompt.txt"), java.nio.file.attribute.BasicFileAttributes.class).fileKey();

        border.takeOverWhatIsLeft();

        assertThat(Taken.read(work).orElseThrow().odd()).isEqualTo(Map.of("image.png", Oddity.LINK));
        assertThat(older.resolve("prompt.txt")).hasContent("A gondola");
        assertThat(Files.readAttributes(older.resolve("prompt.txt"), java.nio.file.attribute.BasicFileAttributes.class).fileKey())
                .isNotEqualTo(before);
        assertThat(begun.dropped().resolve("canal/prompt.txt")).hasContent("A canal");
        assertNothingIsLeftOver();
    }

    @Test
    void aClaimThatCameToNothingIsNothing() throws IOException {
        assertThatThrownBy(() -> border.claim(drop.resolve("gone"), work, "gone"))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);

        assertThat(border.claimed(work)).isEmpty();
        assertThat(border.takeOver(work).files()).isEmpty();
    }

    @Test
    void aCallersBundleIsCopiedAndStays() throws IOException {
        Path prompt = write("prompt.txt", "A gondola");
        Files.createSymbolicLink(drop.resolve(ENTRY).resolve("image.png"), prompt);
        Files.createDirectories(work.path());

        Taken taken = border.copy(drop.resolve(ENTRY), work);

        assertThat(taken.files()).containsOnlyKeys("prompt.txt");
        assertThat(taken.odd()).isEqualTo(Map.of("image.png", Oddity.LINK));
        assertThat(work.staged().resolve("prompt.txt")).hasContent("A gondola");
        assertThat(prompt).exists();
        assertThatThrownBy(() -> border.copy(Files.createSymbolicLink(drop.resolve("link"), prompt), home.work("two")))
                .isInstanceOf(IOException.class).hasMessageContaining("links are not followed");
    }

    @Test
    void whatWasChangedAfterItsCopyIsSeen() throws IOException {
        Path file = write("image.png", "x");
        var before = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        assertThat(Copying.isAsBefore(before, before)).isTrue();
        assertThat(Copying.isAsBefore(before, Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)))
                .isFalse();
    }

    private Taken takeOver() throws IOException {
        border.claim(drop.resolve(ENTRY), work, ENTRY);
        return border.takeOver(work);
    }

    private void assertNothingIsLeftOver() {
        assertThat(work.claimed()).doesNotExist();
        assertThat(work.taking()).doesNotExist();
        assertThat(work.staged()).doesNotExist();
        assertThat(home.left()).doesNotExist();
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(work.dropped().resolve(ENTRY).resolve(name)));
    }

    private Path write(String name, String text) throws IOException {
        Path file = drop.resolve(ENTRY).resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void pipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    }
}
