package io.github.venicevideo.ledger.job;

/**
 * A finished video as it lies on local disk.
 *
 * @param bytes its length
 * @param sha256 lower-case hex digest of its bytes
 * @param durationMs how long it plays, in milliseconds
 * @param width in pixels
 * @param height in pixels
 */
public record Video(long bytes, String sha256, long durationMs, int width, int height) {
}
