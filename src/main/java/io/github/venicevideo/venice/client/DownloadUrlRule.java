package io.github.venicevideo.venice.client;

import io.github.venicevideo.venice.PublicHost;
import io.github.venicevideo.venice.answer.DownloadUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides whether a {@code download_url} may be called: https and a public host, unless its host is allowed by name. */
public final class DownloadUrlRule {

    private static final int LONGEST = 8_192;

    private final Set<String> allowedHosts;

    /** @param allowedHosts {@code venice.download.allowed-hosts}: host names or addresses that may be plain http or private */
    public DownloadUrlRule(Collection<String> allowedHosts) {
        this.allowedHosts = allowedHosts.stream().map(DownloadUrlRule::plain).collect(Collectors.toUnmodifiableSet());
    }

    /** Why the URL may not be called, in a sentence that does not show it; empty where it may. */
    public Optional<String> refusal(DownloadUrl url) {
        URI uri = parse(url.value());
        if (uri == null || uri.getHost() == null || !uri.isAbsolute()) {
            return Optional.of("It is not a URL with a host.");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("It holds a user name or password.");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.of("It is neither https nor http.");
        }
        String host = plain(uri.getHost());
        if (allowedHosts.contains(host)) {
            return Optional.empty();
        }
        if (!scheme.equals("https")) {
            return Optional.of("It is not https, as links to videos are; its host is " + host + ".");
        }
        return PublicHost.looksPublic(host) ? Optional.empty()
                : Optional.of("Its host " + host + " is not in the public internet, where videos are.");
    }

    /** Strict on purpose: braces, which Camel would take for a property, never pass {@link URI}. */
    private static URI parse(String value) {
        if (value == null || value.length() > LONGEST || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return null;
        }
        try {
            return new URI(value).parseServerAuthority();
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static String plain(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        lower = lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
