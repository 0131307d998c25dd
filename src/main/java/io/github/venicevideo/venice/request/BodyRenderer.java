package io.github.venicevideo.venice.request;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts a request tree into text and media: {@code {"image_url":"} | the medium | {","prompt":"…"}}. */
final class BodyRenderer {

    private final Map<JsonPointer, BodySegment> media;
    private final List<BodySegment> segments = new ArrayList<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final JsonGenerator json;

    private BodyRenderer(Map<JsonPointer, BodySegment> media) throws IOException {
        this.media = new LinkedHashMap<>(media);
        this.json = Json.mapper().createGenerator(text);
    }

    /**
     * @param media by the pointer of the empty string that each one replaces
     * @throws IllegalArgumentException where a pointer leads to no empty string
     */
    static List<BodySegment> render(ObjectNode fields, Map<JsonPointer, BodySegment> media) throws IOException {
        BodyRenderer renderer = new BodyRenderer(media);
        renderer.write(fields, JsonPointer.empty());
        renderer.cut();
        if (!renderer.media.isEmpty()) {
            throw new IllegalArgumentException("The request has no field " + renderer.media.keySet().iterator().next());
        }
        return List.copyOf(renderer.segments);
    }

    private void write(JsonNode node, JsonPointer at) throws IOException {
        BodySegment medium = media.remove(at);
        if (medium != null) {
            writeMedium(node, at, medium);
        } else if (node.isObject()) {
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                json.writeFieldName(field.getKey());
                write(field.getValue(), at.appendProperty(field.getKey()));
            }
            json.writeEndObject();
        } else if (node.isArray()) {
            json.writeStartArray();
            for (int i = 0; i < node.size(); i++) {
                write(node.get(i), at.appendIndex(i));
            }
            json.writeEndArray();
        } else {
            json.writeTree(node);
        }
    }

    private void writeMedium(JsonNode node, JsonPointer at, BodySegment medium) throws IOException {
        if (!node.isTextual() || !node.textValue().isEmpty()) {
            throw new IllegalArgumentException("The field " + at + " has a value of its own beside its medium");
        }
        json.writeRawValue("\"");
        cut();
        segments.add(medium);
        text.write('"');
    }

    private void cut() throws IOException {
        json.flush();
        segments.add(new BodySegment.Text(text.toByteArray()));
        text.reset();
    }
}
