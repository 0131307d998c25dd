package io.github.venicevideo.assembly;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Spelling;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the options of configured endpoints before any work is begun. Camel finds the same when it makes an endpoint, which
 * for a destination is after a video was paid for, and then shows the option's value, which may be a secret.
 */
public final class EndpointOptions {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointOptions.class);
    private static final int TYPOS = 2;
    private static final List<String> USUAL = List.of("aws2-s3", "file", "ftp", "ftps", "sftp", "jms", "kafka", "direct");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9.+-]*");
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
    private final boolean complete;

    private EndpointOptions(CamelContext context, boolean complete) {
        this.context = context;
        this.complete = complete;
    }

    /** For the program by itself: a component that is not there before it starts will not be there later. */
    public static EndpointOptions ofProgram(CamelContext context) {
        return new EndpointOptions(context, true);
    }

    /** For a host, which may add components until it needs them. */
    static EndpointOptions ofHost(CamelContext context) {
        return new EndpointOptions(context, false);
    }

    /** Checks destinations, sources, the staging bucket and the endpoint of events; sources ask for their components themselves. */
    public void check(Settings settings, Destinations destinations, Sources sources) {
        destinations.all().forEach(each -> {
            checkComponent("venice.destinations." + each.name(), each.uri());
            check("venice.destinations." + each.name(), each.uri());
        });
        sources.all().forEach(each -> check("venice.drop.sources." + each.name(), each.uri()));
        for (String key : Set.of("venice.staging.uri", "venice.events.uri")) {
            settings.text(key).ifPresent(uri -> {
                checkComponent(key, uri);
                check(key, uri);
            });
        }
    }

    /**
     * Checks that there is a component for an endpoint, since otherwise that would be found out when a video is paid for.
     *
     * @throws InvalidSettingException when there is none, and none can come
     */
    void checkComponent(String setting, String uri) {
        // As it is spelt: Camel takes SFTP: for another component than sftp:.
        String scheme = scheme(uri);
        if (!SCHEME.matcher(scheme).matches() || context.getComponent(scheme, true, false) != null) {
            return;
        }
        String meant = USUAL.stream().filter(usual -> !usual.equals(scheme) && distance(usual, scheme) <= TYPOS
                && context.getComponent(usual, true, false) != null)
                .min(Comparator.comparingInt(usual -> distance(usual, scheme))).map(usual -> "; " + usual + " is one").orElse("");
        if (complete) {
            throw unusable(setting, "a URI whose component is on the class path, and there is none for " + scheme + ":" + meant
                    + "; docs/integrators.md says how jars are put beside the program");
        }
        LOG.warn("There is no component for {}: in {} yet{}. Until there is, nothing can be sent there", scheme, setting, meant);
    }

    private static String scheme(String uri) {
        return uri.substring(0, Math.max(0, uri.indexOf(':')));
    }

    /**
     * Checks one endpoint; a component that is not there yet, or takes whatever it is given, is left alone.
     *
     * @throws InvalidSettingException names the option, and never its value
     */
    void check(String setting, String uri) {
        String scheme = scheme(uri).toLowerCase(Locale.ROOT);
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
