package io.github.venicevideo.ledger.consent;

import io.github.venicevideo.api.Policy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The policy texts that the provider has asked people to agree to. */
public final class ConsentPolicies {

    private static final String COLUMNS = "SELECT flow, version, text FROM consent_policy ";

    private final Jdbi jdbi;
    private final Clock clock;

    public ConsentPolicies(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The provider asks for this one now. */
    public void seen(Policy policy) {
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO consent_policy"
                        + " (flow, hash, version, text, first_seen_at, last_seen_at)"
                        + " VALUES (:flow, :hash, :version, :text, :now, :now)"
                        + " ON CONFLICT (flow, hash) DO UPDATE SET last_seen_at = excluded.last_seen_at")
                .bind("flow", policy.flow()).bind("hash", policy.hash()).bind("version", policy.version())
                .bind("text", policy.text()).bind("now", clock.instant())
                .execute());
    }

    /** The text that the provider asked for last. */
    public Optional<Policy> newest(String flow) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS
                        + "WHERE flow = :flow ORDER BY last_seen_at DESC, first_seen_at DESC, hash LIMIT 1")
                .bind("flow", flow).mapTo(Policy.class).findOne());
    }

    /** When the provider asked for a text last. */
    public Optional<Instant> seenAt(Policy policy) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT last_seen_at FROM consent_policy"
                        + " WHERE flow = :flow AND hash = :hash")
                .bind("flow", policy.flow()).bind("hash", policy.hash()).mapTo(Instant.class).findOne());
    }

    /** The text with that hash, if the provider has ever asked for it. */
    public Optional<Policy> find(String flow, String hash) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + "WHERE flow = :flow AND hash = :hash")
                .bind("flow", flow).bind("hash", hash).mapTo(Policy.class).findOne());
    }

    /** All of them, the one that was asked for last first. */
    public List<Policy> all() {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + "ORDER BY last_seen_at DESC, first_seen_at DESC, hash")
                .mapTo(Policy.class).list());
    }
}
