package io.github.venicevideo.deliver;

/**
 * One delivery that is to be made.
 *
 * @param destination the destination's name
 * @param uri its Camel endpoint
 * @param name what the video is called there, without an extension
 */
public record Target(String destination, String uri, String name) {

    @Override
    public String toString() {
        return name + " at " + destination;
    }
}
