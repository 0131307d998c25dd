package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as the rules look at it. Values of wrong types count as not given: they are a problem of their own. */
record RequestView(ObjectNode fields) {

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,3})s");

    /** Whether the field has a value; an empty list is none. */
    boolean has(String field) {
        JsonNode value = fields.get(field);
        return value != null && !value.isNull() && !(value.isArray() && value.isEmpty());
    }

    boolean hasAny(List<String> names) {
        return names.stream().anyMatch(this::has);
    }

    /** Entries of a list. */
    int count(String field) {
        JsonNode value = fields.path(field);
        return value.isArray() ? value.size() : 0;
    }

    /** The value of a text field; empty for any other. */
    String text(String field) {
        JsonNode value = fields.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    boolean isUpscaling() {
        return Workflow.of(fields) == Workflow.UPSCALE;
    }

    boolean isSeedance() {
        return model().contains("seedance");
    }

    boolean isSeedanceReference() {
        return isSeedance() && model().contains("reference-to-video");
    }

    boolean isSeedanceImage() {
        return Workflow.rejectsAspectRatio(fields);
    }

    /** Seconds of the video; empty where the model decides on them. */
    Optional<Integer> seconds() {
        return seconds(text("duration"));
    }

    /** Seconds of a duration such as {@code 5s}; empty for any other. */
    static Optional<Integer> seconds(String duration) {
        Matcher matcher = SECONDS.matcher(duration);
        return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    private String model() {
        return text("model").toLowerCase(Locale.ROOT);
    }

    ModelFamily family() {
        return ModelFamily.of(text("model"));
    }
}
