package io.github.venicevideo.ledger.mend;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jdbi.v3.core.Handle;

/** What was spent after the ledger was copied, so that the day's budget counts it: on the day that it was sent. */
public final class MendedSpend {

    private static final String REFUNDED = Reason.GENERATION_REFUNDED.toString();

    private final Clock clock;
    private final ZoneId zone;

    /** @param zone whose days the budget counts by */
    public MendedSpend(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** A job that has ended, as its {@code job.json} tells. */
    void ended(Handle handle, String id, String drop, JsonNode document) {
        if (MendedRows.text(document, "queue_id").isPresent()) {
            String state = document.path("reason").asText("").equals(REFUNDED) ? "refunded" : "settled";
            MendedRows.price(document).ifPresent(price -> put(handle, id, document.path("attempts").asInt(1), drop, price,
                    Mending.time(document, "submitted_at").orElse(clock.instant()), state));
        }
    }

    /** A job that was sent, as its intent tells; what is in doubt counts until a person says what became of it. */
    void sent(Handle handle, Job job, Intent intent) {
        Instant at = intent.writtenAt() > 0 ? Instant.ofEpochMilli(intent.writtenAt()) : clock.instant();
        job.price().ifPresent(price -> put(handle, job.id(), Math.max(1, intent.attempt()), job.dropName(), price, at,
                intent.isAnswered() ? "settled" : "reserved"));
    }

    private void put(Handle handle, String id, int attempt, String drop, long price, Instant at, String state) {
        handle.createUpdate("INSERT INTO spend (job_id, attempt, drop_name, day, amount, state)"
                        + " VALUES (:id, :attempt, :drop, :day, :amount, :state)"
                        + " ON CONFLICT (job_id, attempt) DO UPDATE SET state = excluded.state")
                .bind("id", id).bind("attempt", attempt).bind("drop", drop)
                .bind("day", LocalDate.ofInstant(at, zone).toString()).bind("amount", price).bind("state", state).execute();
    }
}
