package io.github.venicevideo.venice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;

/** Whoever names a host may let it point into our own network when it is called. */
class PublicAddressesTest {

    private final DnsResolver dns = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            List<InetAddress> addresses = new ArrayList<>();
            for (String address : host.equals("mixed.example.com") ? List.of("10.0.0.1", "8.8.8.8", "::1")
                    : host.equals("cdn.example.com") ? List.of("8.8.4.4") : List.of("169.254.169.254")) {
                addresses.add(InetAddress.getByName(address));
            }
            return addresses.toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    };

    @Test
    void onlyPublicAddressesAreConnectedTo() throws Exception {
        PublicAddresses addresses = new PublicAddresses(dns, List.of());

        assertThat(addresses.resolve("cdn.example.com")).containsExactly(InetAddress.getByName("8.8.4.4"));
        assertThat(addresses.resolve("mixed.example.com")).containsExactly(InetAddress.getByName("8.8.8.8"));
        assertThatThrownBy(() -> addresses.resolve("rebound.example.com")).isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no public address").hasMessageNotContaining("allowed-hosts");
    }

    @Test
    void aHostThatIsAllowedMayBePrivate() throws Exception {
        assertThat(new PublicAddresses(dns, List.of("Rebound.Example.com")).resolve("rebound.example.com."))
                .containsExactly(InetAddress.getByName("169.254.169.254"));
    }
}
