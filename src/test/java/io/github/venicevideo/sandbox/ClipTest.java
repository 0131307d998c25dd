package io.github.venicevideo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The videos: real, of the shape asked for, and always the same. */
@Timeout(30)
class ClipTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({"16:9, 176, 96", "9:16, 96, 176", "1:1, 96, 96", "21:9, 224, 96", "auto, 176, 96"})
    void hasTheShapeAskedFor(String aspectRatio, int width, int height) throws Exception {
        Path mp4 = make("a.mp4", aspectRatio, 3);

        try (var in = NIOUtils.readableChannel(mp4.toFile())) {
            FrameGrab grab = FrameGrab.createFrameGrab(in);
            assertThat(grab.getVideoTrack().getMeta().getTotalDuration()).isEqualTo(3.0);
            Picture frame = grab.seekToFramePrecise(11).getNativeFrame();
            assertThat(List.of(frame.getCroppedWidth(), frame.getCroppedHeight())).containsExactly(width, height);
        }
        assertThat(ClipLength.seconds(mp4, MediaFormat.of(mp4))).hasValue(3.0);
    }

    @Test
    void isTheSameForTheSameJob() throws Exception {
        assertThat(Files.readAllBytes(make("a.mp4", "16:9", 1)))
                .isEqualTo(Files.readAllBytes(make("b.mp4", "16:9", 1)));
    }

    @Test
    void showsTheWordsWithFontsAndWithout() {
        for (TextMask lettering : List.of(new PixelLettering(), TextMask.available())) {
            assertThat(ink(lettering, "A gondola at dawn")).isGreaterThan(ink(lettering, "A"));
        }
    }

    @Test
    void wrapsLongWordsAndTexts() {
        assertThat(WordWrap.wrap("one two  three", line -> line.length() <= 7)).containsExactly("one two", "three");
        assertThat(WordWrap.wrap("abcdefghij", line -> line.length() <= 4)).allMatch(line -> line.length() <= 4)
                .satisfies(lines -> assertThat(String.join("", lines)).isEqualTo("abcdefghij"));
        assertThat(WordWrap.wrap("word ".repeat(4_000), line -> line.length() <= 10)).hasSizeLessThan(70);
    }

    private Path make(String name, String aspectRatio, int seconds) throws Exception {
        Path file = dir.resolve(name);
        new ClipMaker(new SandboxOptions.Clip(96, 4, 5), TextMask.available())
                .make(new ClipText("SANDBOX", "A gondola", aspectRatio, seconds, 200), file);
        return file;
    }

    private static long ink(TextMask lettering, String text) {
        byte[] mask = lettering.draw(320, 180, "t", text);
        long ink = 0;
        for (byte pixel : mask) {
            ink += pixel & 0xff;
        }
        return ink;
    }
}
