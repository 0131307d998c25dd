package io.github.venicevideo.intake.problem;

import io.github.venicevideo.venice.request.StagingPlan;

/**
 * How much a bundle may hold before it is refused.
 *
 * @param files most files of a folder, or entries of a zip
 * @param unpackedBytes most bytes that a folder may hold, or a zip be or unpack to
 * @param manifestBytes most bytes of a manifest
 * @param manifestText most bytes of it that are no long base64 of a data URL
 * @param promptBytes most bytes of a prompt's file
 * @param inlineDataUrl longest data URL, in characters, that stays in the request's tree; longer ones go to a file
 * @param bodyBytes most bytes of the body; the API says "35 MB", and the smaller reading of it is safe under both
 */
public record ReadLimits(int files, long unpackedBytes, long manifestBytes, int manifestText, long promptBytes,
        int inlineDataUrl, long bodyBytes) {

    /** What bundles need, with room. */
    public static final ReadLimits DEFAULT =
            new ReadLimits(1_000, 500_000_000L, 64 * 1024 * 1024, 4 * 1024 * 1024, 1024 * 1024, 8 * 1024,
                    StagingPlan.MOST_BODY_BYTES);

    public static final int DEPTH = 16;

    /** What a bundle may hold at most, as people are told. */
    public long megabytes() {
        return unpackedBytes / 1_000_000;
    }
}
