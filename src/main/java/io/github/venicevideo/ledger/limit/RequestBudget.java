package io.github.venicevideo.ledger.limit;

import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.venice.answer.RateHeaders;
import io.github.venicevideo.venice.client.ApiCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * How many calls of one kind may go out with one key: a token bucket that is one row of the ledger, so that all
 * threads and all programs on the ledger share it, exactly, and a restart does not refill it.
 *
 * <p>The server's headers correct it: a lower limit lowers ours, and what says "not before" is kept (contract, "Errors").
 */
public final class RequestBudget {

    /** Further ahead than any wait that the server may ask for: the clock was set back meanwhile. */
    private static final Duration FAR = RateHeaders.LONGEST_WAIT.plusMinutes(2);
    private static final Duration UNTOLD = Duration.ofSeconds(15);
    private static final int TOO_FAST = 429;

    private final Supplier<Jdbi> sql;
    private final Clock clock;
    private final Map<String, String> row;
    private final int perMinute;
    private final AtomicBoolean prepared = new AtomicBoolean();
    private volatile Pace pace;

    RequestBudget(Supplier<Jdbi> sql, Clock clock, KeyId key, ApiCall call, int perMinute) {
        this.sql = sql;
        this.clock = clock;
        this.row = Map.of("key", key.value(), "call", call.toString());
        this.perMinute = perMinute;
        this.pace = Pace.under(perMinute);
    }

    /** When the next call may go out; not later than now when it may now. Takes nothing. */
    public Instant nextAt() {
        prepare();
        Instant booked = sql.get().withHandle(handle -> handle
                .createQuery("SELECT next_at FROM limiter WHERE key_id = :key AND call = :call")
                .bindMap(row).mapTo(Instant.class).one());
        Instant now = clock.instant();
        if (booked.isAfter(now.plus(FAR))) {
            // What went out in the last minute is not known any longer, so it is taken to have been all that could.
            setNextAt(now.plusSeconds(60), "<>");
            return now.plusSeconds(60);
        }
        return booked.minusMillis(pace.leadMs());
    }

    /** How many calls could go out now. */
    public int left() {
        Pace current = pace;
        long ahead = clock.millis() - nextAt().toEpochMilli();
        return ahead < 0 ? 0 : (int) Math.min(current.burst(), 1 + ahead / current.intervalMs());
    }

    /** Takes the permit for one call, which is to be made at once. */
    public Optional<Permit> take() {
        prepare();
        Pace current = pace;
        return sql.get().withHandle(handle -> handle.createQuery("UPDATE limiter"
                        + " SET next_at = CASE WHEN next_at > :now THEN next_at ELSE :now END + :interval"
                        + " WHERE key_id = :key AND call = :call AND next_at <= :now + :lead RETURNING next_at")
                .bind("now", clock.instant()).bind("interval", current.intervalMs()).bind("lead", current.leadMs())
                .bindMap(row)
                .mapTo(Instant.class).findOne()).map(booked -> new Permit(booked, current.intervalMs()));
    }

    /**
     * The call was not made. A permit that was not the last to be taken, or that the server has said more since, is lost: the
     * next call comes a little later than it might.
     */
    public void giveBack(Permit permit) {
        sql.get().useHandle(handle -> handle.createUpdate("UPDATE limiter SET next_at = next_at - :interval"
                        + " WHERE key_id = :key AND call = :call AND next_at = :booked")
                .bind("interval", permit.intervalMs()).bind("booked", permit.booked()).bindMap(row)
                .execute());
    }

    /** What the server says of its own count, on the answer to a call of this kind. */
    void heard(int status, RateHeaders headers) {
        headers.limit().ifPresent(limit -> pace = Pace.under((int) Math.max(1, Math.min(perMinute, limit))));
        boolean spent = headers.remaining().isPresent() && headers.remaining().getAsLong() == 0;
        boolean tooFast = status == TOO_FAST;
        // A 429 with budget left is about one model that is overloaded: its job waits, and no other.
        if (spent || tooFast && headers.remaining().isEmpty()) {
            Instant until = headers.latest().orElseGet(() -> clock.instant().plus(tooFast ? UNTOLD : Duration.ZERO));
            prepare();
            // The burst is no reason to come earlier than told.
            setNextAt(until.plusMillis(pace.leadMs()), "<");
        }
    }

    private void setNextAt(Instant at, String where) {
        sql.get().useHandle(handle -> handle.createUpdate("UPDATE limiter SET next_at = :at"
                        + " WHERE key_id = :key AND call = :call AND next_at " + where + " :at")
                .bind("at", at).bindMap(row).execute());
    }

    private void prepare() {
        if (!prepared.get()) {
            sql.get().useHandle(handle -> handle.createUpdate("INSERT INTO limiter (key_id, call, next_at)"
                            + " VALUES (:key, :call, :now) ON CONFLICT DO NOTHING")
                    .bindMap(row).bind("now", clock.instant()).execute());
            prepared.set(true);
        }
    }

    /**
     * One call may go out.
     *
     * @param booked up to when the bucket is spent with it
     * @param intervalMs how much of that is its own, in milliseconds
     */
    public record Permit(Instant booked, long intervalMs) {
    }
}
