package io.github.venicevideo.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files, and the folders above them, are swapped for links while they are taken over. */
@Timeout(180)
class BorderRaceTest {

    private static final String SECRET = "a secret of the machine";
    private static final int FOLDERS = 8;

    @TempDir
    private Path folder;

    @RepeatedTest(5)
    void whateverIsSwappedNothingElseIsCopiedOrRemoved() throws Exception {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        for (String name : List.of("image.png", "prompt.txt")) {
            Files.writeString(secrets.resolve(name), SECRET);
        }
        Path bundle = Files.createDirectories(folder.resolve("drop/gondola"));
        for (int i = 0; i < FOLDERS; i++) {
            Path inner = Files.createDirectories(bundle.resolve("d" + i));
            Files.writeString(inner.resolve("image.png"), "x");
            Files.writeString(inner.resolve("prompt.txt"), "x");
        }
        Home home = Home.at(folder.resolve("home"));
        WorkFolder work = home.work("20260101-000000-one");
        Border border = new Border(home);
        border.claim(bundle, work, "gondola");
        AtomicBoolean over = new AtomicBoolean();
        Thread swapper = new Thread(() -> swap(work.claimed().resolve("gondola"), secrets, over), "swapper");
        swapper.start();

        Taken taken = takeOver(border, work);
        over.set(true);
        swapper.join();

        assertThat(taken.files().values()).extracting(TakenFile::sha256).doesNotContain(DigestUtils.sha256Hex(SECRET));
        assertThat(copies(work.dropped())).allSatisfy(copy -> assertThat(Files.readString(copy)).isNotEqualTo(SECRET));
        assertThat(copies(work.dropped())).noneMatch(Files::isSymbolicLink);
        for (String name : List.of("image.png", "prompt.txt")) {
            assertThat(secrets.resolve(name)).hasContent(SECRET);
        }
    }

    private static Taken takeOver(Border border, WorkFolder work) throws IOException {
        while (true) {
            try {
                return border.takeOver(work);
            } catch (StillWrittenException e) {
                // Taken up again, as the program does.
                Thread.onSpinWait();
            }
        }
    }

    /** As somebody does who has the folder open: each name is at one time a file or a folder, at another a link. */
    private static void swap(Path bundle, Path secrets, AtomicBoolean over) {
        for (int i = 0; !over.get(); i = (i + 1) % FOLDERS) {
            Path inner = bundle.resolve("d" + i);
            try {
                Path aside = bundle.resolve("aside" + i);
                Files.move(inner, aside);
                Files.createSymbolicLink(inner, secrets);
                Thread.onSpinWait();
                Files.delete(inner);
                Files.move(aside, inner);
                Path file = inner.resolve("image.png");
                Files.delete(file);
                Files.createSymbolicLink(file, secrets.resolve("image.png"));
            } catch (IOException e) {
                // It is being taken at this moment.
                Thread.onSpinWait();
            }
        }
    }

    private static List<Path> copies(Path dropped) throws IOException {
        try (Stream<Path> all = Files.walk(dropped)) {
            return all.filter(path -> !Files.isDirectory(path)).toList();
        }
    }
}
