package io.github.venicevideo.venice.client;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes camel-http's client one that does what it is told, once: no silent retries (it would send a POST again on 429
 * and 503), no redirects, no cookies, and the key only where it belongs. Bound in the registry and named by the
 * {@code httpClientConfigurer} option of an endpoint, it leaves a host's own http component as it is.
 *
 * <p>Its connections are {@link SecretConnection its own}, whatever pool the http component has. It sets the client's default
 * request configuration, so timeouts in the endpoint's options have no effect beside it. The proxy that the http component
 * names is still used, and whom it trusts is trusted; the JVM's proxy properties are not asked.
 */
public final class VeniceClientConfigurer implements HttpClientConfigurer, CamelContextAware {

    /** Longest wait for an answer's first byte, and between two of its bytes. */
    public static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout POOL = Timeout.ofSeconds(30);
    /** Until a byte of a request can be written: waiting for a connection, opening it, and the TLS handshake. */
    static final Duration LONGEST_CONNECT = POOL.toDuration().plus(CONNECT.toDuration()).plus(CONNECT.toDuration());

    /** What nobody's head comes near. */
    private static final Http1Config HEADS = Http1Config.custom().setMaxLineLength(100_000).setMaxHeaderCount(1_000).build();

    /** More than there are workers: nobody waits for a connection. */
    private static final int CONNECTIONS = 500;

    private final Optional<KeyHeader> key;
    private final RequestConfig requests;
    private final boolean reuseConnections;
    private final Optional<WatchedCalls> watched;
    private final DnsResolver resolver;
    private final StalledCalls stalled;
    private final AbortableCalls onTheWire = new AbortableCalls();
    private volatile CamelContext context;

    private VeniceClientConfigurer(Optional<KeyHeader> key, RequestConfig requests, boolean reuseConnections,
            Optional<WatchedCalls> watched, DnsResolver resolver, StalledCalls stalled) {
        this.key = key;
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
        return new VeniceClientConfigurer(key, requests, reuseConnections,
                Optional.of(new WatchedCalls(watch, clock)), resolver, stalled);
    }

    /**
     * For every call of the API but the queue call.
     *
     * @param key asked anew for each call; without one, calls go out without {@code Authorization}
     */
    public static VeniceClientConfigurer api(ApiAddress api, Supplier<Optional<String>> key, Duration responseTimeout) {
        return new VeniceClientConfigurer(Optional.of(new KeyHeader(api, key)), requests(responseTimeout).build(), true,
                Optional.empty(), SystemDefaultDnsResolver.INSTANCE, new StalledCalls(responseTimeout));
    }

    /**
     * For {@code POST /video/queue}: asks before it sends the body, and on a connection of its own, since on a pooled
     * one that the server has just closed a small body is written in full and lost.
     */
    public static VeniceClientConfigurer queue(ApiAddress api, Supplier<Optional<String>> key, Duration responseTimeout) {
        RequestConfig asking = requests(responseTimeout).setExpectContinueEnabled(true).build();
        return new VeniceClientConfigurer(Optional.of(new KeyHeader(api, key)), asking, false,
                Optional.empty(), SystemDefaultDnsResolver.INSTANCE, new StalledCalls(responseTimeout));
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
        return new VeniceClientConfigurer(Optional.empty(), requests(responseTimeout).build(), false, Optional.empty(),
                resolver, new StalledCalls(responseTimeout));
    }

    private static RequestConfig.Builder requests(Duration responseTimeout) {
        return RequestConfig.custom()
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
        // Camel sets its own before, whose connections log what they carry.
        builder.setConnectionManagerShared(false).setConnectionManager(connections());
        passOverListeners();
        watched.ifPresent(calls -> builder.addExecInterceptorFirst("venice-watched-calls", calls));
        if (!reuseConnections) {
            builder.setConnectionReuseStrategy((request, response, context) -> false);
        }
    }

    /** A listener that the host's http component has reads whole bodies, as if they were being sent, and shows them. */
    private void passOverListeners() {
        if (context != null) {
            context.getEndpoints().stream().filter(endpoint -> endpoint instanceof HttpEndpoint http
                    && http.getHttpClientConfigurer() == this).forEach(endpoint -> ((HttpEndpoint) endpoint).setHttpActivityListener(null));
        }
    }

    private HttpClientConnectionManager connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(socket -> new SecretConnection(key, HEADS))
                .setDnsResolver(resolver)
                .setTlsSocketStrategy(trust())
                // The connect timeout is that of the TLS handshake too.
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT).build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .build();
    }

    /** As the host's http component has it: a proxy, or an API of the company's own, may have a certificate of its own. */
    private TlsSocketStrategy trust() {
        HttpComponent https = context != null && context.hasComponent("https") instanceof HttpComponent there ? there : null;
        SSLContextParameters given = https == null ? null
                : https.getSslContextParameters() == null && https.isUseGlobalSslContextParameters()
                ? context.getSSLContextParameters() : https.getSslContextParameters();
        if (given == null) {
            return https == null ? DefaultClientTlsStrategy.createSystemDefault()
                    : new DefaultClientTlsStrategy(SSLContexts.createSystemDefault(), https.getX509HostnameVerifier());
        }
        try {
            return new DefaultClientTlsStrategy(given.createSSLContext(context), https.getX509HostnameVerifier());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The TLS settings of the component https cannot be used", e);
        }
    }

    /** The context whose http component says whom to trust; the registry sets it. */
    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    private static String version() {
        String version = VeniceClientConfigurer.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
