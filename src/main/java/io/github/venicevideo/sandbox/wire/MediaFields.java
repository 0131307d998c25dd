package io.github.venicevideo.sandbox.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.sandbox.call.MediaFamily;
import java.io.IOException;
import java.util.Map;

/** Finds the media of a queue request, wherever the contract lets them stand. */
final class MediaFields {

    private static final Map<String, MediaFamily> FAMILIES = Map.ofEntries(
            Map.entry("image_url", MediaFamily.IMAGE), Map.entry("end_image_url", MediaFamily.IMAGE),
            Map.entry("frontal_image_url", MediaFamily.IMAGE), Map.entry("reference_image_urls", MediaFamily.IMAGE),
            Map.entry("scene_image_urls", MediaFamily.IMAGE), Map.entry("video_url", MediaFamily.VIDEO),
            Map.entry("reference_video_urls", MediaFamily.VIDEO), Map.entry("audio_url", MediaFamily.AUDIO),
            Map.entry("reference_audio_urls", MediaFamily.AUDIO),
            Map.entry("reference_document_urls", MediaFamily.DOCUMENT));

    /** Sees one medium. @return what shall stand in its place */
    interface Visitor {
        String visit(String pointer, String field, MediaFamily family, String value) throws IOException;
    }

    private MediaFields() {
    }

    static void visit(JsonNode request, Visitor visitor) throws IOException {
        if (!(request instanceof ObjectNode object)) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (name.equals("elements") || name.equals("keyframes")) {
                for (int i = 0; i < field.getValue().size(); i++) {
                    if (field.getValue().get(i) instanceof ObjectNode item) {
                        visitObject(item, "/" + name + "/" + i, name, visitor);
                    }
                }
            }
        }
        visitObject(object, "", null, visitor);
    }

    private static void visitObject(ObjectNode object, String base, String top, Visitor visitor) throws IOException {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            MediaFamily family = FAMILIES.get(field.getKey());
            if (family == null) {
                continue;
            }
            String pointer = base + "/" + field.getKey();
            String topField = top == null ? field.getKey() : top;
            if (field.getValue().isTextual()) {
                field.setValue(TextNode.valueOf(
                        visitor.visit(pointer, topField, family, field.getValue().textValue())));
            } else if (field.getValue() instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i).isTextual()) {
                        list.set(i, TextNode.valueOf(
                                visitor.visit(pointer + "/" + i, topField, family, list.get(i).textValue())));
                    }
                }
            }
        }
    }
}
