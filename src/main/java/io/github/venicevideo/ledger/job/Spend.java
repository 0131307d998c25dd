package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.JobState;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What jobs may spend, and have spent, in micro-dollars by day. A price is reserved before the POST; from then on the
 * amount follows its job's state, in the same transaction.
 */
public final class Spend {

    private static final String COUNTS = " state IN ('reserved', 'settled')";

    private final Jdbi jdbi;
    private final Clock clock;

    public Spend(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What a job will cost, in micro-dollars. Not a change of state; the lease goes on. */
    public Job priced(Job job, long price) {
        return jdbi.withHandle(handle -> LeasedRow.update(handle, job, clock.instant(), "price = :price,"
                + " priced_at = :now", Map.of("price", price)));
    }

    /**
     * Reserves the price of a job, and of the other takes of its bundle that wait with it: all of them or none.
     *
     * @param price of one job
     * @param perDay the limit of all jobs
     * @param dropPerDay the limit of the job's drop folder
     * @return the limit that does not allow it; empty when it is reserved
     */
    public Optional<Limit> reserve(Job job, long price, Optional<Long> perDay, Optional<Long> dropPerDay, ZoneId zone) {
        String day = LocalDate.ofInstant(clock.instant(), zone).toString();
        return jdbi.inTransaction(handle -> reserve(handle, job, price, perDay, dropPerDay, day));
    }

    public static Optional<Limit> reserve(Handle handle, Job job, long price, Optional<Long> perDay, Optional<Long> dropPerDay, String day) {
        if (isReserved(handle, job, price, day)) {
            return Optional.empty();
        }
        release(handle, job);
        boolean alone = job.options().takes() == 1 || job.approved().isPresent();
        List<Job> together = alone ? List.of(job) : waitingTakes(handle, job, day);
        long wanted = price * together.size();
        long all = spent(handle, day, Optional.empty());
        if (perDay.isPresent() && all + wanted > perDay.get()) {
            return Optional.of(new Limit("venice.budget.per-day", perDay.get(), all, wanted));
        }
        long drop = spent(handle, day, Optional.of(job.dropName()));
        if (dropPerDay.isPresent() && drop + wanted > dropPerDay.get()) {
            return Optional.of(new Limit("venice.drops." + job.dropName() + ".budget.per-day", dropPerDay.get(), drop, wanted));
        }
        together.forEach(take -> put(handle, take, price, day));
        return Optional.empty();
    }

    /** What has been spent, or is reserved, on a day. */
    public long spent(LocalDate day) {
        return spent(jdbi, day);
    }

    public static long spent(Jdbi jdbi, LocalDate day) {
        return jdbi.withHandle(handle -> spent(handle, day.toString(), Optional.empty()));
    }

    /**
     * The last attempt may have been accepted, and is to be sent again all the same: its price counts as spent. Not a change of
     * state; the lease goes on.
     *
     * @param reason why nobody knows, as a code for the history
     * @return the job, with one more of its {@link Job#serverErrors}
     */
    public Job mayBeCharged(Job job, Reason reason, String message) {
        return jdbi.inTransaction(handle -> {
            Job counted = LeasedRow.update(handle, job, clock.instant(), "server_errors = server_errors + 1", Map.of());
            handle.createUpdate("UPDATE spend SET state = 'settled' WHERE job_id = :id AND attempt = :attempt AND state = 'reserved'")
                    .bind("id", counted.id()).bind("attempt", counted.attempts()).execute();
            JobHistory.add(handle, counted.id(), counted.updatedAt(), counted.state(), Optional.of(reason.toString()), Optional.of(message));
            return counted;
        });
    }

    /** The provider gave the credits back. */
    public void refunded(Job job) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE spend SET state = 'refunded'"
                + " WHERE job_id = :id AND attempt = :attempt")
                .bind("id", job.id()).bind("attempt", job.attempts()).execute());
    }

    /**
     * A limit that a price does not fit under.
     *
     * @param setting which one
     * @param amount how much it allows
     * @param spent how much of it is gone
     * @param wanted how much was asked for
     */
    public record Limit(String setting, long amount, long spent, long wanted) {

        /** Whether it would fit on a day on which nothing else is spent. */
        public boolean fitsAnEmptyDay() {
            return wanted <= amount;
        }
    }

    /**
     * Lets the amount of the job's last attempt follow its state; what is in doubt counts as spent. A job that ends or
     * waits for a person gives back too what it had reserved for its next attempt.
     */
    static void follow(Handle handle, Job job) {
        boolean inDoubt = Reason.IN_DOUBT.isOf(job);
        Optional<String> state = switch (job.state()) {
            case GENERATING -> Optional.of("settled");
            case RECEIVED -> Optional.of("released");
            case FAILED -> job.isPaid() ? Optional.empty() : Optional.of("released");
            case PARKED -> job.isPaid() || inDoubt ? Optional.empty() : Optional.of("released");
            case SUBMITTING, RETRIEVED, DELIVERED -> Optional.empty();
        };
        state.ifPresent(to -> handle.createUpdate("UPDATE spend SET state = :state WHERE job_id = :id"
                        + " AND attempt " + (job.state() == JobState.RECEIVED || job.state() == JobState.GENERATING ? "=" : ">=")
                        + " :attempt AND state = 'reserved'")
                .bind("state", to).bind("id", job.id()).bind("attempt", job.attempts()).execute());
    }

    /** Before a parked job is answered: what was in doubt may have been charged, and counts as spent from now on. */
    static void settleDoubt(Handle handle, String jobId) {
        handle.createUpdate("UPDATE spend SET state = 'settled' WHERE job_id = :id AND state = 'reserved'"
                        + " AND EXISTS (SELECT 1 FROM job WHERE id = :id AND state = 'parked' AND reason = 'in-doubt')")
                .bind("id", jobId).execute();
    }

    /** What it had been reserved at another price, or on another day. */
    private static void release(Handle handle, Job job) {
        handle.createUpdate("UPDATE spend SET state = 'released' WHERE job_id = :id AND attempt = :attempt AND state = 'reserved'")
                .bind("id", job.id()).bind("attempt", job.attempts() + 1).execute();
    }

    private static boolean isReserved(Handle handle, Job job, long price, String day) {
        return handle.createQuery("SELECT COUNT(*) FROM spend WHERE job_id = :id AND attempt = :attempt AND day = :day"
                        + " AND amount = :price AND state = 'reserved'")
                .bind("price", price).bind("id", job.id()).bind("attempt", job.attempts() + 1).bind("day", day)
                .mapTo(Long.class).one() > 0;
    }

    /** Those that have nothing reserved yet: one that was refused comes back while the others wait with what they have. */
    private static List<Job> waitingTakes(Handle handle, Job job, String day) {
        String first = job.firstTake();
        // By the ids, few as they are: the plus has SQLite leave alone the index of all that wait.
        return handle.createQuery("SELECT * FROM job WHERE (id = :first OR id > :first || '-' AND id < :first || '.') AND (id = :id"
                        + " OR attempts = 0 AND (+state = 'received' OR +state = 'parked' AND reason = 'over-budget')) AND NOT EXISTS (SELECT 1 FROM spend"
                        + " WHERE job_id = job.id AND attempt = job.attempts + 1 AND day = :day AND state = 'reserved')")
                .bind("day", day).bind("first", first).bind("id", job.id())
                .mapTo(Job.class).list();
    }

    private static long spent(Handle handle, String day, Optional<String> drop) {
        return handle.createQuery("SELECT COALESCE(SUM(amount), 0) FROM spend WHERE day = :day AND" + COUNTS
                        + drop.map(name -> " AND drop_name = :drop").orElse(""))
                .bind("day", day).bindMap(drop.map(name -> Map.of("drop", name)).orElse(Map.of()))
                .mapTo(Long.class).one();
    }

    private static void put(Handle handle, Job job, long price, String day) {
        handle.createUpdate("INSERT INTO spend (job_id, attempt, drop_name, day, amount, state)"
                        + " VALUES (:id, :attempt, :drop, :day, :amount, 'reserved')"
                        + " ON CONFLICT (job_id, attempt) DO UPDATE SET day = excluded.day, amount = excluded.amount,"
                        + " state = 'reserved'")
                .bind("id", job.id()).bind("attempt", job.attempts() + 1).bind("drop", job.dropName())
                .bind("day", day).bind("amount", price)
                .execute();
    }
}
