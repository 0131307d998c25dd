package io.github.venicevideo;

import io.github.venicevideo.home.Sources;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.InvalidSettingException;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Spelling;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.URISupport;

/**
 * Looks at the options of configured endpoints before any work is begun. Camel finds the same when it makes an endpoint, which
 * for a destination is after a video was paid for, and then shows the option's value, which may be a secret.
 */
final class EndpointOptions {

    private static final int TYPOS = 2;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,60}");

    private static final String BUCKET = "aws2-s3";
    /** What a bucket that is written to cannot have, each with the reason. */
    private static final Map<String, String> NOT_WRITTEN_WITH = Map.of(
            "useCustomerKey", "since what lies there is looked at afterwards without that key; useAwsKMS=true and useSSES3=true"
                    + " have objects encrypted",
            "deleteAfterWrite", "since a file is needed until every destination has it",
            "operation", "since what is sent there is stored, and nothing else",
            "streamingUploadMode", "since each file becomes an object of its own",
            "pojoRequest", "since files are sent there");

    private final CamelContext context;

    EndpointOptions(CamelContext context) {
        this.context = context;
    }

    /** Checks destinations, sources, the staging bucket and the endpoint of events. */
    void check(Settings settings, Destinations destinations, Sources sources) {
        destinations.all().forEach(each -> check("venice.destinations." + each.name(), each.uri()));
        sources.all().forEach(each -> check("venice.drop.sources." + each.name(), each.uri()));
        for (String key : Set.of("venice.staging.uri", "venice.events.uri")) {
            settings.text(key).ifPresent(uri -> check(key, uri));
        }
    }

    /**
     * Checks one endpoint; a component that is not there yet, or takes whatever it is given, is left alone.
     *
     * @throws InvalidSettingException names the option, and never its value
     */
    void check(String setting, String uri) {
        String scheme = uri.substring(0, Math.max(0, uri.indexOf(':'))).toLowerCase(Locale.ROOT);
        EndpointUriFactory known = context.getCamelContextExtension().getEndpointUriFactory(scheme);
        if (known == null || known.isLenientProperties()) {
            return;
        }
        options(setting, uri).forEach((option, value) -> {
            if (!isKnown(option, known)) {
                throw unknown(setting, scheme, option, known, comesAfterSecret(option, uri, known));
            }
            if (scheme.equals(BUCKET) && isWrittenTo(setting) && NOT_WRITTEN_WITH.containsKey(option)
                    && !"false".equalsIgnoreCase(String.valueOf(value))) {
                throw unusable(setting, "no option " + option + ", " + NOT_WRITTEN_WITH.get(option));
            }
            type(scheme, option).filter(type -> !fits(String.valueOf(value), type)).ifPresent(type -> {
                throw unusable(setting, allowed(type) + " as the option " + option);
            });
        });
    }

    private static boolean isWrittenTo(String setting) {
        return setting.startsWith("venice.destinations.") || setting.equals("venice.staging.uri");
    }

    private static Map<String, Object> options(String setting, String uri) {
        int query = uri.indexOf('?');
        try {
            return query < 0 ? Map.of() : URISupport.parseQuery(uri.substring(query + 1));
        } catch (URISyntaxException e) {
            throw unreadable(setting);
        }
    }

    private static InvalidSettingException unreadable(String setting) {
        return unusable(setting, "options that the component has: name=value, with an & between them, and RAW( ) around a secret"
                + " that holds other characters than letters and digits");
    }

    /** What comes after a secret that is not wrapped may be a part of it: then it is only named where it resembles an option. */
    private static InvalidSettingException unknown(String setting, String scheme, String option, EndpointUriFactory known,
            boolean afterSecret) {
        Optional<String> meant = similar(option, known.propertyNames());
        if (!IDENTIFIER.matcher(option).matches() || meant.isEmpty() && afterSecret) {
            return unreadable(setting);
        }
        return unusable(setting, "another name for the option " + option + ", which " + scheme + " does not have"
                + meant.map(name -> "; " + name + " is one").orElse(""));
    }

    private static boolean comesAfterSecret(String option, String uri, EndpointUriFactory known) {
        return known.secretPropertyNames().stream().anyMatch(name -> Pattern.compile("[?&]" + Pattern.quote(name)
                + "=(?!RAW[({])[^&]*&" + Pattern.quote(option) + "(=|&|$)").matcher(uri).find());
    }

    private static boolean isKnown(String option, EndpointUriFactory known) {
        return known.propertyNames().contains(option)
                || known.multiValuePrefixes().values().stream().anyMatch(option::startsWith);
    }

    private Optional<Class<?>> type(String scheme, String option) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        PropertyConfigurer configurer = PluginHelper.getConfigurerResolver(extension)
                .resolvePropertyConfigurer(scheme + "-endpoint", context);
        return configurer instanceof PropertyConfigurerGetter getter
                ? Optional.ofNullable(getter.getOptionType(option, true)) : Optional.empty();
    }

    private static boolean fits(String value, Class<?> type) {
        if (value.contains("{{") || value.startsWith("#")) {
            return true;
        }
        String bare = value.replaceFirst("^RAW[({](.*)[)}]$", "$1");
        if (type == boolean.class || type == Boolean.class) {
            return bare.equalsIgnoreCase("true") || bare.equalsIgnoreCase("false");
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return isNumber(bare);
        }
        return !type.isEnum() || Arrays.stream(type.getEnumConstants())
                .anyMatch(constant -> plain(String.valueOf(constant)).equals(plain(bare)));
    }

    private static boolean isNumber(String value) {
        try {
            TimeUtils.toMilliSeconds(value);
            return !value.isBlank();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String allowed(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + Arrays.asList(type.getEnumConstants());
        }
        return type == boolean.class || type == Boolean.class ? "true or false" : "a number";
    }

    private static Optional<String> similar(String option, Set<String> names) {
        return names.stream().filter(name -> distance(option, name) <= TYPOS)
                .min(Comparator.comparingInt(name -> distance(option, name)));
    }

    private static int distance(String a, String b) {
        return Spelling.distance(plain(a), plain(b));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    private static InvalidSettingException unusable(String setting, String allowed) {
        return new InvalidSettingException(setting, "…", allowed);
    }
}
