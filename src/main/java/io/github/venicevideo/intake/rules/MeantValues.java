package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.problem.Findings;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values that can be meant in one way only, put as the API spells them: then what the model lists is offered for them. */
public final class MeantValues {

    private static final Pattern SECONDS = Pattern.compile("[1-9]\\d{0,2}");
    private static final Pattern LINES = Pattern.compile("[1-9]\\d{2,3}");

    private MeantValues() {
    }

    public static void apply(Draft draft, Findings findings) {
        put("duration", duration(draft.fields().path("duration")), draft, findings);
        put("resolution", resolution(draft.fields().path("resolution")), draft, findings);
    }

    private static void put(String field, Optional<String> meant, Draft draft, Findings findings) {
        if (meant.isPresent()) {
            findings.warn("The " + field + " " + draft.fields().path(field).asText() + " is taken as " + meant.get() + ".");
            draft.set(field, TextNode.valueOf(meant.get()));
        }
    }

    private static Optional<String> duration(JsonNode duration) {
        String text = duration.isTextual() ? duration.textValue().strip() : duration.isIntegralNumber() ? duration.asText() : "";
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(text + "s");
        }
        return duration.isIntegralNumber() && text.equals("-1") ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> resolution(JsonNode resolution) {
        return Optional.of(resolution).filter(JsonNode::isIntegralNumber).map(JsonNode::asText)
                .filter(text -> LINES.matcher(text).matches()).map(text -> text + "p");
    }
}
