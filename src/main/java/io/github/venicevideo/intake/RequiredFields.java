package io.github.venicevideo.intake;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks that what every request needs is there, from the bundle or from a default. */
final class RequiredFields {

    private RequiredFields() {
    }

    static void check(Draft draft, String file, Findings findings) {
        Workflow workflow = Workflow.of(draft.fields());
        if (isMissing(draft, "model")) {
            findings.add(ProblemCode.MISSING_FIELD, file, "model", "", "",
                    "There is no default model for " + words(workflow)
                            + ": name one in a request.json, or set venice.defaults.");
        }
        if (workflow == Workflow.UPSCALE) {
            return;
        }
        if (isMissing(draft, "prompt") && !isMisspelt(draft, "prompt")) {
            findings.add(ProblemCode.MISSING_FIELD, file, "prompt", "", "",
                    "Write what the video is to show into a prompt.txt.");
        }
        if (isMissing(draft, "duration") && !isMisspelt(draft, "duration")) {
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

    private static String words(Workflow workflow) {
        return switch (workflow) {
            case UPSCALE -> "a video without a prompt (upscaling)";
            case VIDEO -> "a video with a prompt";
            case AUDIO -> "a sound with a prompt";
            case TEXT -> "a prompt alone";
            case IMAGE -> "a picture with a prompt";
            default -> workflow.name().toLowerCase(Locale.ROOT) + " with a prompt";
        };
    }
}
