package io.github.venicevideo.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.venice.Catalogue;
import io.github.venicevideo.venice.VideoModel;
import java.util.Optional;

/**
 * Fills in what a bundle leaves open.
 *
 * <h2>Contract</h2>
 * A default never makes a request wrong: upscaling gets nothing but {@code upscale_factor}, which nothing else
 * gets; Seedance image-to-video gets no {@code aspect_ratio}; {@code omni_reference_task_type} needs references. What
 * the catalogue says that the model does not take is left out.
 */
final class Defaults {

    private Defaults() {
    }

    static void apply(Draft draft, DropDefaults defaults, Optional<Catalogue> catalogue, Findings findings) {
        ObjectNode fields = draft.fields();
        Workflow workflow = Workflow.of(fields);
        if (!draft.isGiven("model")) {
            workflow.preferences(defaults.models()).stream().findFirst()
                    .ifPresent(model -> fields.set("model", TextNode.valueOf(model)));
        }
        Optional<VideoModel> known = catalogue.flatMap(c -> c.find(fields.path("model").asText()));
        for (Field field : Fields.ALL) {
            JsonNode value = field.mayHaveDefault() ? defaults.typed(field.name()) : null;
            if (value != null && !draft.isGiven(field.name()) && suits(field.name(), workflow, fields)) {
                if (known.isEmpty() || ModelValues.takes(known.get(), field.name(), value)) {
                    fields.set(field.name(), value);
                } else if (ModelValues.supports(known.get(), field.name())) {
                    findings.warn("The default " + field.name() + " " + value.asText() + " is nothing that "
                            + known.get().id() + " takes; it is left out.");
                }
            }
        }
    }

    private static boolean suits(String field, Workflow workflow, ObjectNode fields) {
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
