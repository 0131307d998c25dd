package io.github.venicevideo.sandbox.clip;

import io.github.venicevideo.sandbox.call.Media;
import io.github.venicevideo.sandbox.call.MediaFamily;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first picture of a request, made small: whoever tries the sandbox sees their own picture come back. */
public final class FirstPicture {

    private static final Logger LOG = LoggerFactory.getLogger(FirstPicture.class);
    private static final int LONGEST_SIDE = 640;
    private static final long MOST_PIXELS = 200_000_000;

    private FirstPicture() {
    }

    /** Keeps the first frame, or whatever picture comes first, as a small PNG; nothing where there is none that Java reads. */
    public static void keep(List<Media> media, Path png) throws IOException {
        Optional<Media> first = media.stream().filter(medium -> medium.family() == MediaFamily.IMAGE && medium.file() != null)
                .min(Comparator.comparing(medium -> !medium.field().equals("image_url")));
        if (first.isPresent()) {
            Optional<BufferedImage> small = small(first.get().file());
            if (small.isPresent()) {
                ImageIO.write(small.get(), "png", png.toFile());
            }
        }
    }

    public static Optional<BufferedImage> of(Path png) throws IOException {
        return Files.exists(png) ? Optional.ofNullable(ImageIO.read(png.toFile())) : Optional.empty();
    }

    private static Optional<BufferedImage> small(Path file) {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > MOST_PIXELS) {
                    return Optional.empty();
                }
                ImageReadParam every = reader.getDefaultReadParam();
                int step = Math.max(1, Math.max(width, height) / LONGEST_SIDE);
                every.setSourceSubsampling(step, step, 0, 0);
                return Optional.of(fitted(reader.read(0, every)));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.debug("A picture that is not shown", e);
            return Optional.empty();
        }
    }

    private static BufferedImage fitted(BufferedImage picture) {
        return scaled(picture, picture.getWidth(), picture.getHeight());
    }

    /** Scaled so that it fills a frame; what stands out of it is cut off. */
    static BufferedImage scaled(BufferedImage picture, int width, int height) {
        BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        double scale = Math.max((double) width / picture.getWidth(), (double) height / picture.getHeight());
        int across = (int) Math.ceil(picture.getWidth() * scale);
        int down = (int) Math.ceil(picture.getHeight() * scale);
        Graphics2D graphics = frame.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, (width - across) / 2, (height - down) / 2, across, down, null);
        graphics.dispose();
        return frame;
    }
}
