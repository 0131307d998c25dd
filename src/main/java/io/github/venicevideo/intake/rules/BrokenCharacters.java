package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Finds halves of characters (lone surrogates), which JSON can spell and UTF-8 cannot. */
final class BrokenCharacters {

    private BrokenCharacters() {
    }

    /** Path of the first text, name or value, that holds one. */
    static Optional<String> find(String path, JsonNode value) {
        if (isBroken(path) || value.isTextual() && isBroken(value.textValue())) {
            return Optional.of(path);
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            Optional<String> found = find(path + "." + entry.getKey(), entry.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            Optional<String> found = find(path + "[" + i + "]", value.get(i));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    static boolean isBroken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                return true;
            }
            i++;
        }
        return false;
    }
}
