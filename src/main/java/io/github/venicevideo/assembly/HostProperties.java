package io.github.venicevideo.assembly;

import io.github.venicevideo.settings.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.LoadablePropertiesSource;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;

/**
 * The properties of a context as they are written. They are asked for where they lie: Camel's own way of resolving one logs
 * its value at DEBUG, and tells it to whoever listens, such as Camel Main, which prints it at INFO.
 */
final class HostProperties {

    private final PropertiesComponent properties;
    private final Map<String, String> environment;
    private final Map<?, ?> system;

    HostProperties(CamelContext context, Map<String, String> environment, Map<?, ?> system) {
        this.properties = context.getPropertiesComponent();
        this.environment = environment;
        this.system = system;
    }

    /** All that are ours and can be listed. */
    Properties listed() {
        return properties.loadProperties(name -> Settings.canonical(name).startsWith("venice."));
    }

    /** One that the context's sources hold, also those that cannot list what they hold. */
    Optional<String> held(String name) {
        return Optional.ofNullable(properties.loadProperties(name::equals).getProperty(name))
                .or(() -> properties.getPropertiesSources().stream()
                        .filter(source -> !(source instanceof LoadablePropertiesSource))
                        .flatMap(source -> asked(source, name).stream()).findFirst())
                .or(() -> custom(name));
    }

    /** What a placeholder stands for: what a function makes, or a property, of which those of the machine are the stronger. */
    Optional<String> value(String name) {
        int colon = name.indexOf(':');
        if (colon > 0) {
            PropertiesFunction function = properties.getPropertiesFunction(name.substring(0, colon));
            String rest = name.substring(colon + 1);
            return function == null ? Optional.empty()
                    : Optional.ofNullable(function.apply(function.lookupFirst(rest) ? value(rest).orElse(rest) : rest));
        }
        return Optional.ofNullable(system.get(name)).map(String::valueOf)
                .or(() -> variable(name.toUpperCase(Locale.ROOT)))
                .or(() -> variable(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')))
                .or(() -> held(name));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    private static Optional<String> asked(PropertiesSource source, String name) {
        return Optional.ofNullable(source.getProperty(name));
    }

    /** Spring's environment is behind a parser of its own. */
    private Optional<String> custom(String name) {
        return properties instanceof org.apache.camel.component.properties.PropertiesComponent own
                ? Optional.ofNullable(own.getPropertiesParser().customLookup(name)) : Optional.empty();
    }
}
