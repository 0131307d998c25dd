package io.github.venicevideo.intake;

import io.github.venicevideo.venice.Media;
import java.util.Optional;

/**
 * A medium whose bytes we have.
 *
 * @param mimeType what the bytes are
 * @param sha256 lower-case hex digest of the medium's own bytes, however it is given
 * @param file where it lies; empty when it stays in the request's tree as a short data URL
 */
record Medium(String mimeType, String sha256, Optional<Media> file) {
}
