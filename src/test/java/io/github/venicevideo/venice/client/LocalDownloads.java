package io.github.venicevideo.venice.client;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;

/** Fetches from this machine, by its address, and asks no server for any name. */
public final class LocalDownloads {

    private static final String HERE = "127.0.0.1";

    private LocalDownloads() {
    }

    public static VeniceClientConfigurer client(Duration responseTimeout) {
        InMemoryDnsResolver names = new InMemoryDnsResolver();
        names.add(HERE, InetAddress.getLoopbackAddress());
        return VeniceClientConfigurer.download(responseTimeout, new PublicAddresses(names, List.of(HERE)));
    }
}
