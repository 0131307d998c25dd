package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a model, as its entry announces it.
 *
 * @param removesAt from then on calls are mapped to the replacement, or answered with 410
 * @param remaps whether they are mapped
 */
record Deprecation(Instant removesAt, boolean remaps, Optional<String> replacement) {

    static Optional<Deprecation> of(JsonNode spec) {
        JsonNode said = spec.path("deprecation");
        return said.isMissingNode() ? Optional.empty() : Optional.of(new Deprecation(
                Instant.parse(said.path("removesAt").asText()), said.path("autoRemap").asBoolean(),
                Optional.of(said.path("replacementModelId").asText()).filter(id -> !id.isEmpty())));
    }

    Optional<String> mappedTo() {
        return replacement.filter(id -> remaps);
    }

    Map<String, String> headers(String id) {
        return Map.of("x-venice-model-deprecation-warning", "The model " + id + " is removed on " + removesAt + "."
                        + replacement.map(other -> " Use " + other + " instead.").orElse(""),
                "x-venice-model-deprecation-date", removesAt.toString());
    }
}
