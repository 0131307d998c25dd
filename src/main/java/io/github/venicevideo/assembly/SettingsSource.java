package io.github.venicevideo.assembly;

import io.github.venicevideo.settings.Settings;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;

/**
 * Lets <code>{{venice:home}}</code> in route files find the merged settings, and nothing else: of <code>{{venice.home}}</code>,
 * which route files of others may hold, Camel asks the environment and the system properties first.
 */
public final class SettingsSource implements PropertiesSource, PropertiesFunction {

    private static final Set<String> SECRETS = Set.of("venice.api.key", "venice.console.token");

    private volatile Optional<Settings> settings = Optional.empty();

    private SettingsSource() {
    }

    /** Of the source, and what stands before the colon. */
    @Override
    public String getName() {
        return "venice";
    }

    /** Whether a placeholder of that name is a setting that may be shown. */
    static boolean isOurs(String name) {
        return name.startsWith("venice.") && !SECRETS.contains(name);
    }

    /** The settings of a context, for its route files. Camel lets no source go again, so that a later start gives new ones to the same. */
    public static SettingsSource add(CamelContext context, Settings settings) {
        PropertiesComponent properties = context.getPropertiesComponent();
        SettingsSource source = properties.getPropertiesSources().stream().filter(SettingsSource.class::isInstance)
                .map(SettingsSource.class::cast).findFirst().orElseGet(() -> {
                    SettingsSource added = new SettingsSource();
                    properties.addPropertiesSource(added);
                    properties.addPropertiesFunction(added);
                    return added;
                });
        source.settings = Optional.of(settings);
        return source;
    }

    /** From now on there are no settings. */
    public void clear() {
        settings = Optional.empty();
    }

    /** Null is how this interface says that there is no such property. Secrets stay out of routes altogether. */
    @Override
    public String getProperty(String name) {
        return isOurs(name) ? settings.flatMap(there -> there.text(name)).orElse(null) : null;
    }

    @Override
    public String apply(String remainder) {
        return getProperty("venice." + remainder);
    }
}
