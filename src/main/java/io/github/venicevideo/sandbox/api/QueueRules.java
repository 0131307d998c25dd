package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.call.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a model asks of a queue request beyond the schema, contract section queue. */
final class QueueRules {

    /** Fields that say what to make, which all models take as far as their constraints allow. */
    private static final Set<String> COMMON = Set.of("model", "consents", "prompt", "negative_prompt", "duration",
            "aspect_ratio", "resolution", "audio", "bitrate_mode");
    /** What upscaling takes of them: the rest is detected from the clip. */
    private static final Set<String> UPSCALING = Set.of("model", "consents");

    private static final Set<String> FOLLOWING_RATIOS = Set.of("adaptive", "auto");
    private static final Set<String> FOLLOWING_LENGTHS = Set.of("auto", "-1");

    private QueueRules() {
    }

    /** @throws ApiError 400 with details by field */
    static void check(Model model, JsonNode request) {
        Problems problems = new Problems();
        boolean upscaling = model.family() == Model.Family.UPSCALE;
        unsupportedFields(model, request, upscaling ? UPSCALING : COMMON, problems);
        missingMedia(model, request, problems);
        if (!upscaling) {
            promptAndDuration(model, request, problems);
            if (model.strict() && !model.aspectRatios().isEmpty() && !request.has("aspect_ratio")) {
                problems.add(List.of("aspect_ratio"), "invalid_type", "Required");
            }
            if (!followsClips(model, request, "aspect_ratio", FOLLOWING_RATIOS)) {
                oneOf(request, "aspect_ratio", model.aspectRatios(), problems);
            }
            oneOf(request, "resolution", model.resolutions(), problems);
            if (request.has("audio") && !model.audioConfigurable()) {
                problems.add("audio", "This model does not support configuring audio");
            }
        }
        if (model.strict() && request.has("bitrate_mode") && model.family() != Model.Family.SEEDANCE) {
            problems.add("bitrate_mode", "This model does not support bitrate_mode");
        }
        atMost(request, "reference_image_urls", model.references().images(), problems);
        atMost(request, "reference_video_urls", model.references().clips(), problems);
        atMost(request, "reference_audio_urls", model.references().sounds(), problems);
        if (request.has("reference_audio_urls") && !request.has("reference_image_urls")
                && !request.has("reference_video_urls")) {
            problems.add("reference_audio_urls", "Reference audio needs a reference image or video beside it");
        }
        problems.throwIfAny();
    }

    private static void unsupportedFields(Model model, JsonNode request, Set<String> common, Problems problems) {
        for (Map.Entry<String, JsonNode> field : request.properties()) {
            if (!common.contains(field.getKey()) && !model.takes().contains(field.getKey())) {
                problems.add(field.getKey(), "This model does not support " + field.getKey());
            }
        }
    }

    private static void missingMedia(Model model, JsonNode request, Problems problems) {
        for (Set<String> group : model.needs()) {
            if (group.stream().noneMatch(field -> filled(request.path(field)))) {
                List<String> fields = group.stream().sorted().toList();
                problems.add(fields.get(0), group.size() == 1 ? "Required for this model"
                        : "This model needs one of " + String.join(", ", fields));
            }
        }
    }

    private static boolean filled(JsonNode value) {
        return value.isArray() ? !value.isEmpty() : !value.isMissingNode() && !value.asText().isEmpty();
    }

    private static void promptAndDuration(Model model, JsonNode request, Problems problems) {
        for (String field : List.of("prompt", "negative_prompt")) {
            String text = request.path(field).asText();
            if (text.codePointCount(0, text.length()) > model.promptLimit()) {
                problems.add(field, "Must contain at most " + model.promptLimit() + " characters for this model");
            }
        }
        if (!request.has("prompt")) {
            problems.add(List.of("prompt"), "invalid_type", "Required");
        }
        duration(model, request, problems);
    }

    private static void atMost(JsonNode request, String field, int most, Problems problems) {
        if (request.path(field).size() > most) {
            problems.add(field, "Must contain at most " + most + " element(s) for this model");
        }
    }

    static void duration(Model model, JsonNode request, Problems problems) {
        if (!request.has("duration")) {
            problems.add(List.of("duration"), "invalid_type", "Required");
        } else if (!model.takes().contains("omni_reference_task_type") || !followsClips(model, request, "duration", FOLLOWING_LENGTHS)) {
            oneOf(request, "duration", model.durations(), problems);
        }
    }

    /** Source-matched jobs of Seedance: the clips are there, or in a quote their length. */
    private static boolean followsClips(Model model, JsonNode request, String field, Set<String> values) {
        return model.family() == Model.Family.SEEDANCE && model.takes().contains("reference_video_urls")
                && (request.has("reference_video_urls") || request.has("reference_video_total_duration"))
                && values.contains(request.path(field).asText());
    }

    static void oneOf(JsonNode request, String field, Set<String> allowed, Problems problems) {
        if (!request.has(field)) {
            return;
        }
        if (allowed.isEmpty()) {
            problems.add(field, "This model does not support " + field);
        } else if (allowed.stream().noneMatch(request.path(field).asText()::equalsIgnoreCase)) {
            problems.add(field, "Must be one of " + String.join(", ", allowed.stream().sorted().toList())
                    + " for this model");
        }
    }
}
