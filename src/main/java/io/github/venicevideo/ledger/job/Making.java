package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.InFlight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** The jobs that the API is at work on: what is read to decide which is asked about, and what the answers change. */
public final class Making {

    private static final String COLUMNS = "SELECT id, model, COALESCE(submitted_at, created_at) AS submitted_at,"
            + " polled_at AS asked_at, due_at FROM job WHERE state = 'generating' AND api = :api";

    private final Supplier<Jdbi> sql;
    private final Clock clock;

    public Making(Supplier<Jdbi> sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * The jobs that one API is at work on.
     *
     * @param since only those that have changed since then; empty for all
     */
    public List<InFlight> jobs(String api, Optional<Instant> since) {
        return sql.get().withHandle(handle -> handle.createQuery(COLUMNS + since.map(at -> " AND updated_at >= :since").orElse(""))
                .bind("api", api).bindMap(since.map(at -> Map.of("since", at)).orElse(Map.of()))
                .mapTo(InFlight.class).list());
    }

    /** How many jobs other APIs are at work on; they are not ours to ask about. */
    public long jobsOfOthers(String api) {
        return sql.get().withHandle(handle -> handle.createQuery(
                        "SELECT COUNT(*) FROM job WHERE state = 'generating' AND api <> :api")
                .bind("api", api).mapTo(Long.class).one());
    }

    /**
     * The video is still being made. Not a change of state, so no history; the job is given back.
     *
     * @param averageMs the API's average for the model, in milliseconds
     * @param dueAt when to ask next
     * @throws LeaseLostException when another has it
     */
    public Job asked(Job job, Optional<Long> averageMs, Instant dueAt) {
        return sql.get().inTransaction(handle -> {
            job.model().ifPresent(model -> averageMs.ifPresent(average ->
                    ModelSpeeds.reported(handle, model, average)));
            return LeasedRow.update(handle, job, clock.instant(), "average_ms = COALESCE(:average, average_ms),"
                            + " polls = polls + 1, polled_at = :now, trouble_count = 0,"
                            + " server_errors = 0, due_at = :due, " + Leases.RELEASED,
                    Map.of("average", averageMs, "due", dueAt));
        });
    }

    /**
     * The last answer could not be used: asked again at a given time. Not a change of state; the job is given back.
     *
     * @param serverError whether it was a 500, which may be this job's own for ever
     * @throws LeaseLostException when another has it
     */
    public Job troubled(Job job, Instant dueAt, boolean serverError) {
        return sql.get().withHandle(handle -> LeasedRow.update(handle, job, clock.instant(),
                "polls = polls + 1, polled_at = :now, trouble_count = trouble_count + 1,"
                        + " server_errors = server_errors + :serverErrors, due_at = :due, " + Leases.RELEASED,
                Map.of("due", dueAt, "serverErrors", serverError ? 1 : 0)));
    }

    /**
     * The job's video is done, which is told but once; its model's speed is learnt from it, where there is something to learn.
     *
     * @param took how long it took; empty when that cannot be told
     */
    public void ready(Job job, Optional<Duration> took) {
        sql.get().useTransaction(handle -> {
            boolean first = handle.createUpdate("UPDATE job SET ready_at = :now WHERE id = :id AND ready_at IS NULL")
                    .bind("now", clock.instant()).bind("id", job.id()).execute() == 1;
            if (first && took.isPresent()) {
                ModelSpeeds.observed(handle, job.model().orElse(""), took.get().toMillis());
            }
        });
    }

    /**
     * Marks the jobs that were submitted before a time and are still in the making: each once, with a row of history
     * and an event of the type {@code overdue}. They are asked about as before.
     */
    public List<Job> overdue(Instant submittedBefore, String message) {
        String reason = Reason.OVERDUE.toString();
        Instant now = clock.instant();
        return sql.get().inTransaction(handle -> {
            List<Job> late = new ArrayList<>(handle.createQuery("UPDATE job SET alarmed_at = :now, reason = :reason,"
                            + " message = :message WHERE state = 'generating' AND alarmed_at IS NULL AND submitted_at < :before"
                            + " RETURNING *")
                    .bind("now", now).bind("reason", reason).bind("message", message).bind("before", submittedBefore)
                    .mapTo(Job.class).list());
            for (Job job : late) {
                JobHistory.add(handle, job.id(), now, job.state(), Optional.of(reason), Optional.of(message));
                JobEvents.alarm(handle, job.id(), now, reason);
            }
            return late;
        });
    }
}
