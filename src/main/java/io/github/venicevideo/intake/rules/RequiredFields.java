package io.github.venicevideo.intake.rules;

import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.Fields;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.venice.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that what every request needs is there, from the bundle or from a default. */
public final class RequiredFields {

    private RequiredFields() {
    }

    /** @param draft after defaults */
    public static void check(Draft draft, DropDefaults defaults, Optional<Catalogue> catalogue, String file, Findings findings) {
        Workflow workflow = Workflow.of(draft.fields());
        if (isMissing(draft, "model")) {
            findings.add(ProblemCode.MISSING_FIELD, file, "model", "", "",
                    PreferredModel.hint(workflow, workflow.preferences(defaults.models()), catalogue));
        }
        if (workflow == Workflow.UPSCALE) {
            return;
        }
        if (isMissing(draft, "prompt") && !isMisspelt(draft, "prompt")) {
            findings.add(ProblemCode.MISSING_FIELD, file, "prompt", "", "",
                    "Write what the video is to show into a prompt.txt.");
        }
        boolean decides = catalogue.flatMap(listed -> listed.find(draft.fields().path("model").asText()))
                .filter(model -> !ModelValues.supports(model, "duration")).isPresent();
        if (!decides && isMissing(draft, "duration") && !isMisspelt(draft, "duration")) {
            findings.add(ProblemCode.MISSING_FIELD, file, "duration", "", "a text such as \"5s\"",
                    "Write it into a request.json, or set venice.defaults.");
        }
    }

    private static boolean isMissing(Draft draft, String field) {
        return !draft.fields().has(field) && !draft.isGiven(field);
    }

    /** Then a problem has said so, and names the field. */
    private static boolean isMisspelt(Draft draft, String field) {
        List<String> names = Fields.names(Fields.ALL);
        return draft.fields().properties().stream().map(Map.Entry::getKey)
                .anyMatch(given -> !names.contains(given) && Similar.to(given, names).filter(field::equals).isPresent());
    }
}
