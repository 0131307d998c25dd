package io.github.venicevideo.sandbox.clip;

import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jcodec.api.SequenceEncoder;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Rational;

/** Makes small, real H.264 MP4s that show a text over a coloured ground, and a bar that fills as time goes by. */
public final class ClipMaker {

    private final SandboxOptions.Clip clip;
    private final TextMask lettering;

    public ClipMaker(SandboxOptions.Clip clip, TextMask lettering) {
        this.clip = clip;
        this.lettering = lettering;
    }

    /** @param first what it shows; empty: a colour, and the prompt over it */
    public void make(ClipText what, Optional<BufferedImage> first, Path file) throws IOException {
        int[] size = size(what.aspectRatio(), first);
        int width = size[0];
        int height = size[1];
        byte[] ground = first.isPresent()
                ? ClipPainter.picture(FirstPicture.scaled(first.get(), width, height), lettering.draw(width, height, what.title(), ""))
                : ClipPainter.ground(width, height, what.hue(), lettering.draw(width, height, what.title(), what.text()));
        int seconds = Math.max(1, what.seconds());
        // A long one has its length, and no more frames than a short one.
        int frames = Math.min(seconds, clip.maxSeconds()) * clip.framesPerSecond();
        try (SeekableByteChannel out = NIOUtils.writableChannel(file.toFile())) {
            SequenceEncoder encoder = SequenceEncoder.createWithFps(out, Rational.R(frames, seconds));
            Picture picture = Picture.create(width, height, ColorSpace.RGB);
            for (int frame = 0; frame < frames; frame++) {
                System.arraycopy(ground, 0, picture.getPlaneData(0), 0, ground.length);
                ClipPainter.progress(picture.getPlaneData(0), width, height, (frame + 1.0) / frames);
                encoder.encodeNativeFrame(picture);
            }
            encoder.finish();
        }
        Mp4Dates.clear(file);
        pad(file);
    }

    /** A box that players skip; its bytes take no room on disks that know holes. */
    private void pad(Path file) throws IOException {
        if (clip.paddingBytes() > 0) {
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                long end = out.length();
                out.seek(end);
                out.writeInt(Math.toIntExact(clip.paddingBytes()));
                out.writeBytes("free");
                out.setLength(end + clip.paddingBytes());
            }
        }
    }

    /** Width and height, both multiples of 16, the encoder's block. */
    private int[] size(String aspectRatio, Optional<BufferedImage> first) {
        int across = first.map(BufferedImage::getWidth).orElse(16);
        int down = first.map(BufferedImage::getHeight).orElse(9);
        if (aspectRatio.matches("\\d{1,2}:\\d{1,2}")) {
            across = Integer.parseInt(aspectRatio.substring(0, aspectRatio.indexOf(':')));
            down = Integer.parseInt(aspectRatio.substring(aspectRatio.indexOf(':') + 1));
        }
        int longSide = Math.round(clip.shortSide() * (float) Math.max(across, down) / Math.min(across, down) / 16) * 16;
        return across >= down ? new int[] {longSide, clip.shortSide()} : new int[] {clip.shortSide(), longSide};
    }
}
