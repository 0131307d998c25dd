package io.github.venicevideo.sandbox.api;

import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.Endpoint;
import io.github.venicevideo.sandbox.call.Exchange;
import io.github.venicevideo.sandbox.call.Reply;
import java.io.IOException;
import java.util.Map;

/** The port of the {@code download_url}s. Their fetches count against no limit of the key. */
public final class DownloadEndpoint implements Endpoint {

    private final RetrieveDesk retrieve;

    public DownloadEndpoint(RetrieveDesk retrieve) {
        this.retrieve = retrieve;
    }

    @Override
    public Call callOf(String method, String path) {
        return Call.ofDownload(method, path);
    }

    @Override
    public void admit(Call call, String method, String path, Map<String, String> headers, long contentLength) {
        if (call == Call.UNKNOWN) {
            throw ApiError.plain(404, "No such object.");
        }
    }

    @Override
    public Reply answer(Exchange exchange) throws IOException {
        return exchange.call() == Call.DOWNLOAD ? retrieve.download(exchange) : retrieve.revoke(exchange);
    }

    @Override
    public Reply label(Call call, Reply reply) {
        return reply;
    }
}
