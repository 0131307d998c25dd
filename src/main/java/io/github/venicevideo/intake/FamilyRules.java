package io.github.venicevideo.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.VideoModel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules of the contract that the catalogue does not tell: for upscaling, Seedance, elements, keyframes and sounds. */
final class FamilyRules {

    private static final Set<String> OF_UPSCALING = Set.of("model", "consents", "video_url", "upscale_factor");
    private static final List<Integer> FACTORS = List.of(1, 2, 4);
    private static final int MOST_TOGETHER = 7;
    /** The fewest that any model makes of a second. Those that take keyframes make one frame more, for the end. */
    private static final int FRAMES_PER_SECOND = 24;

    private final Draft draft;
    private final RequestView request;
    private final Findings findings;

    FamilyRules(Draft draft, RequestView request, Findings findings) {
        this.draft = draft;
        this.request = request;
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
            if (request.has(field.name()) && !OF_UPSCALING.contains(field.name())) {
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

    private void seedance(Optional<VideoModel> model) {
        // Where the catalogue says so as well, it has been said.
        boolean said = model.isPresent() && !ModelValues.supports(model.get(), "aspect_ratio");
        if (request.isSeedanceImage() && request.has("aspect_ratio") && !said) {
            forbidden("aspect_ratio", "The video gets the ratio of its picture: leave the field out.");
        }
        if (request.isSeedanceReference() && !request.has("reference_image_urls")
                && !request.has("reference_video_urls") && !request.has("reference_audio_urls")) {
            findings.add(ProblemCode.MISSING_MEDIUM, draft.fileOf("reference_image_urls"), "reference_image_urls", "",
                    "reference_image_urls or reference_video_urls", "This model makes videos from references: put a"
                            + " reference_image_1.jpg into the bundle, or name a model that makes them from text.");
        }
    }

    private void together() {
        int elements = request.count("elements");
        int sum = elements + request.count("scene_image_urls") + request.count("reference_image_urls");
        if (elements > 0 && sum > MOST_TOGETHER) {
            findings.add(ProblemCode.TOO_MANY_REFERENCES, draft.fileOf("elements"), "elements", "",
                    "at most " + MOST_TOGETHER + " elements, scene pictures and reference pictures in all",
                    "There are " + sum + ": take out " + (sum - MOST_TOGETHER) + ".");
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
