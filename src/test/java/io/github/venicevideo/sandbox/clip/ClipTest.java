package io.github.venicevideo.sandbox.clip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.sandbox.api.ClipLength;
import io.github.venicevideo.sandbox.api.MediaFormat;
import io.github.venicevideo.sandbox.call.Media;
import io.github.venicevideo.sandbox.call.MediaFamily;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The videos: real, of the shape asked for, and always the same. */
@Timeout(180)
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
    void aLongOneHasItsLengthAndFewFrames() throws Exception {
        Path mp4 = make("long.mp4", "16:9", 30);

        assertThat(ClipLength.seconds(mp4, MediaFormat.of(mp4))).hasValue(30.0);
        try (var in = NIOUtils.readableChannel(mp4.toFile())) {
            assertThat(FrameGrab.createFrameGrab(in).getVideoTrack().getMeta().getTotalFrames()).isEqualTo(20);
        }
    }

    @Test
    void showsTheFirstPictureInItsOwnShape() throws Exception {
        BufferedImage image = new BufferedImage(400, 800, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(220, 30, 30));
        graphics.fillRect(0, 0, 400, 800);
        graphics.dispose();
        Path mp4 = dir.resolve("first.mp4");
        new ClipMaker(new SandboxOptions.Clip(96, 4, 5), TextMask.available())
                .make(new ClipText("", "A gondola", "", 2, 200), Optional.of(image), mp4);

        try (var in = NIOUtils.readableChannel(mp4.toFile())) {
            Picture frame = FrameGrab.createFrameGrab(in).seekToFramePrecise(0).getNativeFrame();
            assertThat(List.of(frame.getCroppedWidth(), frame.getCroppedHeight())).containsExactly(96, 192);
            // Red has much of the third plane of YCbCr, whose bytes are less 128 here.
            assertThat(frame.getPlaneData(2)[20 * frame.getPlaneWidth(2) + 20]).isGreaterThan((byte) 60);
        }
    }

    @Test
    void keepsTheFirstFrameOfSeveralPictures() throws Exception {
        Path png = dir.resolve("kept.png");
        FirstPicture.keep(List.of(picture("reference_image_urls", 300, 300), picture("image_url", 2_000, 1_000)), png);
        assertThat(FirstPicture.of(png)).hasValueSatisfying(kept -> assertThat((double) kept.getWidth() / kept.getHeight())
                .isBetween(1.98, 2.02));
        Path none = dir.resolve("none.png");
        FirstPicture.keep(List.of(Media.broken("/image_url", "image_url", MediaFamily.IMAGE, "no")), none);
        assertThat(FirstPicture.of(none)).isEmpty();
    }

    private Media picture(String field, int width, int height) throws Exception {
        Path file = dir.resolve(field);
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return new Media("/" + field, field, MediaFamily.IMAGE, "image/png", file, Files.size(file), "", false, false, null);
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
                .make(new ClipText("SANDBOX", "A gondola", aspectRatio, seconds, 200), Optional.empty(), file);
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
