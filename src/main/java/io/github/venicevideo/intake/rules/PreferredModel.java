package io.github.venicevideo.intake.rules;

import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.List;
import java.util.Optional;

/** Which of the models that the settings prefer a bundle gets that names none. */
final class PreferredModel {

    private static final int MOST_NAMED = 8;

    private PreferredModel() {
    }

    /** The first that is listed, in service, and not removed within seven days; without a catalogue the first. */
    static Optional<String> of(List<String> preferences, Optional<Catalogue> catalogue) {
        return preferences.stream().filter(id -> catalogue.map(listed -> listed.isLasting(id)).orElse(true)).findFirst();
    }

    /** What a person can do where there is none. */
    static String hint(Workflow workflow, List<String> preferences, Optional<Catalogue> catalogue) {
        if (preferences.isEmpty() || catalogue.isEmpty()) {
            return "There is no default model for " + workflow.words() + ": name one in a request.json, or set " + workflow.setting()
                    + "." + listed(workflow, catalogue);
        }
        return "Of the default models for " + workflow.words() + " (" + String.join(", ", preferences)
                + ") the API lists none that is in service and stays: name one in a request.json, or set " + workflow.setting()
                + "." + listed(workflow, catalogue);
    }

    private static String listed(Workflow workflow, Optional<Catalogue> catalogue) {
        List<String> there = catalogue.map(Catalogue::models).orElse(List.of()).stream()
                .filter(model -> workflow.isMadeBy(model) && catalogue.orElseThrow().isLasting(model.id())).map(VideoModel::id).toList();
        if (there.isEmpty()) {
            return catalogue.isEmpty() ? "" : " The API lists none of the kind.";
        }
        return " The API lists " + String.join(", ", there.subList(0, Math.min(there.size(), MOST_NAMED)))
                + (there.size() > MOST_NAMED ? " and more: --models prints them all." : ".");
    }
}
