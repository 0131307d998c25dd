package io.github.venicevideo.venice;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes camel-http's client one that does what it is told, once: no silent retries (it would send a POST again on 429
 * and 503), no redirects, no cookies, and the key only where it belongs. Bound in the registry and named by the
 * {@code httpClientConfigurer} option of an endpoint, it leaves a host's own http component as it is.
 *
 * <p>It sets the client's default request configuration, so timeouts in the endpoint's options have no effect beside it.
 * A proxy that the http component names is still used; the JVM's proxy properties are not.
 */
public final class VeniceClientConfigurer implements HttpClientConfigurer {

    /** Longest wait for an answer's first byte, and between two of its bytes. */
    public static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout POOL = Timeout.ofSeconds(30);
    /** Until a byte of a request can be written: waiting for a connection, opening it, and the TLS handshake. */
    static final Duration LONGEST_CONNECT = POOL.toDuration().plus(CONNECT.toDuration()).plus(CONNECT.toDuration());

    /** What nobody's head comes near. */
    private static final Http1Config HEADS = Http1Config.custom().setMaxLineLength(100_000).setMaxHeaderCount(1_000).build();

    private final KeyHeader keyHeader;
    private final RequestConfig requests;
    private final boolean reuseConnections;
    private final Optional<WatchedCalls> watched;
    private final Optional<DnsResolver> resolver;
    private final StalledCalls stalled;
    private final AbortableCalls onTheWire = new AbortableCalls();

    private VeniceClientConfigurer(KeyHeader keyHeader, RequestConfig requests, boolean reuseConnections,
            Optional<WatchedCalls> watched, Optional<DnsResolver> resolver, StalledCalls stalled) {
        this.keyHeader = keyHeader;
        this.requests = requests;
        this.reuseConnections = reuseConnections;
        this.watched = watched;
        this.resolver = resolver;
        this.stalled = stalled;
    }

    /**
     * Ends every call of its client that is on the wire now, each judged by what it had written, and lets no other begin
     * until {@link #allow}.
     */
    public void abort() {
        onTheWire.abort();
    }

    /** Lets calls begin again. */
    public void allow() {
        onTheWire.allow();
    }

    /** The same client, with somebody who sees each of its calls and may hold them back. */
    public VeniceClientConfigurer watchedBy(CallWatch watch, Clock clock) {
        return new VeniceClientConfigurer(keyHeader, requests, reuseConnections,
                Optional.of(new WatchedCalls(watch, clock)), resolver, stalled);
    }

    /**
     * For every call of the API but the queue call.
     *
     * @param key asked anew for each call; without one, calls go out without {@code Authorization}
     */
    public static VeniceClientConfigurer api(ApiAddress api, Supplier<Optional<String>> key, Duration responseTimeout) {
        return new VeniceClientConfigurer(new KeyHeader(api, key), requests(responseTimeout).build(), true,
                Optional.empty(), Optional.empty(), new StalledCalls(responseTimeout));
    }

    /**
     * For {@code POST /video/queue}: asks before it sends the body, and on a connection of its own, since on a pooled
     * one that the server has just closed a small body is written in full and lost.
     */
    public static VeniceClientConfigurer queue(ApiAddress api, Supplier<Optional<String>> key, Duration responseTimeout) {
        RequestConfig asking = requests(responseTimeout).setExpectContinueEnabled(true).build();
        return new VeniceClientConfigurer(new KeyHeader(api, key), asking, false,
                Optional.empty(), Optional.empty(), new StalledCalls(responseTimeout));
    }

    /**
     * For a {@code download_url}: never with a key, whatever headers the message holds, and only to public addresses.
     *
     * @param allowedHosts hosts that may have private ones
     */
    public static VeniceClientConfigurer download(Duration responseTimeout, Collection<String> allowedHosts) {
        return download(responseTimeout, new PublicAddresses(SystemDefaultDnsResolver.INSTANCE, allowedHosts));
    }

    static VeniceClientConfigurer download(Duration responseTimeout, DnsResolver resolver) {
        return new VeniceClientConfigurer(null, requests(responseTimeout).build(), false, Optional.empty(),
                Optional.of(resolver), new StalledCalls(responseTimeout));
    }

    // The connection manager is camel-http's own (it carries the host's TLS settings), so the deprecated way is the
    // only one to give it a connect timeout, which is that of the TLS handshake too.
    @SuppressWarnings("deprecation")
    private static RequestConfig.Builder requests(Duration responseTimeout) {
        return RequestConfig.custom()
                .setConnectTimeout(CONNECT)
                .setConnectionRequestTimeout(POOL)
                .setResponseTimeout(Timeout.of(responseTimeout))
                .setRedirectsEnabled(false);
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                // a compressed answer has no Content-Length, by which a cut one is told from a whole one, and no bound
                .disableContentCompression()
                .addRequestInterceptorFirst((request, entity, context) -> request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity"))
                .setUserAgent("venice-video-routes/" + version())
                .setDefaultRequestConfig(requests);
        builder.addExecInterceptorFirst("venice-abortable-calls", onTheWire);
        builder.addExecInterceptorFirst("venice-stalled-calls", stalled);
        // A manager of the client's own: only it lets us see which address is connected to. Camel sets its own before.
        resolver.ifPresent(dns -> builder.setConnectionManagerShared(false).setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create().useSystemProperties().setDnsResolver(dns)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(HEADS).build())
                        .build()));
        watched.ifPresent(calls -> builder.addExecInterceptorFirst("venice-watched-calls", calls));
        if (!reuseConnections) {
            builder.setConnectionReuseStrategy((request, response, context) -> false);
        }
        if (keyHeader != null) {
            builder.addRequestInterceptorLast(keyHeader);
        } else {
            builder.addRequestInterceptorLast((request, entity, context) -> request.removeHeaders(HttpHeaders.AUTHORIZATION));
        }
    }

    private static String version() {
        String version = VeniceClientConfigurer.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
