package io.github.venicevideo.console;

import io.github.venicevideo.venice.Json;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultExchange;

/**
 * Reads the bodies of calls, of whoever may call: the guard judges the head before a byte of the body is kept, a body is short,
 * few are read at once, and each has to be there whole after a while, however steadily it drips.
 */
final class ConsoleBodies implements Handler<RoutingContext> {

    /** Room for a consent with the digests of some hundred media. */
    static final int LARGEST = 32 * 1024;
    static final int MOST_AT_ONCE = 8;
    private static final int BUSY = 503;
    private static final int TOO_LARGE = 413;

    private final CamelContext context;
    private final Duration longest;
    private final Handler<RoutingContext> bodies = BodyHandler.create(false).setBodyLimit(LARGEST);
    private final AtomicInteger reading = new AtomicInteger();

    /** @param longest time from a call's head to its body's end; then its connection is closed */
    ConsoleBodies(CamelContext context, Duration longest) {
        this.context = context;
        this.longest = longest;
    }

    @Override
    public void handle(RoutingContext call) {
        HttpServerRequest request = call.request();
        try {
            guard().check(head(request));
        } catch (ConsoleRefusal e) {
            refuse(call, e.status(), e.getMessage());
            return;
        }
        if (request.isEnded() || !hasBody(request)) {
            bodies.handle(call);
        } else if (length(request) > LARGEST) {
            refuse(call, TOO_LARGE, "A call has a body of at most " + LARGEST + " bytes.");
        } else if (reading.incrementAndGet() > MOST_AT_ONCE) {
            reading.decrementAndGet();
            refuse(call, BUSY, "Others are sending just now. Send it again in a moment.");
        } else {
            closeLater(call, reading::decrementAndGet);
            bodies.handle(call);
        }
    }

    private ConsoleGuard guard() {
        return context.getRegistry().lookupByNameAndType("veniceConsoleGuard", ConsoleGuard.class);
    }

    /** What the guard looks at, as a route's message would have it. */
    private Exchange head(HttpServerRequest request) {
        Exchange exchange = new DefaultExchange(context);
        Message head = exchange.getMessage();
        for (String name : request.headers().names()) {
            List<String> values = request.headers().getAll(name);
            head.setHeader(name, values.size() == 1 ? values.get(0) : values);
        }
        head.setHeader(Exchange.HTTP_METHOD, request.method().name());
        head.setHeader(Exchange.HTTP_RAW_QUERY, request.query());
        return exchange;
    }

    /** When the body has ended, or has taken too long, once. */
    private void closeLater(RoutingContext call, Runnable ended) {
        HttpServerRequest request = call.request();
        AtomicInteger through = new AtomicInteger();
        Runnable once = () -> {
            if (through.getAndIncrement() == 0) {
                ended.run();
            }
        };
        long timer = call.vertx().setTimer(longest.toMillis(), id -> {
            once.run();
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        request.end().onComplete(end -> {
            call.vertx().cancelTimer(timer);
            once.run();
        });
        call.addEndHandler(end -> once.run());
    }

    /** The rest of the body is let go by, not kept, so that the caller reads the answer. */
    private void refuse(RoutingContext call, int status, String sentence) {
        if (!call.request().isEnded()) {
            closeLater(call, () -> { });
            call.request().resume();
        }
        call.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader("X-Content-Type-Options", "nosniff").end(json(sentence));
    }

    private static Buffer json(String sentence) {
        try {
            return Buffer.buffer(Json.pretty(Map.of("error", sentence)));
        } catch (IOException e) {
            return Buffer.buffer("{}");
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || length(request) > 0;
    }

    private static long length(HttpServerRequest request) {
        try {
            String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
