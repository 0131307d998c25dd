package io.github.venicevideo.sandbox.wire;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ExceptionListener;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.HttpFilterHandler;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening port on the loopback interface. */
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private static final int MOST_TRIES = 40;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final HttpServer server;

    private Listener(HttpServer server) {
        this.server = server;
    }

    /** @param port 0 = a free one */
    static Listener open(int port, HttpFilterHandler front) throws IOException {
        HttpServer server = ServerBootstrap.bootstrap()
                .setListenerPort(port)
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setCanonicalHostName("127.0.0.1")
                .setSocketConfig(SocketConfig.custom().setSoReuseAddress(true).setTcpNoDelay(true)
                        .setSoTimeout(Timeout.ofMinutes(2)).build())
                .setConnectionFactory(socket -> {
                    SandboxConnection connection = new SandboxConnection();
                    connection.bind(socket);
                    return connection;
                })
                .setExceptionListener(new Quiet())
                .setRequestRouter((request, context) -> null) // wanted by the builder; the filter answers everything
                .addFilterFirst("sandbox", front)
                .create();
        server.start();
        return new Listener(server);
    }

    /**
     * Opens the port that is wanted; if it is taken, a free one.
     *
     * @param patient whether to wait for it a little: a port that was closed is free only once nobody waits at it any longer
     */
    public static Listener openAt(int port, boolean patient, HttpFilterHandler front) throws IOException {
        for (int tries = patient ? MOST_TRIES : 1; tries > 0; tries--) {
            try {
                return open(port, front);
            } catch (BindException taken) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        LOG.info("Sandbox: port {} is taken, using another", port);
        return open(0, front);
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE, Timeout.ofSeconds(1));
    }

    /** Broken connections are this server's daily business. */
    private static final class Quiet implements ExceptionListener {

        @Override
        public void onError(Exception e) {
            LOG.debug("Sandbox: {}", e.toString());
        }

        @Override
        public void onError(HttpConnection connection, Exception e) {
            if (e instanceof RuntimeException) {
                LOG.warn("Sandbox: a connection failed", e);
            } else if (!(e instanceof ConnectionClosedException)) {
                LOG.debug("Sandbox: {}", e.toString());
            }
        }
    }
}
