package io.github.venicevideo.ledger.mend;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.FolderRecord;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.ledger.job.BundlePlaces;
import io.github.venicevideo.ledger.job.DownloadUrls;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobHistory;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.LedgerJson;
import io.github.venicevideo.ledger.job.QueueIds;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.job.Remaps;
import io.github.venicevideo.ledger.job.Scrub;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of jobs of which the home knows more than the ledger. What is told of them was told before: no events. */
public final class MendedRows {

    /** How many characters the codes and digests in a row have at most. */
    private static final int LONGEST = 64;
    /** In USD. */
    private static final double NO_PRICE = 1_000_000;
    private static final String ATTEMPTS = "attempts = CASE WHEN attempts < :attempt THEN :attempt ELSE attempts END";
    private static final String ASKED = "ended_at = NULL, filed = 0, folder = NULL, due_at = :now, trouble_count = 0,"
            + " server_errors = 0";
    private static final String MESSAGE = "The home knew more of it than the ledger; this is what lies there.";

    private static final Logger LOG = LoggerFactory.getLogger(MendedRows.class);

    private final Jdbi jdbi;
    private final Clock clock;
    private final MendedSpend spend;

    public MendedRows(Jdbi jdbi, Clock clock, MendedSpend spend) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.spend = spend;
    }

    List<Job> unfinished() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE state NOT IN ('delivered', 'failed')")
                .mapTo(Job.class).list());
    }

    List<Job> notDelivered() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE state <> 'delivered'")
                .mapTo(Job.class).list());
    }

    /** The job, when the ledger knows it. */
    Optional<Job> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE id = :id")
                .bind("id", id).mapTo(Job.class).findOne());
    }

    /** It has ended, and its bundle lies in a folder. */
    void end(Job job, JobState state, Path folder, JsonNode document) throws IOException {
        Optional<String> key = FolderRecord.keyOf(folder);
        change(job, state, reason(document), text(document, "message"),
                "filed = 1, folder = :folder, ended_at = :endedAt, queue_id = COALESCE(:queueId, queue_id),"
                        + " model = COALESCE(:model, model), price = COALESCE(:price, price),"
                        + " submitted_at = COALESCE(:submittedAt, submitted_at), completed_at = COALESCE(:completedAt, completed_at)",
                Map.of("folder", folder.toString(), "endedAt", Mending.time(document, "ended_at").orElse(clock.instant()),
                        "queueId", text(document, "queue_id").filter(id -> isFree(job.api(), id, job.id())), "model", text(document, "model"), "price", price(document),
                        "submittedAt", Mending.time(document, "submitted_at"),
                        "completedAt", Mending.time(document, "completed_at")),
                handle -> {
                    BundlePlaces.record(handle, job.id(), FolderRecord.ours(folder, key));
                    delivered(handle, job.id(), document);
                    spend.ended(handle, job.id(), job.dropName(), document);
                });
    }

    /** It was accepted: what the answer held is known from now on, the {@code download_url} too, which comes only once. */
    void ask(Job job, Intent sent) {
        if (!isFree(job.api(), sent.queueId().orElseThrow(), job.id())) {
            if (job.state() != JobState.PARKED) {
                doubt(job, sent);
            }
            return;
        }
        change(job, JobState.GENERATING, Optional.empty(), Optional.of(MESSAGE), ATTEMPTS + ", model = :model,"
                        + " queue_id = :queueId, submitted_at = :sentAt, " + ASKED,
                Map.of("model", sent.model(), "queueId", sent.queueId(), "sentAt", sent.sentAt(), "attempt", sent.attempt()),
                handle -> {
                    sent.downloadUrl().ifPresent(url -> DownloadUrls.keep(handle, job.id(), url, clock));
                    spend.sent(handle, job, sent);
                    Remaps.begin(handle, row(handle, job.id()), clock.instant());
                });
    }

    private static Job row(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM job WHERE id = :id").bind("id", id).mapTo(Job.class).one();
    }

    /** It was paid for and had failed, and a person wanted the video to be asked for once more. */
    void askAgain(Job job) {
        change(job, JobState.GENERATING, Optional.empty(), Optional.of(MESSAGE), ASKED, Map.of(), handle -> { });
    }

    /** It may have been accepted. */
    void doubt(Job job, Intent sent) {
        change(job, JobState.PARKED, Optional.of(Reason.IN_DOUBT.toString()), Optional.of(MESSAGE + " It was sent, and no answer is known: it may"
                        + " have been accepted and charged."),
                ATTEMPTS + ", ended_at = NULL, filed = 0, folder = NULL, due_at = :now", Map.of("attempt", sent.attempt()),
                handle -> spend.sent(handle, job, sent));
    }

    /** Its bundle is to be put away again. */
    void fileAgain(Job job) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE job SET filed = 0, folder = NULL, due_at = :now WHERE id = :id")
                .bind("now", clock.instant()).bind("id", job.id()).execute());
    }

    /**
     * A job that has ended and that the ledger does not know: so that the same content is known as a duplicate, and the same
     * reference as taken. What it asked for is not known here: its request is empty.
     *
     * @param given the API that it is taken to have been sent to, where its document does not say so
     * @return how many it was, one or none
     */
    int remember(String id, String given, JobState state, Path folder, JsonNode document) throws IOException {
        Instant now = clock.instant();
        Optional<String> key = FolderRecord.keyOf(folder);
        String api = text(document, "api").orElse(given);
        Optional<String> queueId = text(document, "queue_id").filter(free -> isFree(api, free, id));
        return jdbi.inTransaction(handle -> {
            int added = handle.createUpdate("INSERT INTO job (id, bundle, drop_name, reference, state, reason, api, request,"
                            + " options, content_hash, attempts, model, queue_id, price, submitted_at, completed_at, due_at,"
                            + " filed, folder, created_at, updated_at, ended_at, message)"
                            + " VALUES (:id, :bundle, :drop, :reference, :state, :reason, :api, :request, :options, :hash,"
                            + " :attempts, :model, :queueId, :price, :submittedAt, :completedAt, :now, 1, :folder, :createdAt,"
                            + " :now, :endedAt, :message) ON CONFLICT DO NOTHING")
                    .bind("id", id).bind("bundle", document.path("bundle").asText(id))
                    .bind("drop", document.path("drop").asText("")).bind("api", api)
                    .bind("reference", text(document, "reference").filter(reference -> isFree(handle, reference)))
                    .bind("state", state.toString()).bind("reason", reason(document))
                    .bind("request", LedgerJson.write(new VideoRequest(Json.mapper().createObjectNode(), List.of())))
                    .bind("options", LedgerJson.write(JobOptions.none()))
                    .bind("hash", text(document, "content_hash").filter(hash -> hash.length() <= LONGEST).orElse(""))
                    .bind("attempts", document.path("attempts").asInt(1)).bind("model", text(document, "model"))
                    .bind("queueId", queueId).bind("price", price(document))
                    .bind("submittedAt", Mending.time(document, "submitted_at"))
                    .bind("completedAt", Mending.time(document, "completed_at"))
                    .bind("createdAt", Mending.time(document, "created_at").orElse(now))
                    .bind("endedAt", Mending.time(document, "ended_at").orElse(now))
                    .bind("folder", folder.toString()).bind("now", now)
                    .bind("message", text(document, "message").orElse(MESSAGE)).execute();
            if (added == 1) {
                JobHistory.add(handle, id, now, state, reason(document), Optional.of(MESSAGE));
                BundlePlaces.record(handle, id, FolderRecord.ours(folder, key));
                delivered(handle, id, document);
                spend.ended(handle, id, document.path("drop").asText(""), document);
            }
            return added;
        });
    }

    private void change(Job job, JobState state, Optional<String> reason, Optional<String> message, String assignments,
            Map<String, ?> values, Consumer<Handle> more) {
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            handle.createUpdate("UPDATE job SET state = :state, reason = :reason, message = :message, detail = NULL,"
                            + " resume_at = NULL, lease_owner = NULL, lease_until = NULL, updated_at = :now, " + assignments
                            + " WHERE id = :id")
                    .bindMap(values).bind("state", state.toString()).bind("reason", reason).bind("message", message)
                    .bind("now", now).bind("id", job.id()).execute();
            JobHistory.add(handle, job.id(), now, state, reason, message);
            more.accept(handle);
        });
    }

    /** What the API has accepted is one job's: of two that claim it, the first keeps it. */
    private boolean isFree(String api, String queueId, String jobId) {
        Optional<Job> owner = jdbi.withHandle(handle -> QueueIds.owner(handle, api, queueId))
                .filter(job -> !job.id().equals(jobId));
        owner.ifPresent(job -> LOG.warn("The home says that job {} was accepted as {}, which is job {}'s already: it is left with"
                + " that one", jobId, queueId, job.id()));
        return owner.isEmpty();
    }

    private static boolean isFree(Handle handle, String reference) {
        return handle.createQuery("SELECT COUNT(*) FROM job WHERE reference IN (:reference, :digest)")
                .bind("reference", reference).bind("digest", Scrub.digest(reference)).mapTo(Long.class).one() == 0;
    }

    /** Where its videos are, for whoever asks for it by its reference. The name is no reservation: files tell what is taken. */
    private void delivered(Handle handle, String id, JsonNode document) {
        for (JsonNode video : document.path("delivered_to")) {
            handle.createUpdate("INSERT INTO delivery (job_id, destination, name, location, delivered_at)"
                            + " VALUES (:id, :destination, :name, :location, :at) ON CONFLICT (job_id, destination) DO UPDATE"
                            + " SET location = excluded.location, delivered_at = excluded.delivered_at, trouble = NULL,"
                            + " trouble_since = NULL, trouble_at = NULL, given_up_at = NULL")
                    .bind("id", id).bind("destination", video.path("destination").asText()).bind("name", "put-back-" + id)
                    .bind("location", video.path("location").asText())
                    .bind("at", Mending.time(document, "ended_at").orElse(clock.instant())).execute();
        }
    }

    /** A code of ours, as long as nobody has written something else into the file. */
    private static Optional<String> reason(JsonNode document) {
        return text(document, "reason").filter(reason -> reason.length() <= LONGEST);
    }

    static Optional<String> text(JsonNode document, String field) {
        return Optional.of(document.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    static Optional<Long> price(JsonNode document) {
        JsonNode price = document.path("price_usd");
        // Somebody may have written into the file: no price of ours is that high, and some numbers fill the memory.
        double usd = price.isNumber() ? price.doubleValue() : -1;
        return usd >= 0 && usd < NO_PRICE ? Optional.of(MicroUsd.ofPrice(BigDecimal.valueOf(usd))) : Optional.empty();
    }
}
