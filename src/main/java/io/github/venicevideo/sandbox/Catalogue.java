package io.github.venicevideo.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The models: {@code models.json} is what {@code GET /models?type=video} answers, {@code rules.json} the rest. */
final class Catalogue {

    /** What is answered to whoever does not ask for videos. */
    static final JsonNode OF_TEXTS = textModels();

    private final JsonNode listing;
    private final Map<String, Model> models = new LinkedHashMap<>();

    private Catalogue(JsonNode listing, JsonNode rules) {
        this.listing = listing;
        for (JsonNode listed : listing.path("data")) {
            Model model = Model.of(listed, rules.path(listed.path("id").asText()));
            models.put(model.id(), model);
        }
    }

    static Catalogue packaged(ObjectMapper mapper) throws IOException {
        return new Catalogue(Resources.json("models.json", mapper), Resources.json("rules.json", mapper));
    }

    private static JsonNode textModels() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("object", "list").put("type", "text").putArray("data").addObject().put("id", "venice-uncensored")
                .put("type", "text").put("object", "model").putObject("model_spec").put("name", "Venice Uncensored")
                .putObject("constraints").putObject("temperature").put("default", 0.7);
        return answer;
    }

    JsonNode listing() {
        return listing;
    }

    Iterable<Model> models() {
        return models.values();
    }

    /** @throws ApiError 404 when there is no such model */
    Model require(String id) {
        Model model = models.get(id);
        if (model == null) {
            throw ApiError.nested(404, "invalid_request_error", "MODEL_NOT_FOUND",
                    "Specified model not found: " + id);
        }
        return model;
    }
}
