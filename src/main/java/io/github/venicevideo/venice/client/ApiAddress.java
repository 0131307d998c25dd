package io.github.venicevideo.venice.client;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Where the API lives: the only place that the key is ever sent to.
 *
 * @param base such as {@code https://api.venice.ai/api/v1}, without a final slash
 */
public record ApiAddress(URI base) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * @param url the setting {@code venice.api.url}
     * @throws IllegalArgumentException with a sentence for people, where it is neither https nor loopback
     */
    public static ApiAddress of(String url) {
        URI uri;
        try {
            uri = URI.create(url.strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("venice.api.url is not a URL", e);
        }
        if (uri.getHost() == null || uri.getScheme() == null || uri.getRawQuery() != null || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("venice.api.url must be a plain URL, such as https://api.venice.ai/api/v1");
        }
        boolean loopback = LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
        if (!uri.getScheme().equalsIgnoreCase("https") && !(uri.getScheme().equalsIgnoreCase("http") && loopback)) {
            throw new IllegalArgumentException("venice.api.url must be https, or http on this machine: "
                    + uri.getScheme() + "://" + uri.getHost() + " would show the key to the network");
        }
        return new ApiAddress(uri);
    }

    /** Whether the address lies at or under the base: same scheme, host and port, and a path below it. */
    boolean covers(URI address) {
        URI other = address.normalize();
        String path = other.getRawPath() == null ? "" : other.getRawPath();
        String prefix = base.getRawPath();
        return base.getScheme().equalsIgnoreCase(other.getScheme())
                && base.getHost().equalsIgnoreCase(other.getHost())
                && port(base) == port(other)
                && (path.equals(prefix) || path.startsWith(prefix + "/"));
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
