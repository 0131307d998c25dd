package io.github.venicevideo.venice.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.CleanText;
import java.time.Instant;
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
 * @param audioInput whether it takes a sound
 * @param videoInput whether it takes a {@code video_url}
 * @param pictures which pictures it takes
 * @param promptLimit most characters (Unicode code points) of a prompt; {@value #USUAL_PROMPT_LIMIT} where it is not
 *     said, at most {@value #LONGEST_PROMPT}
 * @param privacy {@code private}, {@code anonymized}, or whatever the catalogue says; empty when it does not
 * @param offline whether it is out of service at the moment
 * @param regions where it may not, or may only, be used from, in the catalogue's words; empty when it does not say
 * @param retirement that it is going to be taken away; empty when it is not
 */
public record VideoModel(String id, String type, Optional<List<String>> durations, Optional<List<String>> aspectRatios,
                         Optional<List<String>> resolutions, Optional<Boolean> audioConfigurable, Optional<Boolean> audioInput,
                         Optional<Boolean> videoInput, Optional<PictureLimits> pictures, int promptLimit, String privacy,
                         boolean offline, String regions, Optional<Retirement> retirement) {

    static final int USUAL_PROMPT_LIMIT = 2_500;
    static final int LONGEST_PROMPT = 20_000;

    private static final int MOST_VALUES = 200;
    private static final int LONGEST_VALUE = 100;

    static VideoModel of(String id, JsonNode spec) {
        JsonNode constraints = spec.path("constraints");
        JsonNode limit = constraints.path("prompt_character_limit");
        // A limit of nothing would refuse every prompt: that is no limit but a mistake.
        int promptLimit = limit.isNumber() && limit.doubleValue() >= 1
                ? (int) Math.min(limit.doubleValue(), LONGEST_PROMPT) : USUAL_PROMPT_LIMIT;
        return new VideoModel(id, constraints.path("model_type").asText("").toLowerCase(Locale.ROOT),
                values(constraints.path("durations")), values(constraints.path("aspect_ratios")),
                values(constraints.path("resolutions")), flag(constraints.path("audio_configurable")),
                flag(constraints.path("audio_input")), flag(constraints.path("video_input")), PictureLimits.of(constraints),
                promptLimit, word(spec.path("privacy")), spec.path("offline").asBoolean(false),
                regions(spec.path("regionRestrictions")), Retirement.of(spec.path("deprecation")));
    }

    /** Whether it will have been taken away by then. */
    public boolean isRemovedBy(Instant moment) {
        return retirement.flatMap(Retirement::removesAt).filter(removed -> !removed.isAfter(moment)).isPresent();
    }

    private static Optional<Boolean> flag(JsonNode value) {
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    private static String word(JsonNode value) {
        return value.isTextual() && value.textValue().length() <= LONGEST_VALUE ? value.textValue() : "";
    }

    /** Nobody documents its form: whatever is in it is shown as it stands. */
    private static String regions(JsonNode value) {
        if (value.isMissingNode() || value.isNull() || value.isContainerNode() && value.isEmpty()) {
            return "";
        }
        String text = CleanText.of(value.isTextual() ? value.textValue() : value.toString());
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
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
