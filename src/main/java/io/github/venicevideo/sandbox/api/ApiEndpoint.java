package io.github.venicevideo.sandbox.api;

import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.Endpoint;
import io.github.venicevideo.sandbox.call.Exchange;
import io.github.venicevideo.sandbox.call.Reply;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The API port. */
public final class ApiEndpoint implements Endpoint {

    private static final String VERSION = "20260821.193530";

    private final KeyDesk keys;
    private final KeyLimits limits;
    private final Account account;
    private final Catalogue catalogue;
    private final QueueDesk queue;
    private final RetrieveDesk retrieve;
    private final long maxBodyBytes;
    private final AtomicLong rays = new AtomicLong();

    public ApiEndpoint(KeyDesk keys, KeyLimits limits, Account account, Catalogue catalogue, QueueDesk queue,
                RetrieveDesk retrieve, long maxBodyBytes) {
        this.keys = keys;
        this.limits = limits;
        this.account = account;
        this.catalogue = catalogue;
        this.queue = queue;
        this.retrieve = retrieve;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public Call callOf(String method, String path) {
        return Call.ofApi(method, path);
    }

    @Override
    public void admit(Call call, String method, String path, Map<String, String> headers, long contentLength) {
        if (call == Call.UNKNOWN) {
            Call meant = Call.atPath(path);
            throw meant == Call.UNKNOWN ? ApiError.plain(404, "Not found")
                    : ApiError.plain(405, "Method not allowed").with("Allow", meant.method());
        }
        keys.authenticate(call, headers);
        limits.admit(call);
        if (call == Call.QUEUE) {
            account.requireSome();
        }
        if (contentLength > maxBodyBytes) {
            throw tooLarge();
        }
        if (call.method().equals("POST") && !headers.getOrDefault("content-type", "").startsWith(Reply.JSON)) {
            throw ApiError.plain(415, "Content-Type must be application/json");
        }
    }

    @Override
    public Reply answer(Exchange exchange) throws IOException {
        BigDecimal before = account.balance();
        try {
            return labelled(exchange, before, work(exchange));
        } catch (ApiError refused) {
            throw refused.replaced(labelled(exchange, before, refused.reply()));
        }
    }

    /** What the API itself puts on every answer that is its own, and no proxy's. */
    private Reply labelled(Exchange exchange, BigDecimal before, Reply reply) {
        Reply labelled = reply.with("x-venice-version", VERSION);
        if (exchange.call() != Call.MODELS) {
            labelled = labelled.with("x-venice-balance-diem", "0")
                    .with(Account.BEFORE, reply.headers().getOrDefault(Account.BEFORE, before.toPlainString()));
        }
        if (exchange.call() == Call.QUEUE || exchange.call() == Call.QUOTE) {
            for (Map.Entry<String, String> warning : catalogue.warnings(exchange.text("model")).entrySet()) {
                labelled = labelled.with(warning.getKey(), warning.getValue());
            }
        }
        return labelled;
    }

    private Reply work(Exchange exchange) throws IOException {
        return switch (exchange.call()) {
            case QUEUE -> queue.queue(exchange).with("X-Balance-Remaining", account.header());
            case QUOTE -> queue.quote(exchange);
            case RETRIEVE -> retrieve.retrieve(exchange).with("X-Balance-Remaining", account.header());
            case COMPLETE -> retrieve.complete(exchange).with("X-Balance-Remaining", account.header());
            case MODELS -> Reply.json(200, catalogue.listing(type(exchange.query())));
            case BALANCE -> keys.balance();
            case RATE_LIMITS -> keys.rateLimits();
            case DOWNLOAD, REVOKE, UNKNOWN -> throw ApiError.plain(404, "Not found");
        };
    }

    @Override
    public Reply label(Call call, Reply reply) {
        limits.answered(reply);
        return limits.label(call, reply).with("CF-RAY", "%016x-SBX".formatted(rays.incrementAndGet()));
    }

    private static String type(String query) {
        return Arrays.stream(query.split("&")).filter(part -> part.startsWith("type="))
                .map(part -> part.substring("type=".length())).findFirst().orElse("");
    }

    private ApiError tooLarge() {
        return ApiError.coded(413, "PAYLOAD_TOO_LARGE",
                "The request body exceeds the maximum allowed size of " + maxBodyBytes / 1_000_000 + " MB.");
    }
}
