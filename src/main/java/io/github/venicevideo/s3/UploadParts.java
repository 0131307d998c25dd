package io.github.venicevideo.s3;

/**
 * When an upload into the staging bucket is made of parts. Not a setting: nobody but a test wants other sizes.
 *
 * @param from bytes from which on it is
 * @param size bytes of each part but the last; S3 takes none that is smaller than 5 MB, and at most 10,000 of them
 */
public record UploadParts(long from, long size) {

    /** Small enough that one part that has to be sent again costs little. */
    public static final UploadParts USUAL = new UploadParts(64L * 1024 * 1024, 16L * 1024 * 1024);
}
