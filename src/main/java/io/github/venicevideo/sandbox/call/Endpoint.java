package io.github.venicevideo.sandbox.call;

import java.io.IOException;
import java.util.Map;

/** What one port answers. */
public interface Endpoint {

    Call callOf(String method, String path);

    /** Judges a request by its head, before its body is read. @throws ApiError to refuse it */
    void admit(Call call, String method, String path, Map<String, String> headers, long contentLength);

    /** @throws ApiError to refuse it */
    Reply answer(Exchange exchange) throws IOException;

    /** Sees every answer before it goes out, and adds what all answers carry. */
    Reply label(Call call, Reply reply);
}
