package io.github.venicevideo.ledger.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Who has which job in hand, and for how long. */
public final class Leases {

    /** What a change of state sets, when its worker is done with the job. */
    static final String RELEASED = "lease_owner = NULL, lease_until = NULL";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Supplier<String> owners;
    private final Errands errands;
    private final InHand inHand;

    /**
     * @param owners a name for each claim
     * @param inHand what is not taken, though its lease has ended
     */
    public Leases(Jdbi jdbi, Clock clock, Supplier<String> owners, Errands errands, InHand inHand) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.owners = owners;
        this.errands = errands;
        this.inHand = inHand;
    }

    /**
     * Takes the job that has waited longest for a kind of work.
     *
     * @param lease how long it is ours; {@link #renew} makes it longer
     */
    public Optional<Job> claim(Due due, Duration lease) {
        if (due.isErrand()) {
            return errands.claim(due, lease);
        }
        Instant now = clock.instant();
        // Twice: a database with several writers looks at the outer condition alone again, when another was faster.
        String claimable = "(" + due.condition() + ") AND due_at <= :now AND " + InHand.isFree("");
        return jdbi.withHandle(handle -> inHand.bind(handle.createQuery("UPDATE job SET lease_owner = :owner, lease_until = :until"
                        + " WHERE id IN (SELECT id FROM job WHERE " + claimable + " ORDER BY due_at, id LIMIT 1)"
                        + " AND " + claimable + " RETURNING *"))
                .bind("owner", owners.get())
                .bind("until", now.plus(lease))
                .bind("now", now)
                .mapTo(Job.class)
                .findOne());
    }

    /** When the first job for a kind of work that has a state of its own comes, or came, due; whoever has it in hand. */
    public Optional<Instant> firstDue(Due due) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT MIN(due_at) FROM job WHERE " + due.condition())
                .mapTo(Instant.class).findOne());
    }

    /** When the next job for a kind of work comes due that is not yet. */
    public Optional<Instant> nextDue(Due due) {
        if (due.isErrand()) {
            return errands.nextDue(due);
        }
        return jdbi.withHandle(handle -> handle.createQuery("SELECT MIN(due_at) FROM job WHERE (" + due.condition() + ") AND due_at > :now")
                .bind("now", clock.instant()).mapTo(Instant.class).findOne());
    }

    /**
     * Takes one job, where it is due and nobody else has it.
     *
     * @param id which one
     */
    public Optional<Job> claim(String id, Due due, Duration lease) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> inHand.bind(handle.createQuery("UPDATE job SET lease_owner = :owner, lease_until = :until"
                        + " WHERE id = :id AND (" + due.condition()
                        + ") AND due_at <= :now AND " + InHand.isFree("") + " RETURNING *"))
                .bind("owner", owners.get())
                .bind("until", now.plus(lease))
                .bind("now", now)
                .bind("id", id)
                .mapTo(Job.class)
                .findOne());
    }

    /** At the start of the only program that works here: whatever is leased was leased by one that has died. */
    public void endAll() {
        jdbi.useTransaction(handle -> {
            handle.execute("UPDATE job SET " + RELEASED + " WHERE lease_owner IS NOT NULL");
            handle.execute("UPDATE errand SET " + RELEASED + " WHERE lease_owner IS NOT NULL");
        });
    }

    /** Makes a lease last longer, while its worker is still at it. */
    public void renew(Job job, Duration lease) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE job SET lease_until = :until"
                        + " WHERE id = :id AND lease_owner = :owner")
                .bind("until", clock.instant().plus(lease))
                .bind("id", job.id())
                .bind("owner", job.leaseOwner())
                .execute());
    }

    /** Gives back a job as it was claimed: it keeps its place before those that came later. */
    public void putBack(Job job) {
        release(job, job.dueAt());
    }

    /**
     * Gives back a job that its step did not hand on; one that was handed on is no longer ours, and stays as it is.
     *
     * @return whether it was still ours
     */
    public boolean release(Job job) {
        return release(job, clock.instant());
    }

    /**
     * Gives back a job that is not to be taken before a while.
     *
     * @param pause before anybody takes it again
     */
    public void release(Job job, Duration pause) {
        release(job, clock.instant().plus(pause));
    }

    /**
     * Gives back a job whose step broke off, in whatever state it had reached.
     *
     * @param sentence why, without secrets; what a person is told of other states stays as it is
     */
    public void releaseTroubled(Job job, Duration pause, String sentence) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE job SET lease_owner = NULL, lease_until = NULL, due_at = :due,"
                        + " trouble_count = trouble_count + 1, message = CASE WHEN state IN ('received', 'retrieved') THEN :message"
                        + " ELSE message END WHERE id = :id AND lease_owner = :owner")
                .bind("due", clock.instant().plus(pause)).bind("message", "A step broke off: " + sentence)
                .bind("id", job.id()).bind("owner", job.leaseOwner()).execute());
    }

    private boolean release(Job job, Instant dueAt) {
        return jdbi.withHandle(handle -> handle.createUpdate("UPDATE job SET lease_owner = NULL, lease_until = NULL,"
                        + " due_at = :due WHERE id = :id AND lease_owner = :owner")
                .bind("due", dueAt)
                .bind("id", job.id())
                .bind("owner", job.leaseOwner())
                .execute()) > 0;
    }
}
