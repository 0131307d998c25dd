package io.github.venicevideo.intake.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * A field of the queue request that we know.
 *
 * @param name as the API spells it
 * @param shape form of its value
 * @param family kind of its media; null for fields without
 * @param max most characters of a text, or items of a list
 */
public record Field(String name, Shape shape, Family family, int max) {

    /** Plain values that are the same for many videos; never the model (by kind of bundle) or the prompt. */
    public boolean mayHaveDefault() {
        return (shape == Shape.TEXT || shape == Shape.INTEGER || shape == Shape.FLAG)
                && !name.equals("model") && !name.equals("prompt");
    }

    /** A value out of a properties file in the field's JSON type; empty when it is not of that type. */
    public Optional<JsonNode> fromText(String text) {
        return switch (shape) {
            case TEXT -> Optional.of(TextNode.valueOf(text));
            case FLAG -> text.equals("true") || text.equals("false")
                    ? Optional.of(BooleanNode.valueOf(Boolean.parseBoolean(text)))
                    : Optional.empty();
            case INTEGER -> text.matches("-?\\d{1,9}")
                    ? Optional.of(IntNode.valueOf(Integer.parseInt(text)))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }
}
