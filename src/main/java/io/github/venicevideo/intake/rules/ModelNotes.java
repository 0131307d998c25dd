package io.github.venicevideo.intake.rules;

import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.catalogue.Retirement;
import io.github.venicevideo.venice.catalogue.VideoModel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Sentences on a model that is listed but not for long or not for all, or that is not listed at all. */
public final class ModelNotes {

    private static final int NEAREST = 3;

    private ModelNotes() {
    }

    /** On a model that the catalogue does not list. */
    static String unlisted(String id, Catalogue catalogue) {
        return id + " is not listed by the API, so that nothing is known of what it takes; whether it is still made, the price"
                + " tells that is asked for before anything is sent. The nearest that are listed: "
                + String.join(", ", catalogue.nearest(id, NEAREST)) + ".";
    }

    /** On a model that the catalogue lists; none where nothing needs saying. */
    public static List<String> on(VideoModel model) {
        List<String> notes = new ArrayList<>();
        model.retirement().ifPresent(retirement -> notes.add(model.id() + " is removed "
                + retirement.removesAt().map(at -> "on " + day(at)).orElse("soon") + instead(retirement)));
        if (model.offline()) {
            notes.add(model.id() + " is out of service at the moment, says the API's catalogue.");
        }
        if (!model.regions().isEmpty()) {
            notes.add(model.id() + " is not there for every region, says the API's catalogue: " + model.regions());
        }
        return notes;
    }

    /** That a model was taken away, with what to do; follows its id. */
    static String removed(VideoModel model) {
        return "It was removed " + model.retirement().flatMap(Retirement::removesAt).map(at -> "on " + day(at) + ", and a call"
                + " for it would go to another model").orElse("") + model.retirement().map(ModelNotes::instead).orElse(".");
    }

    private static String instead(Retirement retirement) {
        return retirement.replacement().map(id -> ": use " + id + " instead, which replaces it.")
                .orElse(", and no replacement is named: use another model.");
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
