package io.github.venicevideo.deliver;

/**
 * One delivery that is to be made.
 *
 * @param destination the destination's name
 * @param uri its Camel endpoint; may hold credentials
 * @param name what the video is called there, with its folders and without an extension; empty before it is reserved
 */
public record Target(String destination, String uri, String name) {

    Target named(String reserved) {
        return new Target(destination, uri, reserved);
    }

    @Override
    public String toString() {
        return name + " at " + destination;
    }
}
