package io.github.venicevideo.ledger.job;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Jobs whose price is asked for after they were accepted: by another model than was asked for, so that they cost what that one
 * does, or before this ledger knew them. Whoever says what they cost has claimed the job for that; the job's own state goes on
 * beside.
 */
public final class Remaps {

    private final Jdbi jdbi;
    private final Clock clock;
    private final Errands errands;

    public Remaps(Jdbi jdbi, Clock clock, Errands errands) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.errands = errands;
    }

    /** The model that was asked for, where another one has taken the job. */
    public static Optional<String> asked(Job job) {
        String asked = job.request().fields().path("model").asText("");
        return Optional.of(asked).filter(name -> !name.isEmpty() && job.model().filter(model -> !model.equals(name)).isPresent());
    }

    /** How often its price could not be had so far. */
    public int tries(String jobId) {
        return errands.tries(Due.REPRICED, jobId);
    }

    /** Where another model has accepted a job, and however that became known, its price is due to be asked for. */
    public static void begin(Handle handle, Job job, Instant now) {
        if (asked(job).isPresent()) {
            Errands.begin(handle, job.id(), Due.REPRICED, now);
        }
    }

    /**
     * What it costs, in micro-dollars: that much is spent.
     *
     * @param day on which it was sent
     */
    public void priced(Job job, long price, LocalDate day, String message) {
        jdbi.useTransaction(handle -> {
            // What was given back since stays given back.
            handle.createUpdate("INSERT INTO spend (job_id, attempt, drop_name, day, amount, state)"
                            + " VALUES (:id, :attempt, :drop, :day, :price, 'settled') ON CONFLICT (job_id, attempt)"
                            + " DO UPDATE SET amount = excluded.amount WHERE spend.state = 'settled'")
                    .bind("id", job.id()).bind("attempt", job.attempts()).bind("drop", job.dropName())
                    .bind("day", day.toString()).bind("price", price).execute();
            handle.createUpdate("UPDATE job SET price = :price WHERE id = :id").bind("price", price).bind("id", job.id()).execute();
            end(handle, job, message);
        });
    }

    /** Its price cannot be had: what was asked for at first stands. */
    public void unpriced(Job job, String message) {
        jdbi.useTransaction(handle -> end(handle, job, message));
    }

    /** Asked again at a given time. */
    public void later(Job job, Instant dueAt, String message) {
        errands.later(Due.REPRICED, job, dueAt, Optional.of(message));
    }

    private void end(Handle handle, Job job, String message) {
        JobHistory.note(handle, job.id(), clock.instant(), message);
        Errands.done(handle, Due.REPRICED, job);
    }
}
