package io.github.venicevideo.home.drop;

import java.util.Locale;

/**
 * A place other than a drop folder that bundles come from.
 *
 * @param name as configured
 * @param uri a Camel consumer endpoint; may hold credentials, so it is never shown
 * @param drop name of the drop folder whose defaults, budget and destinations its bundles have
 */
public record Source(String name, String uri, String drop) {

    /** The Camel component that it is read with, in lower case. */
    public String scheme() {
        return uri.substring(0, Math.max(0, uri.indexOf(':'))).toLowerCase(Locale.ROOT);
    }

    /** The id of the route that reads it. */
    public String routeId() {
        return "venice-source-" + name;
    }

    @Override
    public String toString() {
        return name;
    }
}
