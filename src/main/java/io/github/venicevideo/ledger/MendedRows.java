package io.github.venicevideo.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.VideoRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The rows of jobs of which the home knows more than the ledger. What is told of them was told before: no events. */
final class MendedRows {

    private static final String MESSAGE = "The ledger was put back from a copy; this is what lies in the home.";

    private final Jdbi jdbi;
    private final Clock clock;

    MendedRows(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    List<Job> notDelivered() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE state <> 'delivered'")
                .mapTo(Job.class).list());
    }

    /** The job, when the ledger says that its bundle is put away. */
    Optional<Job> filed(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE id = :id AND filed = 1")
                .bind("id", id).mapTo(Job.class).findOne());
    }

    /** It has ended, and its bundle lies in a folder. */
    void end(Job job, JobState state, Path folder, JsonNode document) {
        change(job, state, text(document, "reason"), text(document, "message"),
                "filed = 1, folder = :folder, ended_at = :endedAt, queue_id = COALESCE(:queueId, queue_id),"
                        + " model = COALESCE(:model, model), price = COALESCE(:price, price),"
                        + " submitted_at = COALESCE(:submittedAt, submitted_at), completed_at = COALESCE(:completedAt, completed_at)",
                Map.of("folder", folder.toString(), "endedAt", Mending.time(document, "ended_at").orElse(clock.instant()),
                        "queueId", text(document, "queue_id"), "model", text(document, "model"), "price", price(document),
                        "submittedAt", Mending.time(document, "submitted_at"),
                        "completedAt", Mending.time(document, "completed_at")));
        if (text(document, "queue_id").isPresent()) {
            price(document).ifPresent(price -> jdbi.useHandle(handle -> spent(handle, job.id(), job.dropName(), price, document)));
        }
    }

    /** It was accepted. */
    void ask(Job job, String model, String queueId) {
        change(job, JobState.GENERATING, Optional.empty(), Optional.of(MESSAGE), "model = :model, queue_id = :queueId,"
                        + " submitted_at = COALESCE(submitted_at, :now), ended_at = NULL, filed = 0, folder = NULL, due_at = :now,"
                        + " trouble_count = 0, server_errors = 0", Map.of("model", model, "queueId", queueId));
    }

    /** It may have been accepted. */
    void doubt(Job job) {
        change(job, JobState.PARKED, Optional.of("in-doubt"), Optional.of(MESSAGE + " It was sent, and no answer is known: it may"
                + " have been accepted and charged."), "ended_at = NULL, filed = 0, folder = NULL, due_at = :now", Map.of());
    }

    /** Its bundle is to be put away again. */
    void fileAgain(Job job) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE job SET filed = 0, folder = NULL, due_at = :now WHERE id = :id")
                .bind("now", clock.instant()).bind("id", job.id()).execute());
    }

    /**
     * A delivered job that the ledger does not know: so that the same content is known as a duplicate.
     *
     * @return how many it was, one or none
     */
    int remember(String id, String api, Path folder, JsonNode document) {
        Instant now = clock.instant();
        return jdbi.inTransaction(handle -> {
            int added = handle.createUpdate("INSERT INTO job (id, bundle, drop_name, state, api, request, options, content_hash,"
                            + " attempts, model, queue_id, price, submitted_at, completed_at, due_at, filed, folder, created_at,"
                            + " updated_at, ended_at, message)"
                            + " VALUES (:id, :bundle, :drop, 'delivered', :api, :request, :options, :hash, :attempts, :model,"
                            + " :queueId, :price, :submittedAt, :completedAt, :now, 1, :folder, :createdAt, :now, :endedAt,"
                            + " :message) ON CONFLICT DO NOTHING")
                    .bind("id", id).bind("bundle", document.path("bundle").asText(id))
                    .bind("drop", document.path("drop").asText("")).bind("api", api)
                    .bind("request", LedgerJson.write(new VideoRequest(Json.mapper().createObjectNode(), List.of())))
                    .bind("options", LedgerJson.write(JobOptions.none())).bind("hash", document.path("content_hash").asText(""))
                    .bind("attempts", document.path("attempts").asInt(1)).bind("model", text(document, "model"))
                    .bind("queueId", text(document, "queue_id")).bind("price", price(document))
                    .bind("submittedAt", Mending.time(document, "submitted_at"))
                    .bind("completedAt", Mending.time(document, "completed_at"))
                    .bind("createdAt", Mending.time(document, "created_at").orElse(now))
                    .bind("endedAt", Mending.time(document, "ended_at").orElse(now))
                    .bind("folder", folder.toString()).bind("now", now).bind("message", MESSAGE)
                    .execute();
            if (added == 1) {
                note(handle, id, JobState.DELIVERED, Optional.empty(), Optional.of(MESSAGE), now);
                price(document).ifPresent(price -> spent(handle, id, document.path("drop").asText(""), price, document));
            }
            return added;
        });
    }

    private void change(Job job, JobState state, Optional<String> reason, Optional<String> message, String assignments,
            Map<String, ?> values) {
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            handle.createUpdate("UPDATE job SET state = :state, reason = :reason, message = :message, detail = NULL,"
                            + " resume_at = NULL, lease_owner = NULL, lease_until = NULL, updated_at = :now, " + assignments
                            + " WHERE id = :id")
                    .bindMap(values).bind("state", state.toString()).bind("reason", reason).bind("message", message)
                    .bind("now", now).bind("id", job.id()).execute();
            note(handle, job.id(), state, reason, message, now);
        });
    }

    private static void note(Handle handle, String id, JobState state, Optional<String> reason, Optional<String> message,
            Instant now) {
        handle.createUpdate("INSERT INTO job_history (job_id, seq, at, state, reason, message) VALUES (:id,"
                        + " (SELECT COALESCE(MAX(seq), 0) + 1 FROM job_history WHERE job_id = :id), :at, :state, :reason, :message)")
                .bind("id", id).bind("at", now).bind("state", state.toString()).bind("reason", reason)
                .bind("message", message).execute();
    }

    /** Counted on the day that it was sent, by UTC; the day's own zone is not known here. */
    private void spent(Handle handle, String id, String drop, long price, JsonNode document) {
        Instant at = Mending.time(document, "submitted_at").orElse(clock.instant());
        handle.createUpdate("INSERT INTO spend (job_id, attempt, drop_name, day, amount, state)"
                        + " VALUES (:id, :attempt, :drop, :day, :amount, 'settled')"
                        + " ON CONFLICT (job_id, attempt) DO UPDATE SET state = 'settled'")
                .bind("id", id).bind("attempt", document.path("attempts").asInt(1)).bind("drop", drop)
                .bind("day", LocalDate.ofInstant(at, ZoneOffset.UTC).toString()).bind("amount", price).execute();
    }

    private static Optional<String> text(JsonNode document, String field) {
        return Optional.of(document.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    private static Optional<Long> price(JsonNode document) {
        JsonNode price = document.path("price_usd");
        return price.isNumber() ? Optional.of(price.decimalValue().movePointRight(6).longValue()) : Optional.empty();
    }
}
