package io.github.venicevideo.intake.rules;

import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.MediaSpots;
import io.github.venicevideo.intake.media.Measured;
import io.github.venicevideo.intake.media.Medium;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.venice.catalogue.PictureLimits;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is asked of the bytes of media, contract, "POST /video/queue". Media given as URLs are not fetched. */
public final class MediaRules {

    private static final Set<String> SEEDANCE_PICTURES = Set.of("image/jpeg", "image/png", "image/webp", "image/bmp",
            "image/tiff", "image/gif", "image/heic", "image/heif");
    private static final Set<String> SOUNDS = Set.of("audio/wav", "audio/mpeg");
    private static final Set<String> CLIPS = Set.of("video/mp4", "video/quicktime");
    private static final String REFERENCE_CLIPS = "reference_video_urls";
    private static final long LARGEST_SOUND = 15_000_000;
    private static final int LONGEST_SOUND = 30;
    private static final int LONGEST_UPSCALED = 300;
    /** Encoders overshoot by a frame or two, and MP3s by a packet: that is not what a bundle should fail for. */
    private static final double SLACK = 0.5;

    private final ModelFamily family;
    private final Optional<PictureLimits> pictures;
    private final Draft draft;
    private final RequestView request;
    private final Findings findings;

    /** @param pictures what the catalogue says of their sizes */
    MediaRules(Draft draft, RequestView request, Optional<PictureLimits> pictures, Findings findings) {
        this.family = request.family();
        this.pictures = pictures.or(family::pictures);
        this.draft = draft;
        this.request = request;
        this.findings = findings;
    }

    void check() {
        for (MediaSpots.Spot spot : MediaSpots.of(request.fields())) {
            Medium medium = draft.media().get(spot.pointer());
            if (medium != null) {
                one(spot, medium);
            }
        }
        together(REFERENCE_CLIPS);
        together("reference_audio_urls");
    }

    private void one(MediaSpots.Spot spot, Medium medium) {
        String path = spot.path();
        switch (spot.family()) {
            case IMAGE -> {
                size(path, medium, family.pictureBytes());
                picture(path, medium);
                if (!request.isSeedance() && medium.mimeType().startsWith("image/hei")) {
                    findings.note(medium.source() + " is HEIC, which the provider's pages name for Seedance alone: export it as"
                            + " JPEG to be sure that this model opens it.");
                }
            }
            case AUDIO -> {
                kind(path, medium, SOUNDS, "WAV, MP3");
                boolean reference = path.startsWith("reference_");
                size(path, medium, reference ? family.soundBytes() : LARGEST_SOUND);
                length(path, medium, reference ? family.clipSeconds().get(0) : 0,
                        reference ? family.clipSeconds().get(1) : LONGEST_SOUND);
            }
            case VIDEO -> video(path, medium);
            case DOCUMENT -> { }
        }
    }

    private void video(String path, Medium medium) {
        if (path.startsWith("reference_")) {
            kind(path, medium, CLIPS, "MP4, MOV");
            size(path, medium, family.clipBytes());
            length(path, medium, family.clipSeconds().get(0), family.clipSeconds().get(1));
        } else if (!medium.mimeType().equals("video/webm")) {
            kind(path, medium, CLIPS, "MP4, MOV, WebM");
        }
        if (request.isUpscaling()) {
            length(path, medium, 0, LONGEST_UPSCALED);
        }
    }

    private void picture(String path, Medium medium) {
        if (request.isSeedance() && !SEEDANCE_PICTURES.contains(medium.mimeType())) {
            findings.add(ProblemCode.WRONG_MEDIUM, medium.source(), path, medium.mimeType(),
                    "JPEG, PNG, WebP, BMP, TIFF, GIF, HEIC, HEIF", "Export it as one of these.");
            return;
        }
        Measured measured = medium.measured();
        if (measured.isSized()) {
            pictures.ifPresent(limits -> picture(path, medium, measured, limits));
        }
    }

    private void picture(String path, Medium medium, Measured measured, PictureLimits limits) {
        String size = measured.width() + "x" + measured.height();
        double ratio = (double) measured.width() / measured.height();
        if (ratio <= limits.narrowest() || ratio >= limits.widest()) {
            findings.add(ProblemCode.PICTURE_SIZE, medium.source(), path, size,
                    "width divided by height between " + limits.narrowest() + " and " + limits.widest(),
                    "It is " + number(ratio) + ": crop it.");
        }
        if (Math.min(measured.width(), measured.height()) < limits.shortestSide()) {
            findings.add(ProblemCode.PICTURE_SIZE, medium.source(), path, size,
                    "at least " + limits.shortestSide() + " pixels on the shorter side", "Take a larger version of it.");
        }
    }

    private void kind(String path, Medium medium, Set<String> taken, String names) {
        if (!taken.contains(medium.mimeType())) {
            findings.add(ProblemCode.WRONG_MEDIUM, medium.source(), path, medium.mimeType(), names,
                    "Export it as one of these.");
        }
    }

    private void size(String path, Medium medium, long most) {
        if (most > 0 && medium.bytes() > most) {
            findings.add(ProblemCode.MEDIUM_TOO_LARGE, medium.source(), path, number(medium.bytes() / 1e6) + " MB",
                    "at most " + most / 1_000_000 + " MB", "Make it shorter, or encode it smaller.");
        }
    }

    private void length(String path, Medium medium, int least, int most) {
        double seconds = medium.measured().seconds();
        if (seconds > 0 && (seconds < least - SLACK || seconds > most + SLACK)) {
            findings.add(ProblemCode.CLIP_LENGTH, medium.source(), path, number(seconds) + " s",
                    least == 0 ? "at most " + most + " s" : least + " to " + most + " s",
                    seconds < least ? "Take a longer one." : "Cut it.");
        }
    }

    private void together(String field) {
        double sum = 0;
        for (int i = 0; i < request.count(field); i++) {
            Medium medium = draft.media().get("/" + field + "/" + i);
            sum += medium == null ? 0 : medium.measured().seconds();
        }
        // Of one alone its own length has been said.
        if (request.count(field) > 1 && sum > family.clipsSeconds() + SLACK) {
            findings.add(ProblemCode.CLIP_LENGTH, draft.fileOf(field), field, number(sum) + " s in all",
                    "together at most " + family.clipsSeconds() + " s", "Cut some of them, or take some out.");
        }
    }

    /**
     * How long the reference clips last together; as long as they may, where one could not be measured.
     * Empty without any.
     */
    public static Optional<Double> referenceVideoSeconds(Draft draft, Findings findings) {
        RequestView request = new RequestView(draft.fields());
        int clips = request.count(REFERENCE_CLIPS);
        int longest = request.family().clipsSeconds();
        double sum = 0;
        boolean unknown = false;
        for (int i = 0; i < clips; i++) {
            Medium medium = draft.media().get("/" + REFERENCE_CLIPS + "/" + i);
            double seconds = medium == null ? 0 : medium.measured().seconds();
            unknown |= seconds == 0;
            sum += seconds;
        }
        if (unknown) {
            findings.warn(REFERENCE_CLIPS + ": not every clip can be measured, so that the price is asked for "
                    + longest + " s in all, the most they may last: it is an upper bound.");
        }
        return clips == 0 ? Optional.empty() : Optional.of(unknown ? Math.max(sum, longest) : sum);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
