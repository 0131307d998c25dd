package io.github.venicevideo.venice.request;

import io.github.venicevideo.venice.PublicHost;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether the API may be asked to fetch a medium from a URL: only from a public host, unless its host is
 * allowed by name. Names are judged as they are spelt, never looked up.
 */
public final class MediaUrlRule {

    private final Set<String> allowedHosts;

    /** @param allowedHosts {@code venice.media.allowed-hosts}: host names or addresses that may be private */
    public MediaUrlRule(Collection<String> allowedHosts) {
        this.allowedHosts = allowedHosts.stream().map(host -> plain(withoutPort(host))).flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Why the URL may not be used, in a sentence that does not show more of it than its host; empty where it may.
     *
     * @param url begins with {@code http://} or {@code https://}
     */
    public Optional<String> refusal(String url) {
        Optional<String> host = host(url);
        if (host.isEmpty()) {
            return Optional.of("Its host cannot be told: there are characters in it that no host has.");
        }
        return allowedHosts.contains(host.get()) || PublicHost.looksPublic(host.get()) ? Optional.empty()
                : Optional.of("Its host " + host.get() + " is not public.");
    }

    private static Optional<String> host(String url) {
        int start = url.indexOf("://") + 3;
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(start, end);
        // A backslash ends the host for some readers, and not for others.
        if (authority.indexOf('\\') >= 0 || authority.indexOf('%') >= 0) {
            return Optional.empty();
        }
        return plain(withoutPort(authority.substring(authority.lastIndexOf('@') + 1)));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean several = host.indexOf(':') != colon && !host.startsWith("[");
        boolean port = colon >= 0 && !several && colon > host.lastIndexOf(']')
                && host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return port ? host.substring(0, colon) : host;
    }

    /** Lower case, without brackets and final dot, with the look-alikes that name resolvers read as plain letters. */
    private static Optional<String> plain(String host) {
        String name = Normalizer.normalize(host.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
            return name.matches("[0-9a-f:.]*:[0-9a-f:.]*") ? Optional.of(name) : Optional.empty();
        }
        try {
            name = IDN.toASCII(name).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return name.isEmpty() || !name.matches("[a-z0-9._:-]+") ? Optional.empty() : Optional.of(name);
    }
}
