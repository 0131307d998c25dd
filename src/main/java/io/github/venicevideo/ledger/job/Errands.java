package io.github.venicevideo.ledger.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Work on a job that goes on beside its state, with a time and a lease of its own, so that what fails there does not
 * hold up the job: it can be answered, resumed and filed meanwhile. A job has at most one errand of each kind.
 */
public final class Errands {

    /** Whose lease has ended, and was given to another, changes nothing any more. */
    public static final String HELD = " WHERE job_id = :id AND kind = :kind AND lease_owner = :owner";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Supplier<String> owners;
    private final InHand inHand;

    /**
     * @param owners a name for each claim
     * @param inHand what is not taken, though its lease has ended
     */
    public Errands(Jdbi jdbi, Clock clock, Supplier<String> owners, InHand inHand) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.owners = owners;
        this.inHand = inHand;
    }

    /** Makes an errand due at once; one that is under way goes on, and is then due again. */
    static void begin(Handle handle, String jobId, Due kind, Instant now) {
        handle.createUpdate("INSERT INTO errand (job_id, kind, state, due_at) VALUES (:id, :kind, 'open', :now)"
                        + " ON CONFLICT (job_id, kind) DO UPDATE SET state = 'open', tries = 0, message = NULL,"
                        + " due_at = excluded.due_at")
                .bind("id", jobId).bind("kind", name(kind)).bind("now", now).execute();
    }

    /** Takes an errand back, done or not. */
    static void cancel(Handle handle, String jobId, Due kind) {
        handle.createUpdate("DELETE FROM errand WHERE job_id = :id AND kind = :kind")
                .bind("id", jobId).bind("kind", name(kind)).execute();
    }

    /**
     * The job whose errand has waited longest. The lease, and the owner that the job names, are the errand's: the job's own
     * state is not ours to change.
     */
    Optional<Job> claim(Due kind, Duration lease) {
        Instant now = clock.instant();
        String owner = owners.get();
        return jdbi.inTransaction(handle -> inHand.bind(handle.createQuery("UPDATE errand SET lease_owner = :owner,"
                        + " lease_until = :until WHERE kind = :kind AND job_id IN (SELECT e.job_id FROM errand e"
                        + " JOIN job ON job.id = e.job_id WHERE e.kind = :kind AND e.state = 'open' AND e.due_at <= :now"
                        + " AND " + InHand.isFree("e.") + " AND (" + kind.condition() + ")"
                        + " ORDER BY e.due_at, e.job_id LIMIT 1) AND state = 'open' AND due_at <= :now"
                        + " AND " + InHand.isFree("") + " RETURNING job_id"))
                .bind("owner", owner).bind("until", now.plus(lease)).bind("kind", name(kind)).bind("now", now)
                .mapTo(String.class).findOne()
                .map(id -> handle.createQuery("SELECT * FROM job WHERE id = :id").bind("id", id).mapTo(Job.class).one()
                        .heldBy(owner)));
    }

    /** When the next errand of a kind comes due that is not yet. */
    Optional<Instant> nextDue(Due kind) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT MIN(due_at) FROM errand WHERE kind = :kind AND state = 'open'"
                        + " AND due_at > :now")
                .bind("kind", name(kind)).bind("now", clock.instant()).mapTo(Instant.class).findOne());
    }

    /** Makes its lease last longer, while its worker is still at it. */
    public void renew(Due kind, Job job, Duration lease) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE errand SET lease_until = :until" + HELD)
                .bind("until", clock.instant().plus(lease))
                .bind("id", job.id()).bind("kind", name(kind)).bind("owner", job.leaseOwner()).execute());
    }

    /**
     * Gives an errand back as it is, to be run when it is due.
     *
     * @return whether it was still ours
     */
    public boolean release(Due kind, Job job) {
        return jdbi.withHandle(handle -> handle.createUpdate("UPDATE errand SET lease_owner = NULL, lease_until = NULL" + HELD)
                .bind("id", job.id()).bind("kind", name(kind)).bind("owner", job.leaseOwner()).execute()) > 0;
    }

    /** Its step broke off: run again after a pause. */
    public void later(Due kind, Job job, Duration pause) {
        later(kind, job, clock.instant().plus(pause), Optional.empty());
    }

    /** It is done with. */
    static void done(Handle handle, Due kind, Job job) {
        handle.createUpdate("DELETE FROM errand" + HELD)
                .bind("id", job.id()).bind("kind", name(kind)).bind("owner", job.leaseOwner()).execute();
    }

    /** It did not work out: tried again at a given time. */
    public void later(Due kind, Job job, Instant dueAt, Optional<String> message) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE errand SET tries = tries + 1, due_at = :due,"
                        + " message = :message, lease_owner = NULL, lease_until = NULL" + HELD + " AND state = 'open'")
                .bind("due", dueAt).bind("message", message)
                .bind("id", job.id()).bind("kind", name(kind)).bind("owner", job.leaseOwner()).execute());
    }

    /** How often it has not worked out. */
    public int tries(Due kind, String jobId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT tries FROM errand WHERE job_id = :id AND kind = :kind")
                .bind("id", jobId).bind("kind", name(kind)).mapTo(Integer.class).findOne().orElse(0));
    }

    public static String name(Due kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
