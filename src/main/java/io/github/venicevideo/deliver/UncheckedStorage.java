package io.github.venicevideo.deliver;

import io.github.venicevideo.venice.endpoint.Locations;

/** A destination that can only be sent to: what arrived there is its own affair, once Camel reports no error. */
record UncheckedStorage(String uri) implements Storage {

    @Override
    public String location(String name) {
        return Locations.of(uri) + "/" + name;
    }
}
