package io.github.venicevideo.ledger.limit;

import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.venice.answer.AccountTrouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate before the queue, one for each key: closed while the key or the account is refused, and after two requests
 * in a row that are in doubt. Every job is kept meanwhile. Now and then a harmless call is made; when that is
 * answered, one job is let through, and what becomes of it opens the gate or leaves it closed.
 */
public final class Gate {

    /** The code of a gate that requests in doubt have closed. */
    public static final String IN_DOUBT = "IN_DOUBT";

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final int DOUBTS_IN_A_ROW = 2;

    private final Supplier<Jdbi> sql;
    private final Clock clock;
    private final KeyId key;
    private final Duration probeInterval;

    Gate(Supplier<Jdbi> sql, Clock clock, KeyId key, Duration probeInterval) {
        this.sql = sql;
        this.clock = clock;
        this.key = key;
        this.probeInterval = probeInterval;
    }

    /** Why it is closed; empty while it is open. */
    public Optional<Closed> closed() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT code, message, closed_at, probe_at, trial, asking"
                        + " FROM gate WHERE key_id = :key AND closed_at IS NOT NULL")
                .bind("key", key.value())
                .map((row, context) -> new Closed(row.getString("code"), row.getString("message"),
                        Instant.ofEpochMilli(row.getLong("closed_at")), Instant.ofEpochMilli(row.getLong("probe_at")),
                        row.getInt("trial") == 1, row.getInt("asking") == 1))
                .findOne());
    }

    /**
     * The key or the account was refused.
     *
     * @param whileAsking whether it was a call about jobs in the making, which then are not asked about either
     */
    public void trouble(AccountTrouble trouble, boolean whileAsking) {
        close(trouble.code(), "The API key or the account is refused (" + trouble.code() + "): " + trouble.message(),
                whileAsking);
    }

    /** A request was sent whole, and no usable answer came. */
    public void doubt(String message) {
        int doubts = sql.get().inTransaction(handle -> {
            prepare(handle);
            return handle.createQuery("UPDATE gate SET doubts = doubts + 1 WHERE key_id = :key RETURNING doubts")
                    .bind("key", key.value()).mapTo(Integer.class).one();
        });
        if (doubts >= DOUBTS_IN_A_ROW) {
            close(IN_DOUBT, "The answers to " + doubts + " requests in a row did not come or could not be read, the last: "
                    + message, false);
        }
    }

    /** The queue has judged a request: the key, the account and the provider are as they should be. */
    public void works() {
        Optional<Closed> before = closed();
        sql.get().useHandle(handle -> handle.createUpdate("UPDATE gate SET closed_at = NULL, code = NULL, message = NULL,"
                        + " trial = 0, asking = 1, doubts = 0"
                        + " WHERE key_id = :key AND (closed_at IS NOT NULL OR doubts > 0)")
                .bind("key", key.value()).execute());
        before.ifPresent(closed -> LOG.info("The gate is open again: jobs are sent to the queue. It was closed since {}: {}",
                closed.since(), closed.message()));
    }

    /** Whether it is time for the caller to make a harmless call; true for one caller, once in an interval. */
    public boolean isProbeDue() {
        Instant now = clock.instant();
        return closed().filter(closed -> isOver(closed.probeAt(), now)).isPresent()
                && sql.get().withHandle(handle -> handle.createUpdate("UPDATE gate SET probe_at = :next"
                        + " WHERE key_id = :key AND closed_at IS NOT NULL AND (probe_at <= :now OR probe_at > :next)")
                .bind("next", now.plus(probeInterval)).bind("now", now).bind("key", key.value())
                .execute()) == 1;
    }

    /**
     * The harmless call was answered. The next job may try; where none is on its way to the queue or will be due before the next
     * probe, the gate opens, and the next one to come will tell.
     */
    public void probed() {
        boolean waiting = sql.get().inTransaction(handle -> {
            handle.createUpdate("UPDATE gate SET trial = 1, asking = 1 WHERE key_id = :key AND closed_at IS NOT NULL")
                    .bind("key", key.value()).execute();
            return handle.createQuery("SELECT id FROM job WHERE api = :api"
                            + " AND (state = 'submitting' OR state = 'received' AND due_at <= :next) LIMIT 1")
                    .bind("api", key.api()).bind("next", clock.instant().plus(probeInterval)).mapTo(String.class)
                    .findOne().isPresent();
        });
        if (!waiting) {
            works();
        }
    }

    /** Takes the one chance to send a job through the closed gate. @return whether it was still there */
    public boolean takeTrial() {
        return sql.get().withHandle(handle -> handle.createUpdate("UPDATE gate SET trial = 0"
                        + " WHERE key_id = :key AND closed_at IS NOT NULL AND trial = 1")
                .bind("key", key.value()).execute()) == 1;
    }

    /**
     * No job was sent: the next one may try. Nothing changes when the gate was opened since, or when it has been time for
     * another probe, which lets a job of its own through.
     *
     * @param closed as it was when the trial was taken
     */
    public void giveTrialBack(Closed closed) {
        sql.get().useHandle(handle -> handle.createUpdate("UPDATE gate SET trial = 1 WHERE key_id = :key AND closed_at = :since"
                        + " AND probe_at = :probe")
                .bind("key", key.value()).bind("since", closed.since()).bind("probe", closed.probeAt()).execute());
    }

    private void close(String code, String message, boolean alsoForAsking) {
        Instant now = clock.instant();
        boolean wasOpen = sql.get().inTransaction(handle -> {
            prepare(handle);
            boolean open = handle.createUpdate("UPDATE gate SET closed_at = :now, probe_at = :probe"
                            + " WHERE key_id = :key AND closed_at IS NULL")
                    .bind("now", now).bind("probe", now.plus(probeInterval)).bind("key", key.value())
                    .execute() == 1;
            // Whoever is refused again has used up the trial, with whichever call it was.
            handle.createUpdate("UPDATE gate SET code = :code, message = :message, trial = 0"
                            + (alsoForAsking ? ", asking = 0" : "") + " WHERE key_id = :key")
                    .bind("code", code).bind("message", message).bind("key", key.value())
                    .execute();
            return open;
        });
        if (wasOpen) {
            LOG.error("The gate is closed, nothing is sent to the queue and every job is kept. {} It is tried every {} s,"
                    + " and opens by itself", message, probeInterval.toSeconds());
        }
    }

    private void prepare(Handle handle) {
        handle.createUpdate("INSERT INTO gate (key_id) VALUES (:key) ON CONFLICT DO NOTHING")
                .bind("key", key.value()).execute();
    }

    /** A time too far ahead is from a clock that was set back. */
    private boolean isOver(Instant at, Instant now) {
        return !at.isAfter(now) || at.isAfter(now.plus(probeInterval));
    }

    /**
     * A gate that is closed.
     *
     * @param code the API's code, or {@code IN_DOUBT}
     * @param message a sentence for people
     * @param since when it was closed
     * @param probeAt when the next harmless call is due
     * @param trial whether one job may be let through now
     * @param asking whether jobs in the making are asked about meanwhile
     */
    public record Closed(String code, String message, Instant since, Instant probeAt, boolean trial, boolean asking) {
    }
}
