package io.github.venicevideo.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configured destinations. Bundles choose among their names; a URI only ever comes from configuration. */
public final class Destinations {

    /** The destination that is there without configuration: the folder {@code videos/} of the home. */
    public static final String VIDEOS = "videos";

    private final Map<String, Destination> byName = new LinkedHashMap<>();
    private final List<String> standard;

    /**
     * Reads {@code venice.destinations.*} and {@code venice.delivery.to}.
     *
     * @throws InvalidSettingException when {@code venice.delivery.to} names one that is not configured
     */
    public Destinations(Settings settings, Path home) {
        byName.put(VIDEOS, new Destination(VIDEOS, "file:" + home.resolve(VIDEOS)
                + "?tempPrefix=.part-&fileExist=Override&eagerDeleteTargetFile=false"));
        settings.below("venice.destinations").forEach((name, uri) -> byName.put(name, new Destination(name, uri)));
        standard = settings.list("venice.delivery.to");
        for (String name : standard) {
            if (!byName.containsKey(name)) {
                throw new InvalidSettingException("venice.delivery.to", name, "names out of " + byName.keySet()
                        + "; a destination is made with venice.destinations." + name);
            }
        }
    }

    /** The names that a bundle may choose among. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Where a job goes that chose these names; the configured ones when it chose none. */
    public List<Destination> chosen(List<String> names) {
        return (names.isEmpty() ? standard : names).stream().distinct().map(this::named).toList();
    }

    private Destination named(String name) {
        Destination destination = byName.get(name);
        if (destination == null) {
            throw new IllegalStateException("There is no destination " + name + " any more; configure it with"
                    + " venice.destinations." + name + ", and the video is delivered");
        }
        return destination;
    }
}
