package io.github.venicevideo.ledger.mend;

import io.github.venicevideo.api.JobState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the clock was set back, while the program runs or before it was started, and moves what waits for a time
 * back with it: it would wait for all of the step, or for ever after a clock that was years ahead. What is history stays as
 * it was written.
 *
 * <p>Programs that share a ledger are expected to agree on the time to well under a minute; each watches its own clock.
 */
public final class ClockWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    /** A smaller step makes a pause of as much at most. */
    private static final Duration STEP = Duration.ofMinutes(1);
    /** The day's limit ends within a day, which may have 25 hours. */
    private static final Duration DAY = Duration.ofHours(26);

    private static final List<String> MOVES = List.of(
            "UPDATE job SET due_at = due_at - :step WHERE due_at > :now AND (resume_at IS NULL OR filed = 0)",
            "UPDATE job SET resume_at = :now, due_at = :now WHERE resume_at > :dayEnd",
            "UPDATE job SET polled_at = polled_at - :step WHERE polled_at > :now",
            "UPDATE job SET submitted_at = submitted_at - :step WHERE submitted_at > :now",
            "UPDATE job SET lease_until = lease_until - :step WHERE lease_until > :now AND lease_owner LIKE :ours",
            "UPDATE errand SET due_at = due_at - :step WHERE due_at > :now",
            "UPDATE errand SET lease_until = lease_until - :step WHERE lease_until > :now AND lease_owner LIKE :ours",
            "UPDATE delivery SET trouble_since = trouble_since - :step WHERE trouble_since > :now",
            "UPDATE delivery SET trouble_at = trouble_at - :step WHERE trouble_at > :now",
            "UPDATE limiter SET next_at = next_at - :step WHERE next_at > :now",
            "UPDATE failed_call SET at = at - :step WHERE at > :now");

    /** By state, as the index has them. */
    private static final String LAST_CHANGES = Arrays.stream(JobState.values())
            .map(state -> "SELECT MAX(updated_at) AS at FROM job WHERE state = '" + state + "'").collect(Collectors.joining(" UNION ALL "));

    private final Supplier<Jdbi> sql;
    private final Clock clock;
    private final String node;
    private Instant latest = Instant.MIN;

    /** @param node what the owners of this program's leases begin with */
    public ClockWatch(Supplier<Jdbi> sql, Clock clock, String node) {
        this.sql = sql;
        this.clock = clock;
        this.node = node;
    }

    /** At start, before anything is taken: the ledger knows what time it was at its last change. */
    public synchronized void begin() {
        Instant now = clock.instant();
        latest = sql.get().withHandle(ClockWatch::lastChange).filter(now::isBefore).orElse(now);
        look();
    }

    /** As often as anybody is about to take something. Costs nothing as long as the clock goes forward. */
    public synchronized void look() {
        Instant now = clock.instant();
        if (now.isBefore(latest.minus(STEP))) {
            setBack(latest, now);
            latest = now;
        } else if (now.isAfter(latest)) {
            latest = now;
        }
    }

    private void setBack(Instant seen, Instant now) {
        Duration step = sql.get().inTransaction(handle -> {
            Instant from = lastChange(handle).filter(seen::isBefore).orElse(seen);
            move(handle, Duration.between(now, from), now);
            handle.createUpdate("INSERT INTO clock_step (from_at, to_at) VALUES (:from, :now)")
                    .bind("from", from).bind("now", now).execute();
            return Duration.between(now, from);
        });
        LOG.warn("The clock was set back by {} min: it says {} now. What waits for a time waits no longer than it would have, and"
                + " nothing is lost. If that was no correction, set this machine's clock right", step.toMinutes(), now);
    }

    private void move(Handle handle, Duration step, Instant now) {
        Map<String, Object> values = Map.of("step", step.toMillis(), "now", now, "dayEnd", now.plus(DAY), "ours", node + "/%");
        MOVES.forEach(move -> handle.createUpdate(move).bindMap(values).execute());
    }

    /** Of the jobs; empty where a step that was noticed before accounts for it. */
    private static Optional<Instant> lastChange(Handle handle) {
        return handle.createQuery("SELECT MAX(at) FROM (" + LAST_CHANGES + ")"
                        + " WHERE at > (SELECT COALESCE(MAX(from_at), 0) FROM clock_step)")
                .mapTo(Instant.class).findOne();
    }
}
