package io.github.venicevideo.venice.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.CleanText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects {@code details} (nested {@code _errors}) and {@code issues} into messages by field, such as {@code elements[0].video_url}. */
final class FieldErrors {

    private static final int MAX_FIELDS = 50;
    private static final int MAX_MESSAGES = 10;
    private static final int MAX_DEPTH = 12;
    private static final int MAX_TEXT = 500;

    private final Map<String, List<String>> byField = new LinkedHashMap<>();

    private FieldErrors() {
    }

    /** The field with the empty name holds what was said about the whole request. */
    static Map<String, List<String>> of(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        for (JsonNode holder : List.of(body, body.path("error"))) {
            errors.details(holder.path("details"), "", 0);
            errors.issues(holder.path("issues"));
            if (holder.path("details").isArray()) {
                errors.issues(holder.path("details"));
            }
        }
        return Collections.unmodifiableMap(errors.byField);
    }

    private void details(JsonNode node, String field, int depth) {
        if (!node.isObject() || depth > MAX_DEPTH) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            String path = name.equals("_errors") ? field : join(field, name);
            if (value.isObject()) {
                details(value, path, depth + 1);
            } else if (value.isArray()) {
                value.forEach(message -> add(path, message));
            } else {
                add(path, value);
            }
        }
    }

    private void issues(JsonNode issues) {
        if (!issues.isArray()) {
            return;
        }
        for (JsonNode issue : issues) {
            String field = "";
            for (JsonNode part : issue.path("path").isArray() ? issue.path("path") : List.of(issue.path("path"))) {
                field = join(field, part.asText(""));
            }
            add(field, issue.path("message"));
        }
    }

    private void add(String field, JsonNode message) {
        String text = CleanText.of(message.asText(""), MAX_TEXT);
        if (text.isEmpty() || (byField.size() >= MAX_FIELDS && !byField.containsKey(field))) {
            return;
        }
        List<String> messages = byField.computeIfAbsent(field, f -> new ArrayList<>());
        if (messages.size() < MAX_MESSAGES && !messages.contains(text)) {
            messages.add(text);
        }
    }

    private static String join(String field, String name) {
        String clean = CleanText.of(name, 100);
        if (clean.matches("[0-9]+")) {
            return field + "[" + clean + "]";
        }
        return field.isEmpty() || clean.isEmpty() ? field + clean : field + "." + clean;
    }
}
