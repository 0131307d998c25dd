package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.ModelSpeed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** How fast each model has been so far: what the API reports of it, and what its videos have taught. */
public final class ModelSpeeds {

    private final Supplier<Jdbi> sql;

    public ModelSpeeds(Supplier<Jdbi> sql) {
        this.sql = sql;
    }

    /** What is known of each model's speed, by name; those that were never asked about are missing. */
    public Map<String, ModelSpeed> all() {
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

    /** What is known of one model's speed. */
    public ModelSpeed of(String model) {
        return sql.get().withHandle(handle -> of(handle, model));
    }

    /** The API's last reported average for a model, in milliseconds. */
    public Optional<Long> average(String model) {
        return sql.get().withHandle(handle -> average(handle, model));
    }

    /** The model was asked about and reported no average: from now on it is known that none is to be expected. */
    public void reportedNothing(String model) {
        sql.get().useHandle(handle -> handle.createUpdate("INSERT INTO model_speed (model, log_ratio, weight)"
                        + " VALUES (:model, :ratio, :weight) ON CONFLICT DO NOTHING")
                .bind("model", model).bind("ratio", ModelSpeed.FIRST_LOG_RATIO).bind("weight", ModelSpeed.FIRST_WEIGHT)
                .execute());
    }

    /** The API has reported an average, in milliseconds. */
    static void reported(Handle handle, String model, long averageMs) {
        handle.createUpdate("INSERT INTO model_average (model, average_ms) VALUES (:model, :average)"
                        + " ON CONFLICT (model) DO UPDATE SET average_ms = excluded.average_ms")
                .bind("model", model).bind("average", averageMs)
                .execute();
    }

    /** One more of the model's videos is known to have taken so many milliseconds. */
    static void observed(Handle handle, String model, long tookMs) {
        ModelSpeed learnt = of(handle, model).observed(tookMs);
        handle.createUpdate("INSERT INTO model_speed (model, log_ratio, weight) VALUES (:model, :ratio, :weight)"
                        + " ON CONFLICT (model) DO UPDATE SET log_ratio = excluded.log_ratio, weight = excluded.weight")
                .bind("model", model).bind("ratio", learnt.logRatio()).bind("weight", learnt.weight())
                .execute();
    }

    private static ModelSpeed of(Handle handle, String model) {
        ModelSpeed known = handle.createQuery("SELECT log_ratio, weight FROM model_speed WHERE model = :model")
                .bind("model", model)
                .map((row, context) -> new ModelSpeed(Optional.empty(), row.getDouble("log_ratio"), row.getInt("weight")))
                .findOne().orElseGet(ModelSpeed::unknown);
        return average(handle, model).map(known::reported).orElse(known);
    }

    private static Optional<Long> average(Handle handle, String model) {
        return handle.createQuery("SELECT average_ms FROM model_average WHERE model = :model").bind("model", model)
                .mapTo(Long.class).findOne();
    }
}
