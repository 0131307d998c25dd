package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.ApiError;
import java.util.List;

/**
 * Collects what is wrong with a request, field by field, into the API's detailed error:
 * {@code {"error", "details": {"field": {"_errors": […]}}, "issues": […]}}.
 */
final class Problems {

    private final ObjectNode details = JsonNodeFactory.instance.objectNode();
    private final ArrayNode issues = JsonNodeFactory.instance.arrayNode();

    Problems() {
        details.putArray("_errors");
    }

    /** @param path field names and list indices from the top; empty for the request as a whole */
    void add(List<String> path, String code, String message) {
        ObjectNode at = details;
        ObjectNode issue = issues.addObject().put("code", code).put("message", message);
        ArrayNode issuePath = issue.putArray("path");
        for (String step : path) {
            at = at.withObjectProperty(step);
            at.withArrayProperty("_errors");
            if (step.chars().allMatch(Character::isDigit)) {
                issuePath.add(Integer.parseInt(step));
            } else {
                issuePath.add(step);
            }
        }
        at.withArrayProperty("_errors").add(message);
    }

    void add(String field, String message) {
        add(List.of(field), "custom", message);
    }

    /** @param pointer JSON pointer of the field at fault */
    void addAt(String pointer, String message) {
        add(List.of(pointer.substring(1).split("/")), "custom", message);
    }

    /** @throws ApiError 400 when there are any */
    void throwIfAny() {
        if (!issues.isEmpty()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", "Invalid request parameters");
            body.set("details", details);
            body.set("issues", issues);
            throw ApiError.of(400, "Invalid request parameters: " + issues, body);
        }
    }
}
