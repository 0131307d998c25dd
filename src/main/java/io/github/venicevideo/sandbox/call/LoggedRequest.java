package io.github.venicevideo.sandbox.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * One request as the sandbox saw it.
 *
 * @param at when its head arrived
 * @param call which call it is
 * @param method HTTP method
 * @param target path and query as sent
 * @param headers by lower-case name; {@code authorization} holds the word {@code present} instead of the key
 * @param bodyBytes bytes of body that were read
 * @param bodySha256 of these bytes, lower-case hex; empty when no body was read whole
 * @param json the body with each data URL replaced by {@code sandbox-media:<mime>:<sha256>:<bytes>}; missing node when
 *     there is none, or it was not read whole
 * @param status of the answer; 0 when the connection was closed without one
 */
public record LoggedRequest(Instant at, Call call, String method, String target, Map<String, String> headers,
                            long bodyBytes, String bodySha256, JsonNode json, int status) {

    /** Whether an Authorization header came with it. */
    public boolean authorized() {
        return headers.containsKey("authorization");
    }

    /** The {@code queue_id} in the body, or an empty string. */
    public String queueId() {
        return json.path("queue_id").asText("");
    }

    public LoggedRequest withStatus(int answered) {
        return new LoggedRequest(at, call, method, target, headers, bodyBytes, bodySha256, json, answered);
    }
}
