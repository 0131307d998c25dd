package io.github.venicevideo.intake.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the places in a request where media stand, in the order they are sent. Passes over what is of a wrong
 * type or beyond a list's most: that is a problem of its own.
 */
public final class MediaSpots {

    private MediaSpots() {
    }

    public static List<Spot> of(ObjectNode fields) {
        List<Spot> spots = new ArrayList<>();
        collect(fields, "", Fields.ALL, spots);
        return spots;
    }

    private static void collect(ObjectNode object, String pointer, List<Field> known, List<Spot> spots) {
        for (Field field : known) {
            String here = pointer + "/" + field.name();
            JsonNode value = object.get(field.name());
            if (value == null) {
                continue;
            }
            switch (field.shape()) {
                case MEDIUM -> {
                    if (value.isTextual()) {
                        spots.add(new Spot(here, field.family(), object, field.name(), -1));
                    }
                }
                case MEDIA -> {
                    for (int i = 0; value.isArray() && i < Math.min(value.size(), field.max()); i++) {
                        if (value.get(i).isTextual()) {
                            spots.add(new Spot(here + "/" + i, field.family(), value, "", i));
                        }
                    }
                }
                case ELEMENTS -> inner(value, here, field, Fields.OF_ELEMENT, spots);
                case KEYFRAMES -> inner(value, here, field, Fields.OF_KEYFRAME, spots);
                default -> { }
            }
        }
    }

    private static void inner(JsonNode list, String pointer, Field field, List<Field> known, List<Spot> spots) {
        for (int i = 0; list.isArray() && i < Math.min(list.size(), field.max()); i++) {
            if (list.get(i) instanceof ObjectNode object) {
                collect(object, pointer + "/" + i, known, spots);
            }
        }
    }

    /**
     * One place for one medium.
     *
     * @param pointer JSON pointer to it
     * @param family kind of medium it takes
     */
    public record Spot(String pointer, Family family, JsonNode parent, String name, int index) {

        public String value() {
            return (index < 0 ? parent.get(name) : parent.get(index)).textValue();
        }

        public void replace(String value) {
            if (index < 0) {
                ((ObjectNode) parent).set(name, TextNode.valueOf(value));
            } else {
                ((ArrayNode) parent).set(index, TextNode.valueOf(value));
            }
        }

        /** The place as the API's documentation writes it, such as {@code elements[0].video_url}. */
        public String path() {
            return pathOf(pointer);
        }

        public static String pathOf(String pointer) {
            return pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
        }
    }
}
