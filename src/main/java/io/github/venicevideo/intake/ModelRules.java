package io.github.venicevideo.intake;

import io.github.venicevideo.venice.Catalogue;
import io.github.venicevideo.venice.VideoModel;
import java.util.List;
import java.util.Optional;

/** What the catalogue says that a model takes and needs. */
final class ModelRules {

    private static final int NEAREST = 3;
    private static final List<String> TO_BE_SEEN = List.of("image_url", "end_image_url", "video_url",
            "reference_image_urls", "reference_video_urls", "elements", "scene_image_urls", "keyframes");
    private static final List<String> PICTURES = List.of("image_url", "end_image_url", "reference_image_urls",
            "scene_image_urls", "elements", "keyframes");

    private final Draft draft;
    private final RequestView request;
    private final Findings findings;

    ModelRules(Draft draft, RequestView request, Findings findings) {
        this.draft = draft;
        this.request = request;
        this.findings = findings;
    }

    /** For a model that the catalogue does not have. */
    void unknown(Catalogue catalogue) {
        String name = request.text("model");
        if (!name.isBlank()) {
            findings.add(ProblemCode.UNKNOWN_MODEL, draft.fileOf("model"), "model", name, "",
                    "The nearest are " + String.join(", ", catalogue.nearest(name, NEAREST)) + ".");
        }
    }

    void check(VideoModel model) {
        if (!request.isUpscaling()) {
            ModelValues.LISTED.forEach(field -> value(model, field));
            prompt(model, "prompt");
            prompt(model, "negative_prompt");
            if (request.has("audio") && !ModelValues.supports(model, "audio")) {
                findings.add(ProblemCode.FORBIDDEN_FIELD, draft.fileOf("audio"), "audio", "", "",
                        "Whether there is sound cannot be chosen with " + model.id() + ": leave audio out.");
            }
        }
        media(model);
    }

    private void value(VideoModel model, String field) {
        String value = request.text(field);
        Optional<List<String>> values = ModelValues.of(model, field);
        if (value.isBlank() || values.isEmpty()) {
            return;
        }
        List<String> allowed = values.get();
        if (allowed.isEmpty()) {
            findings.add(ProblemCode.FORBIDDEN_FIELD, draft.fileOf(field), field, value, "",
                    model.id() + " decides on its " + field.replace('_', ' ') + " by itself: leave the field out.");
        } else if (!ModelValues.contains(allowed, value)) {
            findings.add(ProblemCode.NOT_ALLOWED, draft.fileOf(field), field, value,
                    "one of " + String.join(", ", allowed), NearestValue.hint(value, allowed));
        }
    }

    private void prompt(VideoModel model, String field) {
        String text = request.text(field);
        int length = text.codePointCount(0, text.length());
        if (length > model.promptLimit()) {
            findings.add(ProblemCode.PROMPT_TOO_LONG, draft.fileOf(field), field, "",
                    "at most " + model.promptLimit() + " characters",
                    "It has " + length + ": take out " + (length - model.promptLimit()) + ".");
        }
    }

    private void media(VideoModel model) {
        switch (model.type()) {
            case "text-to-video" -> TO_BE_SEEN.stream().filter(request::has).forEach(field ->
                    findings.add(ProblemCode.FORBIDDEN_FIELD, draft.fileOf(field), field, "", "", model.id()
                            + " makes videos from text alone: take the media out, or name a model that takes them."));
            case "image-to-video" -> {
                if (!request.hasAny(PICTURES)) {
                    findings.add(ProblemCode.MISSING_MEDIUM, draft.fileOf("image_url"), "image_url", "", "",
                            model.id() + " makes videos from a picture: put an image.jpg into the bundle, or name a"
                                    + " model that makes them from text.");
                }
            }
            // "video" is everything else; what exactly, only the model's family tells.
            default -> { }
        }
    }
}
