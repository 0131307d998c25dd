package io.github.venicevideo.ledger.consent;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Which models ask for consent where they see a face, as their API's answers have shown; no catalogue tells. */
public final class ConsentModels {

    private static final String BUT_ASKS = "asked_at IS NOT NULL AND (refused_at IS NULL OR asked_at > refused_at)";

    private final Jdbi jdbi;
    private final Clock clock;

    public ConsentModels(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Whether a model asks; empty where it has neither asked nor refused to be told. */
    public Optional<Boolean> asks(String api, String model) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT CASE WHEN " + BUT_ASKS + " THEN 1 ELSE 0 END"
                        + " FROM consent_model WHERE api = :api AND model = :model")
                .bind("api", api).bind("model", model).mapTo(Integer.class).findOne().map(asks -> asks == 1));
    }

    /** It asks for consent now. */
    public void asked(String api, String model, String flow) {
        learn(api, model, flow, "asked_at");
    }

    /** It would not be told of consent. */
    public void refused(String api, String model, String flow) {
        learn(api, model, flow, "refused_at");
    }

    /** Whether a model has refused to be told and asked afterwards: it cannot be pleased, and is not tried a third time. */
    public boolean contradictsItself(String api, String model) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM consent_model WHERE api = :api"
                        + " AND model = :model AND refused_at IS NOT NULL AND " + BUT_ASKS)
                .bind("api", api).bind("model", model).mapTo(Long.class).one()) > 0;
    }

    private void learn(String api, String model, String flow, String column) {
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO consent_model (api, model, flow, " + column + ")"
                        + " VALUES (:api, :model, :flow, :now) ON CONFLICT (api, model) DO UPDATE SET flow = excluded.flow, "
                        + column + " = excluded." + column)
                .bind("api", api).bind("model", model).bind("flow", flow).bind("now", now).execute());
    }
}
