package io.github.venicevideo.ledger.limit;

import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.Balance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** The balance of a key's account, as the last answer told of it: the best evidence of whether a lost answer was charged. */
public final class Balances {

    /** An unchanged balance is kept anew only so often. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Supplier<Jdbi> sql;
    private final Clock clock;
    private final KeyId key;
    private Optional<Seen> last = Optional.empty();

    Balances(Supplier<Jdbi> sql, Clock clock, KeyId key) {
        this.sql = sql;
        this.clock = clock;
        this.key = key;
    }

    /** What the last answer that told of it said was there before its call. */
    public Optional<Seen> last() {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT at, usd, diem FROM balance_seen WHERE key_id = :key")
                .bind("key", key.value())
                .map((row, context) -> new Seen(new Balance(row.getLong("usd"), row.getLong("diem")),
                        Instant.ofEpochMilli(row.getLong("at"))))
                .findOne());
    }

    /** How many other jobs were sent, or are being sent, since a time: what they cost cannot be told apart. */
    public long othersSince(Instant since, String jobId) {
        return sql.get().withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM job WHERE api = :api AND id <> :id"
                        + " AND (state = 'submitting' OR id IN (SELECT job_id FROM job_history WHERE at >= :since"
                        + " AND (state = 'generating' OR reason = 'in-doubt')))")
                .bind("api", key.api()).bind("id", jobId).bind("since", since).mapTo(Long.class).one());
    }

    synchronized void heard(Answer head) {
        Optional<Balance> told = Balance.before(head);
        Instant now = clock.instant();
        if (told.isEmpty() || last.filter(seen -> seen.balance().equals(told.get()) && !seen.at().plus(FRESH).isBefore(now))
                .isPresent()) {
            return;
        }
        sql.get().useHandle(handle -> handle.createUpdate("INSERT INTO balance_seen (key_id, at, usd, diem)"
                        + " VALUES (:key, :at, :usd, :diem) ON CONFLICT (key_id) DO UPDATE SET at = excluded.at,"
                        + " usd = excluded.usd, diem = excluded.diem")
                .bind("key", key.value()).bind("at", now).bind("usd", told.get().usd()).bind("diem", told.get().diem()).execute());
        last = Optional.of(new Seen(told.get(), now));
    }

    /**
     * A balance.
     *
     * @param at when it was told of
     */
    public record Seen(Balance balance, Instant at) {
    }
}
