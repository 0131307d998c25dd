package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An accepted job as the journal keeps it. Times are epoch milliseconds, the price is micro-dollars.
 *
 * @param model the model that the queue answered
 * @param takesMillis how long its generation takes: drawn once, when it was accepted
 * @param p80Millis what the API says of the average
 * @param query query string of its {@code download_url}; empty unless the model is private, or it is linked later
 * @param linkedLater whether its link is first told by retrieve, as {@code url} in the answer that it is completed
 * @param media SHA-256 of its data URLs' bytes, by JSON pointer
 */
public record Job(String queueId, String model, JsonNode request, long priceMicros, long acceptedAt, long takesMillis,
           long p80Millis, String query, boolean linkedLater, Map<String, String> media) {

    public boolean isPrivate() {
        return isLinked() && !linkedLater;
    }

    boolean isLinked() {
        return !query.isEmpty();
    }

    public boolean isReady(long now) {
        return now - acceptedAt >= takesMillis;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("queue_id", queueId).put("model", model).put("price_micros", priceMicros)
                .put("accepted_at", acceptedAt).put("takes_ms", takesMillis).put("p80_ms", p80Millis)
                .put("query", query).put("linked_later", linkedLater);
        ObjectNode mediaJson = json.putObject("media");
        media.forEach(mediaJson::put);
        json.set("request", request);
        return json;
    }

    static Job fromJson(JsonNode json) {
        Map<String, String> media = new LinkedHashMap<>();
        json.path("media").properties().forEach(entry -> media.put(entry.getKey(), entry.getValue().asText()));
        return new Job(json.path("queue_id").asText(), json.path("model").asText(), json.path("request"),
                json.path("price_micros").asLong(), json.path("accepted_at").asLong(), json.path("takes_ms").asLong(),
                json.path("p80_ms").asLong(), json.path("query").asText(),
                json.path("linked_later").asBoolean(), media);
    }
}
