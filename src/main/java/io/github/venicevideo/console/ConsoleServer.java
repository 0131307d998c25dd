package io.github.venicevideo.console;

import io.github.venicevideo.api.InvalidSettingException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program's own HTTP server, behind Camel's {@code platform-http}. Camel Main has one too, which logs that its port
 * is taken and goes on, and whose authentication has been passed by (CVE-2026-40022).
 */
public final class ConsoleServer extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int IDLE_SECONDS = 60;
    private static final Duration LONGEST_SENDING = Duration.ofSeconds(10);
    private static final int WORKERS = 4;
    private static final int PATIENCE_SECONDS = 10;

    private final ConsoleAddress address;
    private final CamelContext context;
    private final Duration longestSending;
    private Vertx vertx;
    private int port;

    /** @param context whose {@code platform-http} endpoints it serves, from when they are started */
    public ConsoleServer(ConsoleAddress address, CamelContext context) {
        this(address, context, LONGEST_SENDING);
    }

    /** @param longestSending how long the head of a call may take, and how long its body */
    ConsoleServer(ConsoleAddress address, CamelContext context, Duration longestSending) {
        this.longestSending = longestSending;
        this.address = address;
        this.context = context;
    }

    /** The port that it listens on; 0 before it is started. */
    public int port() {
        return port;
    }

    /** @throws InvalidSettingException when the port cannot be had */
    @Override
    protected void doStart() throws InterruptedException {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Router router = Router.router(vertx);
        Handler<RoutingContext> bodies = new ConsoleBodies(context, longestSending);
        ConsoleConnections connections = new ConsoleConnections(vertx, longestSending);
        context.getRegistry().bind(VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO,
                new VertxPlatformHttpRouter(null, vertx, router, VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO) {
                    @Override
                    public Handler<RoutingContext> bodyHandler() {
                        return bodies;
                    }
                });
        try {
            HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                            .setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false))
                    .connectionHandler(connections)
                    .requestHandler(connections.calls(router))
                    .listen(address.port(), address.host())
                    .toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            port = server.actualPort();
            LOG.info("Console: http://{}:{}/observe/health", address.host(), port);
        } catch (ExecutionException | TimeoutException e) {
            doStop();
            throw new InvalidSettingException("venice.console.port", String.valueOf(address.port()), "a port that nobody"
                    + " else listens on at " + address.host() + "; 0 takes any free one, off goes without a console ("
                    + (e.getCause() == null ? e : e.getCause()).getMessage() + ")", e);
        }
    }

    @Override
    protected void doStop() throws InterruptedException {
        if (vertx == null) {
            return;
        }
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The console did not close: {}", e.getMessage());
        }
        vertx = null;
    }
}
