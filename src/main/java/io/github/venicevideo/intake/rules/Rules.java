package io.github.venicevideo.intake.rules;

import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.util.Optional;

/** All that is asked of a request beyond names and types of its fields, contract and catalogue together. */
public final class Rules {

    private Rules() {
    }

    /** @param draft after defaults */
    public static void check(Draft draft, Optional<Catalogue> catalogue, Findings findings) {
        RequestView request = new RequestView(draft.fields());
        Optional<VideoModel> model = catalogue.flatMap(known -> known.find(request.text("model")));
        if (!request.text("model").isBlank()) {
            new ModelRules(draft, request, findings).check(catalogue, model);
        }
        new FamilyRules(draft, request, findings).check(model);
        new PromptRules(draft, request, findings).check();
        new MediaRules(draft, request, model.flatMap(VideoModel::pictures), findings).check();
    }
}
