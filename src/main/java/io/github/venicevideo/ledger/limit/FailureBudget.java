package io.github.venicevideo.ledger.limit;

import io.github.venicevideo.ledger.KeyId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps the answers that are no success under the number at which the provider blocks the key (contract, "Errors").
 *
 * <p>Any call may fail, so those on the wire count like failures until they are answered; those of a program that was
 * killed count as failures that came when the next one starts. What has just been refused is likely to be refused
 * again: it gets half of the budget, and the rest is for everything else.
 */
public final class FailureBudget {

    /** The provider's window, and a little more. */
    private static final Duration WINDOW = Duration.ofSeconds(31);
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final Supplier<Jdbi> sql;
    private final Clock clock;
    private final KeyId key;
    private final int most;
    private final Map<String, Boolean> refused = new ConcurrentHashMap<>();
    private final CallsOnTheWire onTheWire;
    private boolean takenOver;

    FailureBudget(Supplier<Jdbi> sql, Clock clock, KeyId key, int most) {
        this.sql = sql;
        this.clock = clock;
        this.key = key;
        this.most = most;
        this.onTheWire = new CallsOnTheWire(sql, clock, key, WINDOW);
    }

    /** Whether a call may be made that is as likely to succeed as any. */
    public synchronized boolean allows() {
        return used() < most;
    }

    /** Whether a call may be made that is likely to fail. */
    public synchronized boolean allowsDoubtful() {
        return used() < Math.max(1, most / 2);
    }

    /** Whether the last request for the model, since this program began, came to nothing. */
    public boolean isDoubtful(String model) {
        return refused.getOrDefault(model, false);
    }

    /** What became of the last request for a model. */
    public void learn(String model, boolean accepted) {
        if (accepted) {
            refused.remove(model);
        } else {
            refused.put(model, true);
        }
    }

    /** How many answers of the last half minute were no success, or may not have been. */
    public synchronized int failed() {
        takeOver();
        Instant now = clock.instant();
        return sql.get().withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM failed_call"
                        + " WHERE key_id = :key AND at > :since AND at <= :now")
                .bind("key", key.value()).bind("since", now.minus(WINDOW)).bind("now", now)
                .mapTo(Integer.class).one());
    }

    synchronized void begin() throws IOException {
        if (used() >= most) {
            throw new IOException("It was held back: with " + most + " failed calls within 30 seconds the provider"
                    + " would soon block the key");
        }
        onTheWire.begin();
    }

    void succeeded() {
        onTheWire.end();
    }

    void failedNow() {
        try {
            Instant now = clock.instant();
            sql.get().useTransaction(handle -> {
                handle.createUpdate("INSERT INTO failed_call (key_id, at) VALUES (:key, :now)")
                        .bind("key", key.value()).bind("now", now).execute();
                handle.createUpdate("DELETE FROM failed_call WHERE key_id = :key AND at < :old")
                        .bind("key", key.value()).bind("old", now.minus(KEPT)).execute();
            });
        } finally {
            onTheWire.end();
        }
    }

    void settle() {
        onTheWire.settle();
    }

    private int used() {
        return failed() + onTheWire.count();
    }

    /** Once: what the program before this one left on the wire, if it was killed. */
    private void takeOver() {
        if (!takenOver) {
            onTheWire.takeOver();
            takenOver = true;
        }
    }
}
