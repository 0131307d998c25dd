package io.github.venicevideo.sandbox.api;

import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.Media;
import java.awt.Dimension;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** What is asked of media, contract sections queue, consent and errors. URLs are not fetched. */
final class MediaRules {

    private static final double USUAL_FRAMES = 48;
    private static final int SEEDANCE_SHORTEST_SIDE = 300;
    /** Encoders overshoot by a frame or two. */
    private static final double SLACK = 0.5;

    private MediaRules() {
    }

    /** @throws ApiError 400 or 422, as the contract says */
    static void check(Model model, List<Media> media) throws IOException {
        Problems problems = new Problems();
        for (Media medium : media) {
            if (medium.problem() != null) {
                problems.addAt(medium.pointer(), medium.problem());
            } else if (!medium.isUrl() && !medium.family().fits(medium.label())) {
                problems.addAt(medium.pointer(), "Expected "
                        + medium.family().name().toLowerCase(Locale.ROOT) + " data, got " + medium.label());
            }
        }
        problems.throwIfAny();
        for (Media medium : media) {
            if (medium.minor()) {
                throw ApiError.coded(422, "CONTENT_POLICY_VIOLATION",
                        "The submitted media violates the content policy. No consent overrides this.");
            }
            if (!medium.isUrl()) {
                checkBytes(model, medium);
            }
        }
        checkSum(model, media, "reference_video_urls");
        checkSum(model, media, "reference_audio_urls");
    }

    private static void checkBytes(Model model, Media medium) throws IOException {
        MediaFormat format = MediaFormat.of(medium.file());
        switch (medium.family()) {
            case IMAGE -> checkImage(model, medium, format);
            case VIDEO -> {
                if (!format.isVideo()
                        || format == MediaFormat.WEBM && medium.field().equals("reference_video_urls")) {
                    throw ApiError.coded(400, "INVALID_VIDEO_FORMAT",
                            medium.pointer() + ": not a video of a supported kind");
                }
                checkLength(model, medium, format, model.family() == Model.Family.UPSCALE ? 300 : 0);
            }
            case AUDIO -> {
                if (!format.isAudio()) {
                    throw ApiError.coded(400, "INVALID_AUDIO_FORMAT", medium.pointer() + ": not a WAV or MP3");
                }
                if (medium.bytes() > 15_000_000) {
                    throw ApiError.plain(422, medium.pointer() + ": audio is larger than 15 MB");
                }
                checkLength(model, medium, format, 30);
            }
            case DOCUMENT -> { }
        }
    }

    private static void checkImage(Model model, Media medium, MediaFormat format) throws IOException {
        boolean seedance = model.family() == Model.Family.SEEDANCE;
        if (!format.isImage() || seedance && format == MediaFormat.AVIF) {
            throw ApiError.coded(400, "CORRUPTED_IMAGE", medium.pointer() + ": the image cannot be read");
        }
        if (!seedance) {
            return;
        }
        Optional<Dimension> size = dimensions(medium);
        if (size.isEmpty()) {
            return;
        }
        double ratio = size.get().getWidth() / size.get().getHeight();
        if (ratio <= 0.4 || ratio >= 2.5) {
            throw ApiError.coded(medium.face() ? 422 : 400, "IMAGE_ASPECT_RATIO_OUT_OF_BOUNDS",
                    medium.pointer() + ": width / height must lie strictly between 0.4 and 2.5");
        }
        if (Math.min(size.get().width, size.get().height) < SEEDANCE_SHORTEST_SIDE) {
            throw ApiError.coded(400, "IMAGE_TOO_SMALL",
                    medium.pointer() + ": the shorter side must have at least 300 pixels");
        }
    }

    /** From the header alone; no pixel is decoded. Empty for formats that the JDK cannot read. */
    private static Optional<Dimension> dimensions(Media medium) throws IOException {
        try (ImageInputStream in = new FileImageInputStream(medium.file().toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return Optional.of(new Dimension(reader.getWidth(0), reader.getHeight(0)));
            } catch (IOException | RuntimeException unreadable) {
                throw ApiError.coded(400, "CORRUPTED_IMAGE", medium.pointer() + ": the image cannot be read");
            } finally {
                reader.dispose();
            }
        }
    }

    private static void checkLength(Model model, Media medium, MediaFormat format, double longest)
            throws IOException {
        OptionalDouble seconds = ClipLength.seconds(medium.file(), format);
        if (seconds.isEmpty()) {
            return;
        }
        boolean reference = medium.field().startsWith("reference_");
        double least = reference ? 2 : 0;
        double most = reference ? model.references().seconds() : longest;
        if (seconds.getAsDouble() < least - SLACK || most > 0 && seconds.getAsDouble() > most + SLACK) {
            throw ApiError.plain(422, "%s: lasts %.1f s, must be between %.0f and %.0f s".formatted(medium.pointer(),
                    seconds.getAsDouble(), least, most));
        }
    }

    private static void checkSum(Model model, List<Media> media, String field) throws IOException {
        double most = model.references().seconds();
        if (seconds(media, field) > most + SLACK) {
            throw ApiError.plain(422, "%s: together longer than %.0f s".formatted(field, most));
        }
    }

    /** Whether a clip that is to be upscaled shows so many pictures in a second that it costs twice. */
    static boolean isFast(Model model, List<Media> media) throws IOException {
        for (Media medium : media) {
            if (model.family() == Model.Family.UPSCALE && medium.field().equals("video_url") && !medium.isUrl()
                    && ClipLength.framesPerSecond(medium.file()) > USUAL_FRAMES) {
                return true;
            }
        }
        return false;
    }

    /** Sum of the lengths of a field's clips, as far as their bytes are here and tell. */
    static double seconds(List<Media> media, String field) throws IOException {
        double sum = 0;
        for (Media medium : media) {
            if (medium.field().equals(field) && !medium.isUrl()) {
                sum += ClipLength.seconds(medium.file(), MediaFormat.of(medium.file())).orElse(0);
            }
        }
        return sum;
    }
}
