package io.github.venicevideo.settings;

/**
 * Where videos go.
 *
 * @param name as configured
 * @param uri a Camel endpoint; may hold credentials, so it is never shown
 */
public record Destination(String name, String uri) {

    @Override
    public String toString() {
        return name;
    }
}
