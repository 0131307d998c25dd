package io.github.venicevideo.intake.rules;

import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a model takes and needs, by the catalogue and by the kind that its id tells. */
final class ModelRules {

    private static final List<String> TO_BE_SEEN = List.of("image_url", "end_image_url", "video_url",
            "reference_image_urls", "reference_video_urls", "elements", "scene_image_urls", "keyframes");
    private static final Map<String, String> MADE_FROM = Map.of(
            "image_url", "a picture: put an image.jpg", "end_image_url", "a first and a last picture: put an end_image.jpg",
            "video_url", "a clip: put a video.mp4", "keyframes", "pictures at frames: put a keyframe_0.jpg",
            "reference_image_urls", "references: put a reference_image_1.jpg or a reference_video_1.mp4");
    private static final List<String> TO_BE_HEARD = List.of("audio_url", "reference_audio_urls");

    private final Draft draft;
    private final RequestView request;
    private final Findings findings;

    ModelRules(Draft draft, RequestView request, Findings findings) {
        this.draft = draft;
        this.request = request;
        this.findings = findings;
    }

    void check(Optional<Catalogue> catalogue, Optional<VideoModel> model) {
        String id = request.text("model");
        if (model.isPresent()) {
            listed(catalogue.orElseThrow(), model.get());
        } else {
            catalogue.ifPresent(others -> findings.note(ModelNotes.unlisted(id, others)));
        }
        media(id, ModelKind.of(id, model));
    }

    private void listed(Catalogue catalogue, VideoModel model) {
        if (model.isRemovedBy(catalogue.now())) {
            findings.add(ProblemCode.UNKNOWN_MODEL, draft.fileOf("model"), "model", model.id(), "", ModelNotes.removed(model));
            return;
        }
        ModelNotes.on(model).forEach(findings::note);
        if (request.isUpscaling()) {
            return;
        }
        ModelValues.LISTED.forEach(field -> value(model, field));
        prompt(model, "prompt");
        prompt(model, "negative_prompt");
        if (request.has("audio") && !ModelValues.supports(model, "audio")) {
            findings.add(ProblemCode.FORBIDDEN_FIELD, draft.fileOf("audio"), "audio", "", "",
                    "Whether there is sound cannot be chosen with " + model.id() + ": leave audio out.");
        }
        if (!model.audioInput().orElse(true)) {
            TO_BE_HEARD.stream().filter(request::has).forEach(field -> findings.add(ProblemCode.FORBIDDEN_FIELD,
                    draft.fileOf(field), field, "", "", model.id() + " takes no sounds: take them out, or name a model that"
                            + " does (audio_input in the API's catalogue)."));
        }
    }

    private void value(VideoModel model, String field) {
        String value = request.text(field);
        Optional<List<String>> values = ModelValues.of(model, field);
        if (value.isBlank() || values.isEmpty()) {
            return;
        }
        List<String> allowed = values.get();
        if (request.family().followsSource(field, value)) {
            if (!request.has("reference_video_urls")) {
                findings.warn("The " + field.replace('_', ' ') + " " + value + " is that of the reference clips, and there are"
                        + " none.");
            }
        } else if (allowed.isEmpty()) {
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

    private void media(String id, ModelKind kind) {
        if (kind == ModelKind.TEXT) {
            TO_BE_SEEN.stream().filter(request::has).forEach(field ->
                    findings.add(ProblemCode.FORBIDDEN_FIELD, draft.fileOf(field), field, "", "", id
                            + " makes videos from text alone: take the media out, or name a model that takes them."));
            return;
        }
        for (List<String> group : kind.needs()) {
            if (!request.hasAny(group)) {
                String field = group.get(0);
                findings.add(ProblemCode.MISSING_MEDIUM, draft.fileOf(field), field, "", "", id + " makes videos from "
                        + MADE_FROM.get(field) + " into the bundle, or name a model that makes them from text.");
            }
        }
    }
}
