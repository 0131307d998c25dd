package io.github.venicevideo.venice.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * That a model is going to be taken away, as the catalogue's {@code deprecation} says.
 *
 * @param removesAt when; from then on a call goes to another model, or is refused
 * @param replacement id of the model that takes its place; empty where none is named
 */
public record Retirement(Optional<Instant> removesAt, Optional<String> replacement) {

    private static final int LONGEST_ID = 200;

    /** What an entry says; empty where it says nothing. */
    static Optional<Retirement> of(JsonNode deprecation) {
        if (!deprecation.isObject()) {
            return Optional.empty();
        }
        Optional<String> replacement = Optional.of(deprecation.path("replacementModelId").asText(""))
                .filter(id -> !id.isBlank() && id.length() <= LONGEST_ID);
        return Optional.of(new Retirement(instant(deprecation.path("removesAt")).or(() -> instant(deprecation.path("date"))),
                replacement));
    }

    private static Optional<Instant> instant(JsonNode time) {
        try {
            return time.isTextual() ? Optional.of(OffsetDateTime.parse(time.textValue()).toInstant()) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
