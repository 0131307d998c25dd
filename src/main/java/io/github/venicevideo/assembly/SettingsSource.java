package io.github.venicevideo.assembly;

import io.github.venicevideo.settings.Settings;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;

/**
 * Lets <code>{{venice:home}}</code> in route files find the merged settings, and nothing else: of <code>{{venice.home}}</code>,
 * which route files of others may hold, Camel asks the environment and the system properties first.
 */
public final class SettingsSource implements PropertiesSource, PropertiesFunction {

    private static final Set<String> SECRETS = Set.of("venice.api.key", "venice.console.token");

    private final Settings settings;

    SettingsSource(Settings settings) {
        this.settings = settings;
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

    /** The settings of a context, for its route files. */
    public static void add(CamelContext context, Settings settings) {
        SettingsSource source = new SettingsSource(settings);
        context.getPropertiesComponent().addPropertiesSource(source);
        context.getPropertiesComponent().addPropertiesFunction(source);
    }

    /** Null is how this interface says that there is no such property. Secrets stay out of routes altogether. */
    @Override
    public String getProperty(String name) {
        return isOurs(name) ? settings.text(name).orElse(null) : null;
    }

    @Override
    public String apply(String remainder) {
        return getProperty("venice." + remainder);
    }
}
