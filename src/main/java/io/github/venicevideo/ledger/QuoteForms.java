package io.github.venicevideo.ledger;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** In which form each model was last answered with its price. */
public final class QuoteForms {

    private final Jdbi jdbi;
    private final Clock clock;

    QuoteForms(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The form; empty where nothing is known of the model. */
    public Optional<String> of(String api, String model) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT form FROM quote_form WHERE api = :api AND model = :model")
                .bind("api", api).bind("model", model).mapTo(String.class).findOne());
    }

    /** The model takes this form. */
    public void learn(String api, String model, String form) {
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO quote_form (api, model, form, at)"
                        + " VALUES (:api, :model, :form, :now)"
                        + " ON CONFLICT (api, model) DO UPDATE SET form = excluded.form, at = excluded.at")
                .bind("api", api).bind("model", model).bind("form", form).bind("now", clock.instant()).execute());
    }
}
