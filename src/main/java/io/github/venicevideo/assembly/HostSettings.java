package io.github.venicevideo.assembly;

import io.github.venicevideo.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * The settings that a context's properties, the environment and the system properties come to. Whatever needs one asks for
 * it here, once; nothing of ours looks into those places again.
 */
public final class HostSettings {

    private final HostProperties properties;
    private final Map<String, String> environment;
    private final Map<?, ?> system;

    private HostSettings(CamelContext context, Map<String, String> environment, Map<?, ?> system) {
        this.properties = new HostProperties(context, environment, system);
        this.environment = environment;
        this.system = system;
    }

    /** Of this process. */
    public static HostSettings of(CamelContext context) {
        return of(context, System.getenv(), System.getProperties());
    }

    static HostSettings of(CamelContext context, Map<String, String> environment, Map<?, ?> system) {
        return new HostSettings(context, environment, system);
    }

    /**
     * Weakest first: the packaged defaults, the context's properties, the environment, the system properties, those given
     * here. Sources that cannot list what they hold, such as Spring's environment, are asked for each known key.
     */
    public Settings with(Map<String, String> given) {
        Settings packaged = Settings.packaged();
        Map<Object, Object> found = new LinkedHashMap<>();
        packaged.keys().forEach(key -> properties.held(key).ifPresent(value -> found.put(key, value)));
        found.putAll(properties.listed());
        return resolved(packaged.withHost(found).withEnvironment(environment)
                .withSystem(system, false).with(given));
    }

    /** The settings with whatever their placeholders stand for, which may be other settings. */
    public Settings resolved(Settings settings) {
        return settings.resolved(name -> SettingsSource.isOurs(name)
                ? settings.text(name) : properties.value(name));
    }
}
