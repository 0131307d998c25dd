package io.github.venicevideo.settings;

import java.util.Optional;

/**
 * Where videos go.
 *
 * @param name as configured
 * @param uri a Camel endpoint; may hold credentials, so it is never shown
 * @param required whether a job waits until the video is there; an optional one is given up after a while
 * @param nameTemplate what videos are called there, where that is not what {@code venice.delivery.name} says
 */
public record Destination(String name, String uri, boolean required, Optional<String> nameTemplate) {

    @Override
    public String toString() {
        return name;
    }
}
