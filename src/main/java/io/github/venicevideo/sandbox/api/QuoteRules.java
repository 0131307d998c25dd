package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.ApiError;

/** What a quote asks for: the schema, and for upscaling also the form that a guide shows, which no schema has. */
final class QuoteRules {

    private final RequestSchema schema;

    QuoteRules(RequestSchema schema) {
        this.schema = schema;
    }

    /** @throws ApiError 400 with details by field */
    void check(Model model, JsonNode request) {
        boolean measured = model.family() == Model.Family.UPSCALE && isGuideForm(request);
        schema.check(measured ? ((ObjectNode) request.deepCopy()).without("duration") : request);
        if (!model.strict()) {
            return;
        }
        Problems problems = new Problems();
        if (request.has("bitrate_mode")) {
            problems.add("bitrate_mode", "Unrecognized key: bitrate_mode has no effect on the price");
        }
        if (!measured) {
            QueueRules.duration(model, request, problems);
        }
        if (!model.resolutions().isEmpty()) {
            QueueRules.oneOf(request, "resolution", model.resolutions(), problems);
        }
        problems.throwIfAny();
    }

    /** Seconds as measured, and the height of what goes in. */
    private static boolean isGuideForm(JsonNode request) {
        return request.path("duration").asText().matches("\\d+(\\.\\d+)?") && request.path("input_height").isInt();
    }
}
