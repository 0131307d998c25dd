package io.github.venicevideo.settings;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.venice.MicroUsd;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The {@code venice.*} settings, merged key by key. A key may be written with dots, dashes or underscores and in
 * either case: {@code venice.api.url} and {@code VENICE_API_URL} are the same setting.
 *
 * <p>Precedence, weakest first: packaged defaults, properties file, environment variables, system properties,
 * explicit values.
 */
public final class Settings {

    private final Map<String, String> values;
    private final Map<String, Origin> origins;

    private Settings(Map<String, String> values, Map<String, Origin> origins) {
        this.values = values;
        this.origins = origins;
    }

    /** The defaults alone. */
    public static Settings packaged() {
        Map<String, String> defaults = new LinkedHashMap<>();
        SettingsTable.ALL.forEach(setting -> defaults.put(setting.key(), setting.standard()));
        return new Settings(Map.of(), Map.of()).with(defaults, Origin::packaged);
    }

    /**
     * These settings with others laid over them.
     *
     * @param overrides any properties; those that are not {@code venice.*} are passed over
     */
    public Settings with(Map<?, ?> overrides) {
        return with(overrides, Origin::given);
    }

    /** The same with what the sandbox has in the place of what leads outside. */
    public Settings withSandbox(Map<?, ?> overrides) {
        return with(overrides, Origin::sandbox);
    }

    /** The same with the properties of a host. */
    public Settings withHost(Map<?, ?> properties) {
        return with(properties, Origin::host);
    }

    /** The same with environment variables. */
    public Settings withEnvironment(Map<?, ?> variables) {
        return with(variables, Origin::environment);
    }

    /**
     * The same with system properties.
     *
     * @param ours whether they are given to this program alone
     */
    public Settings withSystem(Map<?, ?> properties, boolean ours) {
        return with(properties, key -> Origin.system(key, ours));
    }

    private Settings with(Map<?, ?> overrides, Function<String, Origin> origin) {
        Map<String, String> merged = new LinkedHashMap<>(values);
        Map<String, Origin> from = new LinkedHashMap<>(origins);
        overrides.forEach((key, value) -> {
            String canonical = canonical(String.valueOf(key));
            if (canonical.startsWith("venice.")) {
                merged.put(canonical, String.valueOf(value).strip());
                from.put(canonical, origin.apply(String.valueOf(key)));
            }
        });
        return new Settings(Map.copyOf(merged), Map.copyOf(from));
    }

    /** These settings with a properties file (UTF-8) laid over them. */
    public Settings withFile(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(reader);
            return with(properties, key -> Origin.file(key, file));
        } catch (IOException | IllegalArgumentException e) {
            throw InvalidSettingException.saying("", "The settings file " + file.toAbsolutePath().normalize() + " cannot be read: it must"
                    + " be a properties file in UTF-8 that this program's user may read.");
        }
    }

    /** Where the value of a key comes from, which is set. */
    public Optional<Origin> origin(String key) {
        return Optional.ofNullable(origins.get(canonical(key)));
    }

    /** What is wrong with a value, which also says where it comes from, unless it was not set. */
    public InvalidSettingException located(InvalidSettingException wrong) {
        return origin(wrong.key()).map(Origin::place).filter(place -> !place.equals("by default")).map(wrong::setIn).orElse(wrong);
    }

    /** Whether a value refers to something else. */
    public boolean hasPlaceholders() {
        return values.values().stream().anyMatch(value -> value.contains("{{"));
    }

    /**
     * These settings with their {@link Placeholders} resolved.
     *
     * @throws InvalidSettingException when one stands for nothing
     */
    public Settings resolved(Function<String, Optional<String>> lookup) {
        Placeholders placeholders = new Placeholders(lookup);
        Map<String, String> resolved = new LinkedHashMap<>(values);
        resolved.replaceAll((key, value) -> placeholders.resolve(origins.get(key).key(), value));
        return new Settings(Map.copyOf(resolved), origins);
    }

    /** The value of a key, where one is set and not blank. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(canonical(key))).filter(value -> !value.isBlank());
    }

    /**
     * The value of a key.
     *
     * @throws InvalidSettingException when it is not set
     */
    public String required(String key) {
        return text(key).orElseThrow(() -> new InvalidSettingException(key, "", "a value"));
    }

    /**
     * A duration such as {@code 500ms}, {@code 2s}, {@code 5m}, {@code 24h}.
     *
     * @throws InvalidSettingException when it is not set, not written like that, or out of the bounds of that setting
     */
    public Duration duration(String key) {
        return DurationBounds.parse(checked(key))
                .orElseThrow(() -> new InvalidSettingException(key, required(key), SettingType.aDuration()));
    }

    /**
     * A whole number within its bounds.
     *
     * @throws InvalidSettingException when it is not set, not a whole number, or out of bounds
     */
    public int number(String key) {
        return Integer.parseInt(checked(key));
    }

    /**
     * A value that is what the table allows.
     *
     * @throws InvalidSettingException when it is not set, or something else
     */
    public String checked(String key) {
        String value = required(key);
        SettingsTable.find(key).filter(setting -> !setting.type().fits().test(value)).ifPresent(setting -> {
            throw new InvalidSettingException(key, setting.shown(value), setting.type().allowed());
        });
        return value;
    }

    /**
     * {@code true} or {@code false}.
     *
     * @throws InvalidSettingException when it is not set or neither of the two
     */
    public boolean flag(String key) {
        String value = required(key).toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidSettingException(key, value, "true or false");
        }
        return value.equals("true");
    }

    /**
     * An amount of money.
     *
     * @return micro-dollars; empty when not set
     * @throws InvalidSettingException when it is not an amount in USD with at most six decimals
     */
    public Optional<Long> usd(String key) {
        return text(key).map(value -> {
            try {
                BigDecimal amount = new BigDecimal(value);
                if (amount.signum() >= 0) {
                    return MicroUsd.of(amount);
                }
            } catch (ArithmeticException | NumberFormatException e) {
                // told below, with what is allowed
            }
            throw new InvalidSettingException(key, value, "an amount in USD such as 2.50, with at most six decimals");
        });
    }

    /** A comma-separated list; empty when not set. */
    public List<String> list(String key) {
        return text(key).stream()
                .flatMap(value -> Pattern.compile(",").splitAsStream(value))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /**
     * The settings below a prefix, keyed by what follows it in canonical form (lower case, dots).
     *
     * @param prefix such as {@code venice.defaults}
     */
    public Map<String, String> below(String prefix) {
        String start = canonical(prefix) + ".";
        Map<String, String> found = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(start) && !value.isBlank()) {
                found.put(key.substring(start.length()), value);
            }
        });
        return found;
    }

    /** All keys as their owners spelt them, sorted. */
    public Set<String> keys() {
        return origins.values().stream().map(Origin::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Lower case, with {@code -} and {@code _} as {@code .}: the form in which two spellings of a key are equal. */
    public static String canonical(String key) {
        return key.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
    }
}
