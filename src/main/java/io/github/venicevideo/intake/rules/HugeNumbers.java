package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Finds numbers that no field could have. Written out, {@code 1e9999} is ten thousand digits: a few bytes of a manifest would
 * become a body that nobody has room for.
 */
final class HugeNumbers {

    static final String ALLOWED = "numbers of at most 50 digits, between 1e-300 and 1e300";
    private static final int DIGITS = 50;
    private static final int EXPONENT = 300;

    private HugeNumbers() {
    }

    /** Where the first one stands, as in {@code elements[0].x}; empty where there is none. */
    static Optional<String> find(String path, JsonNode node) {
        if (node.isNumber()) {
            return isHuge(node.decimalValue()) ? Optional.of(path) : Optional.empty();
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                Optional<String> found = find(path + "[" + i + "]", node.get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Optional<String> found = find(path + "." + field.getKey(), field.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isHuge(BigDecimal number) {
        long exponent = (long) number.precision() - number.scale();
        return number.precision() > DIGITS || Math.abs(exponent) > EXPONENT || Math.abs((long) number.scale()) > EXPONENT;
    }
}
