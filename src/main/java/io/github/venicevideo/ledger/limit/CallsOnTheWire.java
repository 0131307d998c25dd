package io.github.venicevideo.ledger.limit;

import io.github.venicevideo.ledger.KeyId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * How many calls with one key are on the wire, and, in the ledger, how many there may be: nobody else would know when the
 * program is killed. That is written before there are more of them, and less often when there are fewer, so that a call
 * costs no write.
 */
final class CallsOnTheWire {

    private final Supplier<Jdbi> sql;
    private final Clock clock;
    private final KeyId key;
    private final Duration period;
    private int count;
    private int written;
    /** The most at once in the period that began at {@link #since}. */
    private int most;
    private Instant since = Instant.EPOCH;

    /** @param period after which what is written may be lowered, to the most that there were in it */
    CallsOnTheWire(Supplier<Jdbi> sql, Clock clock, KeyId key, Duration period) {
        this.sql = sql;
        this.clock = clock;
        this.key = key;
        this.period = period;
    }

    synchronized int count() {
        return count;
    }

    /** Before a call goes out; it must not when this throws. */
    synchronized void begin() {
        Instant now = clock.instant();
        boolean over = now.isBefore(since) || now.isAfter(since.plus(period));
        int needed = over ? Math.max(most, count + 1) : count + 1;
        if (needed > written || over && needed < written) {
            write(needed);
        }
        if (over) {
            since = now;
            most = 0;
        }
        count++;
        most = Math.max(most, count);
    }

    synchronized void end() {
        count--;
    }

    /** Before the program ends by itself: what is answered by now is no concern of the next one's. */
    synchronized void settle() {
        if (written > count) {
            write(count);
        }
    }

    private void write(int calls) {
        sql.get().useHandle(handle -> handle.createUpdate("INSERT INTO wire_calls (key_id, calls) VALUES (:key, :calls)"
                        + " ON CONFLICT (key_id) DO UPDATE SET calls = :calls")
                .bind("key", key.value()).bind("calls", calls).execute());
        written = calls;
    }

    /** Counts what another program had on the wire when it ended as calls that have failed now. */
    void takeOver() {
        sql.get().useTransaction(handle -> {
            int left = handle.createQuery("SELECT calls FROM wire_calls WHERE key_id = :key").bind("key", key.value())
                    .mapTo(Integer.class).findOne().orElse(0);
            for (int i = 0; i < left; i++) {
                handle.createUpdate("INSERT INTO failed_call (key_id, at) VALUES (:key, :now)")
                        .bind("key", key.value()).bind("now", clock.instant()).execute();
            }
            handle.createUpdate("DELETE FROM wire_calls WHERE key_id = :key").bind("key", key.value()).execute();
        });
    }
}
