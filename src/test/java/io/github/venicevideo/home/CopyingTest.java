package io.github.venicevideo.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.home.foreign.ForeignFolder;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who still writes while a file is copied is waited for: half of it is never taken for the whole. */
@Timeout(20)
class CopyingTest {

    private static final Path NAME = Path.of("image.png");

    @TempDir
    private Path folder;
    private Path theirs;
    private Path ours;

    @BeforeEach
    void prepare() throws IOException {
        theirs = Files.createDirectory(folder.resolve("theirs"));
        ours = folder.resolve("ours");
        Files.writeString(theirs.resolve(NAME), "half");
    }

    @Test
    void whatGrowsWhileItIsCopiedIsNotTakenUntilItIsStill() throws IOException {
        Copying copying = new Copying(BorderLimits.USUAL, new TreeMap<>());
        try (ForeignFolder still = ForeignFolder.of(theirs); ForeignFolder written = new Written(still, theirs)) {
            assertThatThrownBy(() -> copying.file(written, NAME, ours, "image.png", 1)).isInstanceOf(StillWrittenException.class);
            assertThat(copying.taken().files()).isEmpty();
            assertThat(copying.taken().odd()).isEmpty();

            Files.delete(ours);
            copying.file(still, NAME, ours, "image.png", 1);
        }
        assertThat(ours).hasContent("half and more");
        assertThat(copying.taken().files()).containsOnlyKeys("image.png");
    }

    /** Somebody writes on as soon as it is opened. */
    private record Written(ForeignFolder folder, Path path) implements ForeignFolder {

        @Override
        public List<Path> names() throws IOException {
            return folder.names();
        }

        @Override
        public BasicFileAttributes attributes(Path name) throws IOException {
            return folder.attributes(name);
        }

        @Override
        public ForeignFolder folder(Path name) throws IOException {
            return folder.folder(name);
        }

        @Override
        public SeekableByteChannel open(Path name) throws IOException {
            SeekableByteChannel open = folder.open(name);
            Files.writeString(path.resolve(name), " and more", StandardOpenOption.APPEND);
            return open;
        }

        @Override
        public void moveTo(Path name, Path ours) throws IOException {
            folder.moveTo(name, ours);
        }

        @Override
        public void takeFrom(Path ours) throws IOException {
            folder.takeFrom(ours);
        }

        @Override
        public void delete(Path name, boolean directory) throws IOException {
            folder.delete(name, directory);
        }

        @Override
        public void close() throws IOException {
            folder.close();
        }
    }
}
