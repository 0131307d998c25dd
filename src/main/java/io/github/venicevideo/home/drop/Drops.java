package io.github.venicevideo.home.drop;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The drop folders that are configured, each with the settings that are its own. */
public final class Drops {

    /** The name that jobs bear which came by a call and not through a folder. */
    public static final String DIRECT = "direct";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

    private final Map<String, Drop> drops;
    private final Drop direct;
    private final Budget budget;

    /**
     * Reads {@code venice.drops} and what stands below {@code venice.drops.<name>}.
     *
     * @throws InvalidSettingException when a name cannot be used
     */
    public Drops(Settings settings, Path home) {
        Map<String, Drop> found = new LinkedHashMap<>();
        for (String name : settings.list("venice.drops")) {
            if (!NAME.matcher(name).matches() || name.equals(DIRECT)) {
                throw new InvalidSettingException("venice.drops", name,
                        "names of lower-case letters and digits, other than " + DIRECT);
            }
            Path folder = home.resolve(settings.text("venice.drops." + name + ".folder").orElse(name));
            found.put(name, new Drop(name, folder.toAbsolutePath().normalize(), defaults(settings, name),
                    settings.list("venice.drops." + name + ".deliver-to"),
                    budget(settings, "venice.drops." + name + ".budget")));
        }
        this.drops = Collections.unmodifiableMap(found);
        this.direct = new Drop(DIRECT, home, defaults(settings, DIRECT), List.of(),
                new Budget(Optional.empty(), Optional.empty()));
        this.budget = budget(settings, "venice.budget");
    }

    /** Every drop folder. */
    public List<Drop> all() {
        return new ArrayList<>(drops.values());
    }

    /** The drop of that name; calls, and names that are no longer configured, have the common settings. */
    public Drop named(String name) {
        return drops.getOrDefault(name, direct);
    }

    /** What all drops together may spend. */
    public Budget budget() {
        return budget;
    }

    /**
     * The most that one job may cost, in micro-dollars; empty: no limit.
     *
     * @param name the drop that it comes from
     * @param own what its bundle allows, which only lowers the others
     */
    public Optional<Long> perJob(String name, Optional<Long> own) {
        return Stream.of(own, named(name).budget().perJob(), budget.perJob()).flatMap(Optional::stream)
                .min(Long::compare);
    }

    private static Budget budget(Settings settings, String prefix) {
        return new Budget(settings.usd(prefix + ".per-job"), settings.usd(prefix + ".per-day"));
    }

    private static Map<String, String> defaults(Settings settings, String name) {
        Map<String, String> defaults = new LinkedHashMap<>(settings.below("venice.defaults"));
        defaults.putAll(settings.below("venice.drops." + name + ".defaults"));
        return Map.copyOf(defaults);
    }
}
