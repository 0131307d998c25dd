package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.Field;
import io.github.venicevideo.intake.draft.Fields;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.List;
import java.util.Optional;

/**
 * Fills in what a bundle leaves open, out of the settings and of what the catalogue lists. What somebody wrote stays.
 *
 * <h2>Contract</h2>
 * A default never makes a request wrong: upscaling gets nothing but {@code upscale_factor}, which nothing else
 * gets; Seedance image-to-video gets no {@code aspect_ratio}; {@code omni_reference_task_type} needs references, and a family
 * that has it. What the catalogue says that the model does not take is left out, or what is nearest to it is taken.
 */
public final class Defaults {

    /** A model that is not listed needs what the one needs that is listed in its place. */
    private static final String PUBLIC = "-basic";

    private final Draft draft;
    private final DropDefaults defaults;
    private final Findings findings;

    private Defaults(Draft draft, DropDefaults defaults, Findings findings) {
        this.draft = draft;
        this.defaults = defaults;
        this.findings = findings;
    }

    public static void apply(Draft draft, DropDefaults defaults, Optional<Catalogue> catalogue, Findings findings) {
        Workflow workflow = Workflow.of(draft.fields());
        if (!draft.isGiven("model")) {
            PreferredModel.of(workflow.preferences(defaults.models()), catalogue)
                    .ifPresent(model -> draft.fill("model", TextNode.valueOf(model)));
        }
        Defaults open = new Defaults(draft, defaults, findings);
        Optional<VideoModel> known = catalogue.flatMap(c -> c.find(draft.fields().path("model").asText()));
        for (Field field : Fields.ALL) {
            JsonNode value = field.mayHaveDefault() ? defaults.typed(field.name()) : null;
            if (value != null && !draft.isGiven(field.name()) && suits(field.name(), workflow, draft.fields())) {
                open.field(field.name(), value, known);
            }
        }
        if (workflow != Workflow.UPSCALE) {
            String unlisted = draft.fields().path("model").asText() + PUBLIC;
            known.or(() -> catalogue.flatMap(c -> c.find(unlisted))).ifPresent(open::required);
        }
    }

    private void field(String name, JsonNode value, Optional<VideoModel> known) {
        if (known.isEmpty() || ModelValues.takes(known.get(), name, value)) {
            draft.fill(name, value);
        } else if (ModelValues.supports(known.get(), name) && !name.equals("duration")) {
            findings.warn("The default " + name + " " + value.asText() + " is nothing that "
                    + known.get().id() + " takes; it is left out.");
        }
    }

    /** Models that list values of these refuse a request without one (contract, "POST /video/queue"). */
    private void required(VideoModel model) {
        if (isOpen("duration")) {
            JsonNode wish = defaults.typed("duration");
            if (wish != null) {
                OpenValues.duration(wish.asText(), model).ifPresent(value -> draft.fill("duration", value));
            }
        }
        if (isOpen("aspect_ratio")) {
            OpenValues.ratio(draft, model).ifPresent(value -> draft.fill("aspect_ratio", value));
        }
    }

    private boolean isOpen(String field) {
        return !draft.isGiven(field) && !draft.fields().has(field);
    }

    private static boolean suits(String field, Workflow workflow, ObjectNode fields) {
        if (workflow == Workflow.UPSCALE || field.equals("upscale_factor")) {
            return workflow == Workflow.UPSCALE && field.equals("upscale_factor");
        }
        List<String> values = ModelFamily.of(fields.path("model").asText("")).values().get(field);
        return switch (field) {
            case "aspect_ratio" -> !Workflow.rejectsAspectRatio(fields);
            case "omni_reference_task_type" -> Workflow.hasReferences(fields) && (values == null || !values.isEmpty());
            default -> values == null || !values.isEmpty();
        };
    }
}
