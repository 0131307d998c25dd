package io.github.venicevideo.intake.rules;

import io.github.venicevideo.intake.draft.MediaSpots;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.settings.StagingSettings;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.StagingPlan;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How large the body of a request will be, before anything is encoded or sent. */
public final class BodySize {

    private static final int NAMED = 3;

    private final long limit;
    private final Optional<StagingSettings> staging;

    /**
     * @param limit most bytes of a body
     * @param staging where media may go instead
     */
    public BodySize(long limit, Optional<StagingSettings> staging) {
        this.limit = limit;
        this.staging = staging;
    }

    /** The bytes of the body, with URLs for what is staged; with a problem found, when they are too many. */
    public long check(VideoRequest request, String file, Findings findings) throws IOException {
        List<Media> staged = staging.isEmpty() ? List.of() : StagingPlan.of(request, staging.get().all(), limit);
        long bytes = StagingPlan.length(request, staged);
        if (bytes <= limit) {
            return bytes;
        }
        String largest = request.media().stream()
                .sorted(Comparator.comparingLong((Media medium) -> StagingPlan.length(medium)).reversed())
                .limit(NAMED)
                .map(medium -> MediaSpots.Spot.pathOf(medium.field()) + " " + megabytes(asFile(medium)))
                .collect(Collectors.joining(", "));
        findings.add(ProblemCode.BODY_TOO_LARGE, file, "", megabytes(request.media().stream().mapToLong(BodySize::asFile).sum()) + " of media",
                "at most " + megabytes(limit / 4 * 3) + ", which grow by a third on the way",
                 (largest.isEmpty() ? "" : "The largest: " + largest + ". ")
                        + "Make them smaller, leave some out, give them as https:// URLs"
                        + (staging.isPresent() ? "." : ", or have large ones staged in a bucket: venice.staging.uri."));
        return bytes;
    }

    /** As people see it in their folder; what stands in a manifest as base64 is a third smaller there. */
    private static long asFile(Media medium) {
        return medium.dataUrl() ? medium.bytes() / 4 * 3 : medium.bytes();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
