package io.github.venicevideo.console;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Bounds the connections of the console: so many at once, each for one call whose head comes soon. */
final class ConsoleConnections implements Handler<HttpConnection> {

    static final int MOST = 200;

    private final Vertx vertx;
    private final Duration longest;
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<HttpConnection> calling = ConcurrentHashMap.newKeySet();

    /** @param longest time from a connection's beginning to the end of its call's head */
    ConsoleConnections(Vertx vertx, Duration longest) {
        this.vertx = vertx;
        this.longest = longest;
    }

    @Override
    public void handle(HttpConnection connection) {
        if (open.size() >= MOST) {
            connection.close();
            return;
        }
        open.add(connection);
        long timer = vertx.setTimer(longest.toMillis(), id -> {
            if (!calling.contains(connection)) {
                connection.close();
            }
        });
        connection.closeHandler(closed -> {
            vertx.cancelTimer(timer);
            open.remove(connection);
            calling.remove(connection);
        });
    }

    /** The same handler, with each call known, and its connection closed after the answer. */
    Handler<HttpServerRequest> calls(Handler<HttpServerRequest> handler) {
        return request -> {
            calling.add(request.connection());
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            handler.handle(request);
        };
    }
}
