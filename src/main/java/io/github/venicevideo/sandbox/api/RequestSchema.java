package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.github.venicevideo.sandbox.call.ApiError;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** One request's JSON schema; its findings come out in the API's own words. */
final class RequestSchema {

    private final Schema schema;

    private RequestSchema(Schema schema) {
        this.schema = schema;
    }

    static RequestSchema packaged(String name) throws IOException {
        try (InputStream in = Resources.open(name + "-request.schema.json")) {
            return new RequestSchema(
                    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(in));
        }
    }

    /** @throws ApiError 400 with details by field */
    void check(JsonNode request) {
        if (!request.isObject()) {
            throw ApiError.plain(400, "Request body must be a JSON object");
        }
        Problems problems = new Problems();
        for (Error error : schema.validate(request)) {
            report(error, problems);
        }
        problems.throwIfAny();
    }

    private static void report(Error error, Problems problems) {
        List<String> path = steps(error.getInstanceLocation());
        switch (error.getKeyword()) {
            case "additionalProperties" -> problems.add(path, "unrecognized_keys",
                    "Unrecognized key(s) in object: '" + error.getProperty() + "'");
            case "required" -> {
                path.add(error.getProperty());
                problems.add(path, "invalid_type", "Required");
            }
            case "enum" -> problems.add(path, "invalid_enum_value", "Invalid enum value. Expected one of "
                    + error.getSchemaNode());
            case "type" -> problems.add(path, "invalid_type", "Expected " + error.getSchemaNode().asText());
            case "minLength" -> problems.add(path, "too_small", "String must contain at least "
                    + error.getSchemaNode() + " character(s)");
            case "maxLength" -> problems.add(path, "too_big", "String must contain at most "
                    + error.getSchemaNode() + " character(s)");
            case "maxItems" -> problems.add(path, "too_big", "Array must contain at most "
                    + error.getSchemaNode() + " element(s)");
            default -> problems.add(path, "custom", error.getMessage());
        }
    }

    private static List<String> steps(NodePath path) {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < path.getNameCount(); i++) {
            steps.add(String.valueOf(path.getElement(i)));
        }
        return steps;
    }
}
