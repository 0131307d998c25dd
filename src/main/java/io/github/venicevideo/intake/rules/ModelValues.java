package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.List;
import java.util.Optional;

/** Which values of a field a model takes, as its catalogue entry says. */
public final class ModelValues {

    /** The fields that the catalogue lists values of. */
    static final List<String> LISTED = List.of("duration", "aspect_ratio", "resolution");

    private ModelValues() {
    }

    /** The values that are taken; an empty list: the field is not; empty: nobody says. */
    static Optional<List<String>> of(VideoModel model, String field) {
        return switch (field) {
            case "duration" -> model.durations();
            case "aspect_ratio" -> model.aspectRatios();
            case "resolution" -> model.resolutions();
            default -> Optional.empty();
        };
    }

    /** Whether the model takes the field at all, as far as anybody says. */
    static boolean supports(VideoModel model, String field) {
        return field.equals("audio") ? model.audioConfigurable().orElse(true)
                : of(model, field).map(values -> !values.isEmpty()).orElse(true);
    }

    /** Whether the model takes the value, as far as anybody says. */
    public static boolean takes(VideoModel model, String field, JsonNode value) {
        return supports(model, field) && of(model, field).map(values -> contains(values, value.asText())).orElse(true);
    }

    /** The API knows {@code auto} in both spellings, and the other values in one. */
    static boolean contains(List<String> values, String value) {
        return values.contains(value)
                || value.equalsIgnoreCase("auto") && values.stream().anyMatch("auto"::equalsIgnoreCase);
    }
}
