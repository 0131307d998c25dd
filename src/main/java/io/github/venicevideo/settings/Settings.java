package io.github.venicevideo.settings;

import io.github.venicevideo.venice.MicroUsd;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code venice.*} settings, merged key by key. A key may be written with dots, dashes or underscores and in
 * either case: {@code venice.api.url} and {@code VENICE_API_URL} are the same setting.
 *
 * <p>Precedence, weakest first: packaged defaults, properties file, environment variables, system properties,
 * explicit values.
 */
public final class Settings {

    /** Where the packaged defaults lie on the class path. */
    public static final String PACKAGED = "venice-video/application.properties";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private final Map<String, String> values;
    private final Map<String, String> spellings;

    private Settings(Map<String, String> values, Map<String, String> spellings) {
        this.values = values;
        this.spellings = spellings;
    }

    /** The packaged defaults alone. */
    public static Settings packaged() {
        return new Settings(Map.of(), Map.of()).with(load(PACKAGED));
    }

    /**
     * These settings with others laid over them.
     *
     * @param overrides any properties; those that are not {@code venice.*} are passed over
     */
    public Settings with(Map<?, ?> overrides) {
        Map<String, String> merged = new LinkedHashMap<>(values);
        Map<String, String> names = new LinkedHashMap<>(spellings);
        overrides.forEach((key, value) -> {
            String canonical = canonical(String.valueOf(key));
            if (canonical.startsWith("venice.")) {
                merged.put(canonical, String.valueOf(value).strip());
                names.putIfAbsent(canonical, String.valueOf(key));
            }
        });
        return new Settings(Map.copyOf(merged), Map.copyOf(names));
    }

    /** These settings with a properties file (UTF-8) laid over them. */
    public Settings withFile(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(reader);
            return with(properties);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettingException(file.toString(), "", "a readable UTF-8 properties file", e);
        }
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
        resolved.replaceAll((key, value) -> placeholders.resolve(spellings.getOrDefault(key, key), value));
        return new Settings(Map.copyOf(resolved), spellings);
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
        String value = required(key);
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new InvalidSettingException(key, value, "a duration such as 500ms, 2s, 5m or 24h");
        }
        Duration duration = of(Long.parseLong(matcher.group(1)), matcher.group(2));
        DurationBounds.of(key).filter(bounds -> !bounds.contain(duration)).ifPresent(bounds -> {
            throw new InvalidSettingException(key, value, "a duration " + bounds);
        });
        return duration;
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /**
     * A whole number within bounds.
     *
     * @throws InvalidSettingException when it is not set, not a whole number, or out of bounds
     */
    public int number(String key, int min, int max) {
        String value = required(key);
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with the bounds
        }
        throw new InvalidSettingException(key, value, "a whole number from " + min + " to " + max);
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
        return new TreeSet<>(spellings.values());
    }

    /** Lower case, with {@code -} and {@code _} as {@code .}: the form in which two spellings of a key are equal. */
    public static String canonical(String key) {
        return key.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
    }

    private static Properties load(String resource) {
        Properties properties = new Properties();
        try (InputStream in = Settings.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The packaged " + resource + " is missing from the class path");
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
