package io.github.venicevideo.venice.client;

import io.github.venicevideo.venice.PublicHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names to addresses in the public internet only, unless the name is allowed: whoever names a host may let it
 * point to a private address when it is called. It is asked for the very connection, so that nothing can change after it.
 */
final class PublicAddresses implements DnsResolver {

    private final DnsResolver dns;
    private final Set<String> allowedHosts;

    /** @param allowedHosts {@code venice.download.allowed-hosts} */
    PublicAddresses(DnsResolver dns, Collection<String> allowedHosts) {
        this.dns = dns;
        this.allowedHosts = allowedHosts.stream().map(DownloadUrlRule::plain).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = dns.resolve(host);
        if (allowedHosts.contains(DownloadUrlRule.plain(host))) {
            return addresses;
        }
        InetAddress[] open = Arrays.stream(addresses).filter(PublicHost::isPublic).toArray(InetAddress[]::new);
        if (open.length == 0) {
            throw new UnknownHostException("The host " + host + " of a download_url has no public address; videos are in the public internet");
        }
        return open;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return dns.resolveCanonicalHostname(host);
    }
}
