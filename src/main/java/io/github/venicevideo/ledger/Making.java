package io.github.venicevideo.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The jobs that the API is at work on: what is read to decide which is asked about, and how long they take. */
public final class Making {

    private static final String COLUMNS = "SELECT id, model, COALESCE(submitted_at, created_at) AS submitted_at,"
            + " polled_at AS asked_at, due_at FROM job WHERE state = 'generating' AND api = :api";

    private final Supplier<Jdbi> sql;
    private final Clock clock;

    Making(Supplier<Jdbi> sql, Clock clock) {
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

    /** What is known of each model's speed, by name; those that were never asked about are missing. */
    public Map<String, ModelSpeed> speeds() {
        return sql.get().withHandle(handle -> {
            Map<String, ModelSpeed> speeds = new HashMap<>();
            handle.createQuery("SELECT model, log_ratio, weight FROM model_speed").map((row, context) ->
                    speeds.put(row.getString("model"), new ModelSpeed(Optional.empty(), row.getDouble("log_ratio"),
                            row.getInt("weight")))).list();
            handle.createQuery("SELECT model, average_ms FROM model_average").map((row, context) ->
                    speeds.merge(row.getString("model"), ModelSpeed.unknown().reported(row.getLong("average_ms")),
                            (learnt, reported) -> learnt.reported(reported.averageMs().orElseThrow()))).list();
            return speeds;
        });
    }

    /** The model was asked about and reported no average: from now on it is known that none is to be expected. */
    public void reportedNothing(String model) {
        sql.get().useHandle(handle -> handle.createUpdate("INSERT INTO model_speed (model, log_ratio, weight)"
                        + " VALUES (:model, :ratio, :weight) ON CONFLICT DO NOTHING")
                .bind("model", model).bind("ratio", ModelSpeed.FIRST_LOG_RATIO).bind("weight", ModelSpeed.FIRST_WEIGHT)
                .execute());
    }

    /**
     * The job's video is done, which is told but once; its model's speed is learnt from it.
     *
     * @param tookMs how long it took as far as can be told, in milliseconds
     */
    public void ready(Job job, long tookMs) {
        String model = job.model().orElse("");
        sql.get().useTransaction(handle -> {
            boolean first = handle.createUpdate("UPDATE job SET ready_at = :now WHERE id = :id AND ready_at IS NULL")
                    .bind("now", clock.instant()).bind("id", job.id()).execute() == 1;
            if (first) {
                ModelSpeed learnt = speed(handle, model).observed(tookMs);
                handle.createUpdate("INSERT INTO model_speed (model, log_ratio, weight) VALUES (:model, :ratio, :weight)"
                                + " ON CONFLICT (model) DO UPDATE SET log_ratio = excluded.log_ratio, weight = excluded.weight")
                        .bind("model", model).bind("ratio", learnt.logRatio()).bind("weight", learnt.weight())
                        .execute();
            }
        });
    }

    /**
     * Marks the jobs that were submitted before a time and are still in the making: each once, with a row of history
     * and an event of the type {@code overdue}. They are asked about as before.
     */
    public List<Job> overdue(Instant submittedBefore, String reason, String message) {
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

    private ModelSpeed speed(Handle handle, String model) {
        ModelSpeed known = handle.createQuery("SELECT log_ratio, weight FROM model_speed WHERE model = :model")
                .bind("model", model)
                .map((row, context) -> new ModelSpeed(Optional.empty(), row.getDouble("log_ratio"), row.getInt("weight")))
                .findOne().orElseGet(ModelSpeed::unknown);
        return handle.createQuery("SELECT average_ms FROM model_average WHERE model = :model").bind("model", model)
                .mapTo(Long.class).findOne().map(known::reported).orElse(known);
    }
}
