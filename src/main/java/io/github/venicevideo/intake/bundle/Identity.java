package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.Field;
import io.github.venicevideo.intake.draft.Fields;
import io.github.venicevideo.intake.rules.DropDefaults;
import io.github.venicevideo.intake.rules.ModelValues;
import io.github.venicevideo.intake.rules.Workflow;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a bundle is known again by: a hash over what it says, its media, and what the settings would have for what it leaves
 * open. What the catalogue makes of that has no part in it, else the same bundle would be another one, and be paid for again,
 * whenever models come and go.
 *
 * @param hash the bundle's own
 * @param others hashes that the same bundle may have been recorded with: under the one model that was shipped as a default, or
 *         while what a model did not take was left out of the hash
 */
record Identity(String hash, Set<String> others) {

    /** What ledgers are full of that were begun when there was one default for each kind; never to be added to. */
    private static final Set<String> ONCE_SHIPPED = Set.of("seedance-2-0-text-to-video", "seedance-2-0-image-to-video",
            "seedance-2-0-reference-to-video");

    /**
     * @param said the fields as the bundle has them, before anything was filled in
     * @param draft which fields were given, and the media in them
     */
    static Identity of(ObjectNode said, Draft draft, DropDefaults defaults, Optional<Catalogue> catalogue) {
        Workflow workflow = Workflow.of(said);
        List<String> preferred = draft.isGiven("model") ? List.of() : workflow.preferences(defaults.models());
        List<String> models = preferred.isEmpty() ? List.of(said.path("model").asText("")) : Stream.concat(preferred.stream().limit(1),
                preferred.stream().skip(1).filter(ONCE_SHIPPED::contains)).toList();
        Set<String> hashes = new LinkedHashSet<>();
        models.forEach(model -> hashes.add(hash(said, draft, defaults, model, Optional.empty())));
        for (String model : models) {
            Optional<VideoModel> known = catalogue.flatMap(listed -> listed.find(model));
            known.ifPresent(entry -> hashes.add(hash(said, draft, defaults, model, known)));
        }
        String own = hashes.iterator().next();
        hashes.remove(own);
        return new Identity(own, Set.copyOf(hashes));
    }

    private static String hash(ObjectNode said, Draft draft, DropDefaults defaults, String model, Optional<VideoModel> known) {
        ObjectNode fields = said.deepCopy();
        Workflow workflow = Workflow.of(fields);
        if (!draft.isGiven("model") && !model.isEmpty()) {
            fields.set("model", TextNode.valueOf(model));
        }
        for (Field field : Fields.ALL) {
            JsonNode value = field.mayHaveDefault() ? defaults.typed(field.name()) : null;
            if (value != null && !draft.isGiven(field.name()) && hasPart(field.name(), workflow, fields)
                    && known.map(entry -> ModelValues.takes(entry, field.name(), value)).orElse(true)) {
                fields.set(field.name(), value);
            }
        }
        return ContentHash.of(fields, draft.media());
    }

    /** Never to be changed: ledgers are full of hashes that were made so. */
    private static boolean hasPart(String field, Workflow workflow, ObjectNode fields) {
        if (workflow == Workflow.UPSCALE || field.equals("upscale_factor")) {
            return workflow == Workflow.UPSCALE && field.equals("upscale_factor");
        }
        return switch (field) {
            case "aspect_ratio" -> !Workflow.rejectsAspectRatio(fields);
            case "omni_reference_task_type" -> Workflow.hasReferences(fields);
            default -> true;
        };
    }
}
