package io.github.venicevideo.settings;

import io.github.venicevideo.venice.endpoint.Locations;
import java.nio.file.Path;
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

    /** The folder that it is; empty where it is none of this machine. */
    public Optional<Path> folder() {
        return Optional.of(Locations.of(uri)).filter(location -> location.startsWith("file:"))
                .map(location -> Path.of(location.replaceFirst("^file:(//)?", "")).toAbsolutePath().normalize());
    }

    @Override
    public String toString() {
        return name;
    }
}
