package io.github.venicevideo.intake;

import io.github.venicevideo.home.Source;
import io.github.venicevideo.settings.InvalidSettingException;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.URISupport;

/**
 * The endpoint that a source is read with: the configured URI, and the options without which its component would
 * acknowledge what is not recorded, or hold whole files in memory. An option that the URI names is left as it is.
 *
 * @param source whose URI it is
 * @param kind what its scheme says about it
 * @param options as the URI names them
 */
record SourceUri(Source source, SourceKind kind, Map<String, Object> options) {

    private static final String BUCKET_DELAY = "5000";

    static SourceUri of(Source source) {
        try {
            int query = source.uri().indexOf('?');
            return new SourceUri(source, SourceKind.of(source.scheme()),
                    query < 0 ? Map.of() : URISupport.parseQuery(source.uri().substring(query + 1)));
        } catch (URISyntaxException e) {
            throw new InvalidSettingException("venice.drop.sources." + source.name(), "", "a URI whose options can be read");
        }
    }

    /** The whole URI, a secret. */
    String consumer() {
        StringBuilder uri = new StringBuilder(source.uri());
        added().forEach((name, value) -> uri.append(uri.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value));
        return uri.toString();
    }

    /** Milliseconds between two looks into a bucket. */
    long delay() {
        return TimeUtils.toMilliSeconds(String.valueOf(options.getOrDefault("delay", BUCKET_DELAY)));
    }

    private Map<String, String> added() {
        Map<String, String> added = new LinkedHashMap<>();
        if (kind.decidedBy().stream().noneMatch(options::containsKey)) {
            added.putAll(kind.acknowledging());
        }
        kind.reading().forEach((name, value) -> {
            if (!options.containsKey(name)) {
                added.put(name, value);
            }
        });
        return added;
    }
}
