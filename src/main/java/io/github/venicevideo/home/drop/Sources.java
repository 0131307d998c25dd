package io.github.venicevideo.home.drop;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.settings.Settings;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The sources that are configured beside the drop folders. */
public final class Sources {

    private static final String KEY = "venice.drop.sources";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
    private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.+");

    private final Map<String, Source> sources;

    /**
     * Reads {@code venice.drop.sources} and what stands below it.
     *
     * @throws InvalidSettingException when a name, a URI's form or a drop folder's name cannot be used; the URI itself,
     *         which may hold credentials, is not in the message
     */
    public Sources(Settings settings, Drops drops) {
        Map<String, Source> found = new LinkedHashMap<>();
        for (String name : settings.list(KEY)) {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidSettingException(KEY, name, "names of lower-case letters and digits");
            }
            String uri = settings.text(KEY + "." + name).filter(text -> URI.matcher(text).matches())
                    .orElseThrow(() -> new InvalidSettingException(KEY + "." + name, "",
                            "the URI of a bucket, a server or a queue, such as aws2-s3://my-inbox?region=eu-central-1"));
            found.put(name, new Source(name, uri, drop(settings, drops, name)));
        }
        this.sources = Collections.unmodifiableMap(found);
    }

    /** Every source. */
    public Collection<Source> all() {
        return sources.values();
    }

    /**
     * The source of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Source named(String name) {
        Source source = sources.get(name);
        if (source == null) {
            throw new IllegalArgumentException("There is no source " + name);
        }
        return source;
    }

    private static String drop(Settings settings, Drops drops, String name) {
        List<String> names = drops.all().stream().map(Drop::name).toList();
        String drop = settings.text(KEY + "." + name + ".drop").orElse(names.isEmpty() ? Drops.DIRECT : names.get(0));
        if (!names.contains(drop) && !drop.equals(Drops.DIRECT)) {
            throw new InvalidSettingException(KEY + "." + name + ".drop", drop, "a drop folder's name, out of " + names);
        }
        return drop;
    }
}
