package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.intake.draft.Field;
import io.github.venicevideo.intake.draft.Fields;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kind of video a request is for, by the fields it has. In this order: the first that fits. */
public enum Workflow {
    UPSCALE, VIDEO, KEYFRAMES, ELEMENTS, REFERENCES, IMAGE, AUDIO, TEXT;

    public static Workflow of(ObjectNode fields) {
        if (namesUpscaler(fields)) {
            return UPSCALE;
        }
        if (has(fields, "video_url")) {
            return has(fields, "prompt") || hasModel(fields) ? VIDEO : UPSCALE;
        }
        if (has(fields, "keyframes")) {
            return KEYFRAMES;
        }
        if (has(fields, "elements") || has(fields, "scene_image_urls")) {
            return ELEMENTS;
        }
        if (hasReferences(fields)) {
            return REFERENCES;
        }
        if (has(fields, "image_url") || has(fields, "end_image_url")) {
            return IMAGE;
        }
        return has(fields, "audio_url") ? AUDIO : TEXT;
    }

    public static boolean hasReferences(ObjectNode fields) {
        return Fields.ALL.stream().map(Field::name)
                .anyMatch(name -> name.startsWith("reference_") && has(fields, name));
    }

    public static boolean namesUpscaler(ObjectNode fields) {
        return model(fields).contains("upscale");
    }

    /** These derive the ratio from their picture and reject the field (contract, {@code POST /video/queue}). */
    public static boolean rejectsAspectRatio(ObjectNode fields) {
        return model(fields).contains("seedance") && model(fields).contains("image-to-video");
    }

    /** The default models for it, the best one first; empty when there is none. */
    public List<String> preferences(ModelDefaults models) {
        String listed = switch (this) {
            case UPSCALE -> models.upscale();
            case VIDEO -> models.video();
            case KEYFRAMES -> models.keyframes();
            case ELEMENTS -> models.elements();
            case REFERENCES -> models.references();
            case IMAGE -> models.image();
            // Sound alone can be meant for too many models to guess one.
            case AUDIO -> "";
            case TEXT -> models.text();
        };
        return Pattern.compile(",").splitAsStream(listed).map(String::strip).filter(id -> !id.isEmpty()).toList();
    }

    /** The kind of bundle in a few words. */
    String words() {
        return switch (this) {
            case UPSCALE -> "a video without a prompt (upscaling)";
            case VIDEO -> "a video with a prompt";
            case AUDIO -> "a sound with a prompt";
            case TEXT -> "a prompt alone";
            case IMAGE -> "a picture with a prompt";
            default -> name().toLowerCase(Locale.ROOT) + " with a prompt";
        };
    }

    /** Where its default models stand; there are none for sounds. */
    String setting() {
        return this == AUDIO ? "venice.defaults" : "venice.defaults.model." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether a model is made for it, as far as its entry tells. */
    boolean isMadeBy(VideoModel model) {
        ModelKind kind = ModelKind.of(model.id(), Optional.of(model));
        return switch (this) {
            case UPSCALE -> kind == ModelKind.UPSCALE;
            case VIDEO -> kind == ModelKind.VIDEO;
            case KEYFRAMES -> kind == ModelKind.KEYFRAMES;
            case ELEMENTS -> kind == ModelKind.REFERENCES && ModelFamily.of(model.id()).most().containsKey("elements");
            case REFERENCES -> kind == ModelKind.REFERENCES;
            case IMAGE -> kind == ModelKind.IMAGE;
            case AUDIO -> kind == ModelKind.TEXT && model.audioInput().orElse(false);
            case TEXT -> kind == ModelKind.TEXT;
        };
    }

    private static boolean hasModel(ObjectNode fields) {
        return !model(fields).isEmpty();
    }

    private static String model(ObjectNode fields) {
        return fields.path("model").asText("").toLowerCase(Locale.ROOT);
    }

    private static boolean has(ObjectNode fields, String name) {
        JsonNode value = fields.get(name);
        return value != null && !(value.isArray() && value.isEmpty());
    }
}
