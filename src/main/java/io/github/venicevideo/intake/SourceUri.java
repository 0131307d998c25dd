package io.github.venicevideo.intake;

import io.github.venicevideo.home.Source;
import io.github.venicevideo.settings.InvalidSettingException;
import java.net.URISyntaxException;
import java.util.Map;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.URISupport;

/**
 * The endpoint of a source.
 *
 * @param source whose endpoint it is
 * @param options as the URI names them
 */
record SourceUri(Source source, Map<String, Object> options) {

    private static final String DELAY = "5000";

    /** @throws InvalidSettingException when the URI's options cannot be read */
    static SourceUri of(Source source) {
        try {
            int query = source.uri().indexOf('?');
            return new SourceUri(source, query < 0 ? Map.of() : URISupport.parseQuery(source.uri().substring(query + 1)));
        } catch (URISyntaxException e) {
            throw new InvalidSettingException("venice.drop.sources." + source.name(), "", "a URI whose options can be read");
        }
    }

    /** Milliseconds between two looks into it. */
    long delay() {
        return TimeUtils.toMilliSeconds(String.valueOf(options.getOrDefault("delay", DELAY)));
    }
}
