package io.github.venicevideo.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The API port. */
final class ApiEndpoint implements Endpoint {

    private final KeyDesk keys;
    private final KeyLimits limits;
    private final Account account;
    private final Catalogue catalogue;
    private final QueueDesk queue;
    private final RetrieveDesk retrieve;
    private final long maxBodyBytes;

    ApiEndpoint(KeyDesk keys, KeyLimits limits, Account account, Catalogue catalogue, QueueDesk queue,
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
        return switch (exchange.call()) {
            case QUEUE -> queue.queue(exchange).with("X-Balance-Remaining", account.header());
            case QUOTE -> queue.quote(exchange);
            case RETRIEVE -> retrieve.retrieve(exchange).with("X-Balance-Remaining", account.header());
            case COMPLETE -> retrieve.complete(exchange).with("X-Balance-Remaining", account.header());
            case MODELS -> Reply.json(200, List.of(exchange.query().split("&")).contains("type=video") ? catalogue.listing()
                    : Catalogue.OF_TEXTS);
            case RATE_LIMITS -> keys.rateLimits();
            case DOWNLOAD, REVOKE, UNKNOWN -> throw ApiError.plain(404, "Not found");
        };
    }

    @Override
    public Reply label(Call call, Reply reply) {
        limits.answered(reply);
        return limits.label(call, reply);
    }

    private ApiError tooLarge() {
        return ApiError.coded(413, "PAYLOAD_TOO_LARGE",
                "The request body exceeds the maximum allowed size of " + maxBodyBytes / 1_000_000 + " MB.");
    }
}
