package io.github.venicevideo;

import io.github.venicevideo.settings.Settings;
import java.util.Set;
import org.apache.camel.spi.PropertiesSource;

/** Lets {@code {{venice.…}}} in route files find the merged settings. */
final class SettingsSource implements PropertiesSource {

    private static final Set<String> SECRETS = Set.of("venice.api.key", "venice.console.token");

    private final Settings settings;

    SettingsSource(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String getName() {
        return "venice-settings";
    }

    /** Null is how this interface says that there is no such property. Secrets stay out of routes altogether. */
    @Override
    public String getProperty(String name) {
        return name.startsWith("venice.") && !SECRETS.contains(name) ? settings.text(name).orElse(null) : null;
    }
}
