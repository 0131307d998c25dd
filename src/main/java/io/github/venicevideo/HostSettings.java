package io.github.venicevideo;

import io.github.venicevideo.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;

/** Reads the settings of a host that the bundle is embedded in. */
final class HostSettings {

    private HostSettings() {
    }

    /**
     * The packaged defaults, with what the host's property sources know laid over them. Sources that cannot list what
     * they hold, such as Spring's environment, are asked for each known key.
     */
    static Settings of(CamelContext context) {
        Settings defaults = Settings.packaged();
        PropertiesComponent properties = context.getPropertiesComponent();
        Map<Object, Object> found = new LinkedHashMap<>();
        for (String key : defaults.keys()) {
            properties.resolveProperty(key).ifPresent(value -> found.put(key, value));
        }
        found.putAll(properties.loadProperties(name -> Settings.canonical(name).startsWith("venice.")));
        return defaults.with(System.getenv()).with(System.getProperties()).with(found);
    }
}
