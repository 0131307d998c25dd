package io.github.venicevideo.venice.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads text out of JSON that may hold anything. */
final class Texts {

    private Texts() {
    }

    /** The first of the fields that is a text with something in it. */
    static Optional<String> first(JsonNode holder, String... fields) {
        for (String field : fields) {
            JsonNode value = holder.path(field);
            if (value.isTextual() && !value.textValue().isBlank()) {
                return Optional.of(value.textValue().strip());
            }
        }
        return Optional.empty();
    }
}
