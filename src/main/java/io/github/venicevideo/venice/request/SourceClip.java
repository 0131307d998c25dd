package io.github.venicevideo.venice.request;

/**
 * What is known of the clip that a request is priced by.
 *
 * @param seconds how long it lasts, as measured; positive
 * @param height in pixels, as it is shown; positive
 * @param framesPerSecond how many pictures it shows in a second; 0 when unknown
 */
public record SourceClip(double seconds, int height, double framesPerSecond) {

    /** With more pictures a second than that, upscaling costs twice (contract, "POST /video/quote"). */
    private static final double USUAL = 48;

    /** Whether it costs twice for its pictures a second. */
    public boolean isFast() {
        return framesPerSecond > USUAL;
    }
}
