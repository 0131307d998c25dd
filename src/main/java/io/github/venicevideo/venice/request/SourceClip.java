package io.github.venicevideo.venice.request;

/**
 * What is known of the clip that a request is priced by.
 *
 * @param seconds how long it lasts, as measured; positive
 * @param height in pixels, as it is shown; positive
 */
public record SourceClip(double seconds, int height) {
}
