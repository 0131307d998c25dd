package io.github.venicevideo.venice;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the catalogue says about one model.
 *
 * <h2>Contract</h2>
 * An empty list means that the model does not take the field; an empty {@code Optional} that the catalogue does not
 * say, so that nothing can be checked. Whatever is missing or of another type than expected is "does not say".
 *
 * @param id as requests name it
 * @param type {@code text-to-video}, {@code image-to-video}, {@code video}, or whatever the catalogue says; empty when
 *     it does not
 * @param durations as requests write them, such as {@code 5s}
 * @param aspectRatios such as {@code 16:9}
 * @param resolutions such as {@code 1080p}
 * @param audioConfigurable whether requests may say {@code audio}
 * @param promptLimit most characters (Unicode code points) of a prompt; {@value #USUAL_PROMPT_LIMIT} where it is not
 *     said, at most {@value #LONGEST_PROMPT}
 */
public record VideoModel(String id, String type, Optional<List<String>> durations, Optional<List<String>> aspectRatios,
                         Optional<List<String>> resolutions, Optional<Boolean> audioConfigurable, int promptLimit) {

    static final int USUAL_PROMPT_LIMIT = 2_500;
    static final int LONGEST_PROMPT = 20_000;

    private static final int MOST_VALUES = 200;
    private static final int LONGEST_VALUE = 100;

    static VideoModel of(String id, JsonNode constraints) {
        JsonNode limit = constraints.path("prompt_character_limit");
        // A limit of nothing would refuse every prompt: that is no limit but a mistake.
        int promptLimit = limit.isNumber() && limit.doubleValue() >= 1
                ? (int) Math.min(limit.doubleValue(), LONGEST_PROMPT) : USUAL_PROMPT_LIMIT;
        JsonNode configurable = constraints.path("audio_configurable");
        return new VideoModel(id, constraints.path("model_type").asText("").toLowerCase(Locale.ROOT),
                values(constraints.path("durations")), values(constraints.path("aspect_ratios")),
                values(constraints.path("resolutions")),
                configurable.isBoolean() ? Optional.of(configurable.booleanValue()) : Optional.empty(), promptLimit);
    }

    /** A list with anything in it that is no short text is one that we do not understand. */
    private static Optional<List<String>> values(JsonNode list) {
        if (!list.isArray() || list.size() > MOST_VALUES) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (JsonNode value : list) {
            if (!value.isTextual() || value.textValue().isBlank() || value.textValue().length() > LONGEST_VALUE) {
                return Optional.empty();
            }
            values.add(value.textValue());
        }
        return Optional.of(List.copyOf(values));
    }
}
