package io.github.venicevideo.settings;

import io.github.venicevideo.api.InvalidSettingException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The configured destinations. Bundles choose among their names; a URI only ever comes from configuration. */
public final class Destinations {

    /** The destination that is there without configuration: the folder {@code videos/} of the home. */
    public static final String VIDEOS = "videos";

    private static final String PREFIX = "venice.destinations";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,40}");
    private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9.+-]*:\\S.*");
    private static final Set<String> OPTIONS = new TreeSet<>(Set.of("name", "required"));

    private final Map<String, Destination> byName = new LinkedHashMap<>();
    private final List<String> standard;

    /**
     * Reads {@code venice.destinations.*} and {@code venice.delivery.to}.
     *
     * @throws InvalidSettingException when a name, a URI or an option cannot be used, or {@code venice.delivery.to} names
     *         one that is not configured
     */
    public Destinations(Settings settings, Path home) {
        Map<String, String> found = new TreeMap<>(settings.below(PREFIX));
        found.putIfAbsent(VIDEOS, "file:" + home.resolve(VIDEOS));
        found.forEach((key, value) -> check(key, spelt(settings, key), found));
        found.forEach((name, uri) -> {
            if (!name.contains(".")) {
                byName.put(name, new Destination(name, DestinationDefaults.complete(uri),
                        found.get(name + ".required") == null || settings.flag(PREFIX + "." + name + ".required"),
                        settings.text(PREFIX + "." + name + ".name").map(any -> settings.checked(PREFIX + "." + name + ".name"))));
            }
        });
        standard = settings.list("venice.delivery.to");
        checkNames("venice.delivery.to", standard);
        if (standard.isEmpty()) {
            throw new InvalidSettingException("venice.delivery.to", "", "at least one name out of " + byName.keySet());
        }
    }

    /** @throws InvalidSettingException when a setting names a destination that is not configured */
    public void checkNames(String setting, List<String> names) {
        names.stream().filter(name -> !byName.containsKey(name)).findFirst().ifPresent(name -> {
            throw new InvalidSettingException(setting, name, "names out of " + byName.keySet()
                    + "; a destination is made with " + PREFIX + "." + name);
        });
    }

    private static void check(String key, String spelt, Map<String, String> found) {
        String[] parts = key.split("\\.", 2);
        if (!NAME.matcher(parts[0]).matches()) {
            throw new InvalidSettingException(spelt, "", "a name of lower-case letters and digits");
        }
        if (parts.length == 1) {
            if (!URI.matcher(found.get(key)).matches()) {
                // The value is not shown: it may hold credentials.
                throw new InvalidSettingException(spelt, "", "the URI of a Camel endpoint, such as file:/srv/videos");
            }
            if (DestinationDefaults.hasFileExist(found.get(key))) {
                throw new InvalidSettingException(spelt, "…", "no option fileExist: what is somebody else's is not overwritten"
                        + " anyway, and what is the same job's is replaced in one step");
            }
            if (DestinationDefaults.changesBytes(found.get(key))) {
                throw new InvalidSettingException(spelt, "…", "no option binary other than true, since as text a video arrives broken");
            }
        } else if (!OPTIONS.contains(parts[1])) {
            throw new InvalidSettingException(spelt, "", "one of " + OPTIONS + " after the name; a name has no"
                    + " dots, dashes or underscores");
        } else if (!found.containsKey(parts[0])) {
            throw new InvalidSettingException(spelt, "", "a destination of that name: set " + PREFIX + "." + parts[0]
                    + " to the URI of a Camel endpoint");
        }
    }

    /** A key as its owner spelt it. */
    private static String spelt(Settings settings, String key) {
        String canonical = PREFIX + "." + key;
        return settings.keys().stream().filter(each -> Settings.canonical(each).equals(canonical)).findFirst().orElse(canonical);
    }

    /** The names that a bundle may choose among. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Every destination. */
    public List<Destination> all() {
        return List.copyOf(byName.values());
    }

    /** The names of where a job goes that chose these; the configured ones when it chose none. */
    public List<String> chosenNames(List<String> names) {
        return (names.isEmpty() ? standard : names).stream().distinct().toList();
    }

    /** The same, without those that are configured no longer. */
    public List<Destination> chosen(List<String> names) {
        return chosenNames(names).stream().flatMap(name -> named(name).stream()).toList();
    }

    /** The destination of that name; a job may have chosen one that has been taken out of the configuration since. */
    public Optional<Destination> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
