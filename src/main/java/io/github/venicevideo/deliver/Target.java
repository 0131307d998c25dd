package io.github.venicevideo.deliver;

/**
 * One delivery that is to be made.
 *
 * @param destination the destination's name
 * @param uri its Camel endpoint
 * @param name what the video is called there, without an extension
 */
public record Target(String destination, String uri, String name) {

    /** The endpoint that tells what an S3 bucket holds under our key; empty for destinations of other kinds. */
    public String headUri() {
        if (!uri.startsWith("aws2-s3:")) {
            return "";
        }
        return uri + (uri.contains("?") ? "&" : "?") + "operation=headObject";
    }

    @Override
    public String toString() {
        return name + " at " + destination;
    }
}
