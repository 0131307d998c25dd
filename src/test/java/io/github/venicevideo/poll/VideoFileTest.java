package io.github.venicevideo.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class VideoFileTest {

    private static final long MOST = 1L << 40;

    @TempDir
    private Path folder;

    @Test
    void whatGoesOnAfterItsEndIsWrittenNoFurther() {
        Path file = folder.resolve("video.part");
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };

        assertThatThrownBy(() -> VideoFile.write(endless, file, Optional.of(1_300_000L), MOST, speed()))
                .isInstanceOf(IOException.class).hasMessageContaining("went on after 1300000 bytes");
        assertThat(file).satisfies(part -> assertThat(Files.size(part)).isLessThanOrEqualTo(1_300_000L));
    }

    @Test
    void whatBreaksOffOrIsWholeIsToldApart() throws Exception {
        Path file = folder.resolve("video.part");
        InputStream half = new ByteArrayInputStream(new byte[5]);

        assertThatThrownBy(() -> VideoFile.write(half, file, Optional.of(10L), MOST, speed()))
                .hasMessageContaining("broke off after 5 of 10 bytes");
        assertThat(VideoFile.write(new ByteArrayInputStream(new byte[10]), file, Optional.of(10L), MOST, speed()).bytes()).isEqualTo(10);
        assertThat(VideoFile.write(new ByteArrayInputStream(new byte[7]), file, Optional.empty(), MOST, speed()).bytes()).isEqualTo(7);
    }

    private static MinSpeed speed() {
        return new MinSpeed(System::nanoTime, Duration.ofMinutes(1), 1);
    }
}
