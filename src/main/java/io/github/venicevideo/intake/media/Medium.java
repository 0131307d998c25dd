package io.github.venicevideo.intake.media;

import io.github.venicevideo.venice.request.Media;
import java.util.Optional;

/**
 * A medium whose bytes we have.
 *
 * @param source the file it comes from, as a person knows it
 * @param mimeType what the bytes are
 * @param bytes how many they are
 * @param sha256 lower-case hex digest of the medium's own bytes, however it is given
 * @param measured what it turned out to be when it was opened
 * @param file where it lies; empty when it stays in the request's tree as a short data URL
 */
public record Medium(String source, String mimeType, long bytes, String sha256, Measured measured, Optional<Media> file) {
}
