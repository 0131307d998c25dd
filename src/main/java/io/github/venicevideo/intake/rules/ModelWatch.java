package io.github.venicevideo.intake.rules;

import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.venice.catalogue.Catalogue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is to be known of the models that bundles get, and have got: that one will be removed, is out of service, or that none is
 * left for a kind of bundle. Asks nobody.
 */
public final class ModelWatch {

    private static final int MOST = 5;

    private final Supplier<Optional<Catalogue>> catalogue;
    private final Drops drops;
    private final Supplier<Set<String>> used;

    /** @param used ids of models that have made videos */
    public ModelWatch(Supplier<Optional<Catalogue>> catalogue, Drops drops, Supplier<Set<String>> used) {
        this.catalogue = catalogue;
        this.drops = drops;
        this.used = used;
    }

    /** In sentences; empty when nothing is to be known, or when nothing is known. */
    public Optional<String> warning() {
        return catalogue.get().map(this::sentences).filter(found -> !found.isEmpty())
                .map(found -> String.join(" ", found.stream().limit(MOST).toList())
                        + (found.size() > MOST ? " And more: --models prints them." : ""));
    }

    private Set<String> sentences(Catalogue listed) {
        Set<String> sentences = new LinkedHashSet<>();
        Set<String> ids = new LinkedHashSet<>(used.get());
        for (Drop drop : drops.all()) {
            ModelDefaults models = DropDefaultsReader.of(drop).models();
            for (Workflow workflow : Workflow.values()) {
                List<String> preferences = workflow.preferences(models);
                PreferredModel.of(preferences, Optional.of(listed)).ifPresent(ids::add);
                if (!preferences.isEmpty() && PreferredModel.of(preferences, Optional.of(listed)).isEmpty()) {
                    sentences.add("No default is left for " + workflow.words() + ": of " + String.join(", ", preferences)
                            + " the API lists none that is in service and stays; set " + workflow.setting() + ".");
                }
            }
        }
        ids.stream().flatMap(id -> listed.find(id).stream()).flatMap(model -> ModelNotes.on(model).stream())
                .map(note -> note.endsWith(".") ? note : note + ".").forEach(sentences::add);
        return sentences;
    }
}
