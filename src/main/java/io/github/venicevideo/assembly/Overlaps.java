package io.github.venicevideo.assembly;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.settings.Destination;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.endpoint.Locations;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.util.URISupport;

/**
 * Refuses destinations that lie where bundles are looked for: the sidecar of each video would be taken for a bundle, and be
 * deleted when that has failed.
 */
public final class Overlaps {

    private static final String BUCKET = "aws2-s3";
    private static final Set<String> SERVERS = Set.of("ftp", "ftps", "sftp");

    private final String commonName;

    public Overlaps(Settings settings) {
        this.commonName = settings.required("venice.delivery.name");
    }

    /** @throws InvalidSettingException names the destination, and what takes bundles from there; no URI */
    public void check(Destinations destinations, Sources sources, Drops drops, Places places) {
        drops.all().forEach(drop -> places.checkDrop(drop, drops.all()));
        for (Destination destination : destinations.all()) {
            String name = destination.nameTemplate().orElse(commonName);
            for (Source source : sources.all()) {
                if (isRead(destination.uri(), name, source)) {
                    throw refused(destination, "the source " + source.name());
                }
            }
            for (Drop drop : drops.all()) {
                if (isDropped(destination, name, drop.folder())) {
                    throw refused(destination, "the drop folder " + drop.name());
                }
            }
            folder(destination, name).ifPresent(folder -> places.checkDestination(destination.name(), folder, drops.all()));
        }
    }

    private static InvalidSettingException refused(Destination destination, String reader) {
        return new InvalidSettingException("venice.destinations." + destination.name(), "…", "another folder, bucket or prefix than "
                + reader + " takes bundles from, which would take its sidecars for bundles; a folder in venice.destinations."
                + destination.name() + ".name, such as videos/{name}, gives it one in a bucket or on a server");
    }

    /** Sources take single files and marked folders that lie right below their place, and leave alone what lies deeper. */
    private static boolean isRead(String uri, String name, Source source) {
        String scheme = scheme(uri);
        if (!scheme.equals(source.scheme()) || !place(uri).equals(place(source.uri()))) {
            return false;
        }
        String prefix = scheme.equals(BUCKET) ? option(source.uri(), "prefix") : "";
        int below = prefix.lastIndexOf('/') + 1;
        int file = name.lastIndexOf('/') + 1;
        return (scheme.equals(BUCKET) || SERVERS.contains(scheme)) && name.substring(0, file).equals(prefix.substring(0, below))
                && name.substring(file).startsWith(prefix.substring(below));
    }

    /** A store or a server with what of it is meant, so that two URIs of the same have the same. */
    private static String place(String uri) {
        String location = Locations.of(uri);
        String plain = location.substring(location.indexOf(':') + 1).replaceFirst("^/+", "").replaceFirst("^arn:.*:", "");
        return plain + " " + option(uri, "uriEndpointOverride").replaceFirst("/+$", "");
    }

    /** Whatever appears in a drop folder, at any depth, is or belongs to a bundle. */
    private static boolean isDropped(Destination destination, String name, Path drop) {
        return folder(destination, name).filter(folder -> folder.startsWith(drop.toAbsolutePath().normalize())).isPresent();
    }

    /** The folder that a destination's videos go to, as far as it is the same for all; empty where it is none. */
    private static Optional<Path> folder(Destination destination, String name) {
        String known = name.substring(0, name.indexOf('{') < 0 ? name.length() : name.indexOf('{'));
        String folders = known.substring(0, known.lastIndexOf('/') + 1);
        return destination.folder().map(folder -> folder.resolve(folders).normalize());
    }

    private static String scheme(String uri) {
        return uri.substring(0, Math.max(0, uri.indexOf(':')));
    }

    private static String option(String uri, String option) {
        int query = uri.indexOf('?');
        try {
            Map<String, Object> options = query < 0 ? Map.of() : URISupport.parseQuery(uri.substring(query + 1));
            return String.valueOf(options.getOrDefault(option, ""));
        } catch (URISyntaxException e) {
            // EndpointOptions has looked at them before.
            return "";
        }
    }
}
