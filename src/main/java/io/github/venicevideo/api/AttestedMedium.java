package io.github.venicevideo.api;

import java.util.Optional;

/**
 * A medium that somebody agreed to have used.
 *
 * @param sha256 lower-case hex digest of its bytes; empty for one that is given as a URL, whose bytes nobody here has seen
 * @param name what people call it: a file's name, or the host of a URL; at most 500 characters
 */
public record AttestedMedium(Optional<String> sha256, String name) {
}
