package io.github.venicevideo.sandbox.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One request, read whole, on its way to its answer.
 *
 * @param query raw query string; empty when there is none
 * @param json the body; missing node when there is none
 */
public record Exchange(Call call, String method, String path, String query, Map<String, String> headers, JsonNode json,
                List<Media> media) {

    public String text(String field) {
        return json.path(field).asText();
    }
}
