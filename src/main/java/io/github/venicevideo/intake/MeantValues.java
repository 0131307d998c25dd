package io.github.venicevideo.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values that can be meant in one way only, put as the API spells them. */
final class MeantValues {

    private static final Pattern SECONDS = Pattern.compile("[1-9]\\d{0,2}");

    private MeantValues() {
    }

    static void apply(Draft draft, Findings findings) {
        JsonNode duration = draft.fields().path("duration");
        spelled(duration).ifPresent(meant -> {
            draft.set("duration", TextNode.valueOf(meant));
            findings.warn("The duration " + duration.asText() + " is taken as " + meant + ".");
        });
    }

    private static Optional<String> spelled(JsonNode duration) {
        String text = duration.isTextual() ? duration.textValue().strip() : duration.isIntegralNumber() ? duration.asText() : "";
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(text + "s");
        }
        return duration.isIntegralNumber() && text.equals("-1") ? Optional.of(text) : Optional.empty();
    }
}
