package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.Field;
import io.github.venicevideo.intake.draft.Fields;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules of the contract that the catalogue does not tell: for upscaling, Seedance, elements, keyframes and sounds. */
final class FamilyRules {

    private static final Set<String> OF_UPSCALING = Set.of("model", "consents", "video_url", "upscale_factor");
    private static final List<Integer> FACTORS = List.of(1, 2, 4);
    /** The fewest that any model makes of a second. Those that take keyframes make one frame more, for the end. */
    private static final int FRAMES_PER_SECOND = 24;

    private static final List<String> REFERENCES = List.of("reference_image_urls", "reference_video_urls", "reference_audio_urls");
    private static final List<String> SPECIAL = List.of("bitrate_mode", "omni_reference_task_type");
    /** The schema's most; some guides name more. */
    private static final int SCHEMA_ELEMENTS = 4;

    private final ModelFamily family;
    private final Draft draft;
    private final RequestView request;
    private final Findings findings;

    FamilyRules(Draft draft, RequestView request, Findings findings) {
        this.draft = draft;
        this.request = request;
        this.family = request.family();
        this.findings = findings;
    }

    void check(Optional<VideoModel> model) {
        if (request.isUpscaling()) {
            upscaling();
            return;
        }
        if (request.fields().path("upscale_factor").isIntegralNumber()) {
            forbidden("upscale_factor", "Only upscaling has one: leave it out, or name an upscaling model.");
        }
        seedance(model);
        counts();
        special();
        length(model);
        if (request.has("reference_audio_urls") && !request.has("reference_image_urls")
                && !request.has("reference_video_urls")) {
            findings.add(ProblemCode.MISSING_MEDIUM, draft.fileOf("reference_audio_urls"), "reference_image_urls", "",
                    "reference_image_urls or reference_video_urls",
                    "Reference sounds never stand alone: put a picture or a clip beside them.");
        }
        together();
        keyframes();
    }

    private void upscaling() {
        if (!request.has("video_url")) {
            findings.add(ProblemCode.MISSING_MEDIUM, draft.fileOf("video_url"), "video_url", "", "",
                    "Upscaling needs the video: put a video.mp4 into the bundle.");
        }
        for (Field field : Fields.ALL) {
            if (request.has(field.name()) && isOfItsPage(field.name())) {
                findings.warn("The provider's guide says that upscaling takes no " + field.name() + ", its page of the model that it"
                        + " does: it is sent as it is written. Leave it out if it is refused.");
            } else if (request.has(field.name()) && !OF_UPSCALING.contains(field.name())) {
                forbidden(field.name(), "Upscaling takes a video and upscale_factor, nothing else: leave it out"
                        + (field.name().equals("prompt") ? ", or name another model." : "."));
            }
        }
        JsonNode factor = request.fields().path("upscale_factor");
        if (factor.isIntegralNumber() && !(factor.canConvertToInt() && FACTORS.contains(factor.intValue()))) {
            findings.add(ProblemCode.NOT_ALLOWED, draft.fileOf("upscale_factor"), "upscale_factor", factor.asText(),
                    "1, 2 or 4", "2 is what is taken when it is left out.");
        }
    }

    /** What the provider's page of the model shows; sources disagree (contract, "Where sources disagree"). */
    private boolean isOfItsPage(String field) {
        return switch (field) {
            case "prompt" -> true;
            case "duration" -> request.text(field).equalsIgnoreCase("Auto");
            case "resolution" -> request.text(field).matches("[24]x");
            default -> false;
        };
    }

    private void seedance(Optional<VideoModel> model) {
        // Where the catalogue says so as well, it has been said.
        boolean said = model.isPresent() && !ModelValues.supports(model.get(), "aspect_ratio");
        if (request.isSeedanceImage() && request.has("aspect_ratio") && !said) {
            forbidden("aspect_ratio", "The video gets the ratio of its picture: leave the field out.");
        }
        // Where there are no media at all, that has been said.
        if (request.isSeedanceReference() && request.hasAny(List.of("image_url", "end_image_url", "video_url"))
                && !request.hasAny(REFERENCES)) {
            findings.add(ProblemCode.MISSING_MEDIUM, draft.fileOf("reference_image_urls"), "reference_image_urls", "",
                    "reference_image_urls or reference_video_urls", "This model makes videos from references: put a"
                            + " reference_image_1.jpg into the bundle, or name a model that makes them from text.");
        }
    }

    private void together() {
        int elements = request.count("elements");
        int frames = (request.has("image_url") ? 1 : 0) + (request.has("end_image_url") ? 1 : 0);
        int sum = frames + elements + request.count("scene_image_urls") + request.count("reference_image_urls");
        int most = family.mostTogether();
        if (most > 0 && elements > 0 && sum > most) {
            findings.add(ProblemCode.TOO_MANY_REFERENCES, draft.fileOf("elements"), "elements", "",
                    "at most " + most + " frames, elements, scene pictures and reference pictures in all",
                    "There are " + sum + ": take out " + (sum - most) + ".");
        }
        int beside = family.elementsWithFrame();
        if (beside > 0 && frames > 0 && elements > beside) {
            findings.add(ProblemCode.TOO_MANY_REFERENCES, draft.fileOf("elements"), "elements", elements + " elements",
                    "at most " + beside + " beside a first or last frame", "Take some out, or the frame.");
        }
        if (elements > SCHEMA_ELEMENTS && family.most().getOrDefault("elements", 0) > SCHEMA_ELEMENTS) {
            findings.warn("The guide to " + family.name() + " takes " + family.most().get("elements") + " elements, the API's schema "
                    + SCHEMA_ELEMENTS + ": whether it takes " + elements + ", the API decides.");
        }
    }

    private void counts() {
        for (Map.Entry<String, Integer> most : family.most().entrySet()) {
            int entries = request.count(most.getKey());
            if (entries > most.getValue()) {
                findings.add(ProblemCode.OUT_OF_BOUNDS, draft.fileOf(most.getKey()), most.getKey(), entries + " entries",
                        "at most " + most.getValue() + (family.isKnown() ? " with " + family.name() : ""), "Take some out.");
            }
        }
    }

    /** Fields that the schema has for all models, and that only some families take. */
    private void special() {
        for (String field : SPECIAL) {
            List<String> values = family.values().get(field);
            String value = request.text(field);
            if (value.isBlank()) {
                continue;
            }
            if (values == null) {
                findings.warn(field + ": whether " + request.text("model") + " takes it is not known here; the API decides.");
            } else if (values.isEmpty()) {
                forbidden(field, family.name() + " has no such choice: leave it out, or name a model that has.");
            } else if (!values.contains(value)) {
                findings.add(ProblemCode.NOT_ALLOWED, draft.fileOf(field), field, value, "one of " + String.join(", ", values),
                        NearestValue.hint(value, values));
            }
        }
    }

    /** Where the catalogue lists durations, those have been compared. */
    private void length(Optional<VideoModel> model) {
        if (model.flatMap(VideoModel::durations).isEmpty() && !family.seconds().isEmpty()) {
            int least = family.seconds().get(0);
            int most = family.seconds().get(1);
            request.seconds().filter(seconds -> seconds < least || seconds > most).ifPresent(seconds ->
                    findings.add(ProblemCode.NOT_ALLOWED, draft.fileOf("duration"), "duration", request.text("duration"),
                            least + "s to " + most + "s", ""));
        }
    }

    private void keyframes() {
        Set<Integer> taken = new HashSet<>();
        int last = request.seconds().map(seconds -> seconds * FRAMES_PER_SECOND).orElse(Integer.MAX_VALUE);
        for (int i = 0; i < request.count("keyframes"); i++) {
            JsonNode index = request.fields().path("keyframes").path(i).path("frame_index");
            if (!index.isIntegralNumber() || !index.canConvertToInt() || index.intValue() < 0) {
                continue;
            }
            String path = "keyframes[" + i + "].frame_index";
            if (!taken.add(index.intValue())) {
                findings.add(ProblemCode.KEYFRAME, draft.fileOf(path), path, index.asText(), "",
                        "Another keyframe has the same frame: keep one of them.");
            }
            if (index.intValue() > last) {
                findings.add(ProblemCode.KEYFRAME, draft.fileOf(path), path, index.asText(), "0 to " + last,
                        "A video of " + request.text("duration") + " ends with frame " + last + ", at "
                                + FRAMES_PER_SECOND + " a second: give it an earlier frame, or the video a longer"
                                + " duration.");
            }
        }
    }

    private void forbidden(String field, String hint) {
        JsonNode value = request.fields().path(field);
        findings.add(ProblemCode.FORBIDDEN_FIELD, draft.fileOf(field), field,
                value.isValueNode() && !field.endsWith("_url") && !field.endsWith("prompt") ? value.asText() : "", "",
                hint);
    }
}
