package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.catalogue.VideoModel;
import io.github.venicevideo.venice.request.VideoRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A model of the catalogue, as somebody sees it who wants to choose one.
 *
 * @param model its entry
 * @param kind what it makes videos from, in a word, such as {@code text} or {@code references}
 * @param defaultFor the kinds of bundles that would get it now, as in {@code venice.defaults.model.text}
 * @param job the request of a bundle that names it and leaves all else open, without its prompt and media
 */
public record ListedModel(VideoModel model, String kind, List<String> defaultFor, VideoRequest job) {

    /** All that a catalogue lists, in its order, as bundles of a drop folder would meet them. */
    public static List<ListedModel> all(Catalogue catalogue, Drop drop) {
        DropDefaults defaults = DropDefaultsReader.of(drop);
        return catalogue.models().stream().map(model -> of(model, catalogue, defaults)).toList();
    }

    /** What people are to know of it, as sentences. */
    public List<String> notes() {
        return ModelNotes.on(model);
    }

    private static ListedModel of(VideoModel model, Catalogue catalogue, DropDefaults defaults) {
        List<String> defaultFor = Arrays.stream(Workflow.values())
                .filter(workflow -> PreferredModel.of(workflow.preferences(defaults.models()), Optional.of(catalogue))
                        .filter(model.id()::equals).isPresent())
                .map(workflow -> workflow.name().toLowerCase(Locale.ROOT)).toList();
        ModelKind kind = ModelKind.of(model.id(), Optional.of(model));
        return new ListedModel(model, kind.name().toLowerCase(Locale.ROOT), defaultFor,
                new VideoRequest(job(model, kind, defaults), List.of()));
    }

    private static ObjectNode job(VideoModel model, ModelKind kind, DropDefaults defaults) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode().put("model", model.id());
        if (kind == ModelKind.UPSCALE) {
            return fields;
        }
        for (String field : List.of("duration", "aspect_ratio", "resolution", "audio")) {
            JsonNode value = defaults.typed(field);
            if (value != null && ModelValues.takes(model, field, value)) {
                fields.set(field, value);
            }
        }
        JsonNode wish = defaults.typed("duration");
        if (!fields.has("duration") && wish != null) {
            OpenValues.duration(wish.asText(), model).ifPresent(value -> fields.set("duration", value));
        }
        if (!fields.has("aspect_ratio")) {
            OpenValues.ratio(Optional.empty(), model).ifPresent(value -> fields.set("aspect_ratio", value));
        }
        return fields;
    }
}
