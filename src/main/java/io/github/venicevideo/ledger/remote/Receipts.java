package io.github.venicevideo.ledger.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.github.venicevideo.ledger.job.LedgerJson;
import io.github.venicevideo.ledger.store.LedgerException;
import io.github.venicevideo.venice.Json;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * What a bundle of several objects was taken from, kept from before it is recorded until all of them are removed from
 * their source: so that after a crash exactly those are removed, and nothing that was put there since.
 */
public final class Receipts {

    private final Jdbi jdbi;
    private final Clock clock;

    public Receipts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Keeps a receipt, in place of an earlier one under the same reference. */
    public void keep(String reference, List<Item> items) {
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO source_receipt (reference, items, at)"
                        + " VALUES (:reference, :items, :at)"
                        + " ON CONFLICT (reference) DO UPDATE SET items = excluded.items, at = excluded.at")
                .bind("reference", reference).bind("items", LedgerJson.write(items)).bind("at", clock.instant()).execute());
    }

    /** The receipt that was kept under a reference. */
    public Optional<List<Item>> find(String reference) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT items FROM source_receipt WHERE reference = :reference")
                .bind("reference", reference).mapTo(String.class).findOne()).map(Receipts::read);
    }

    /** Everything was removed from its source. */
    public void discard(String reference) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM source_receipt WHERE reference = :reference")
                .bind("reference", reference).execute());
    }

    /**
     * One object.
     *
     * @param version what tells its content from any other that its name may have
     * @param modified epoch milliseconds
     */
    public record Item(String name, String version, long bytes, long modified) {
    }

    private static List<Item> read(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<>() { });
        } catch (JsonProcessingException e) {
            throw new LedgerException("A receipt in the ledger cannot be read: " + e.getMessage(), e);
        }
    }
}
