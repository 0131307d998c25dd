package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Intent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Jobs that wait for a person, and what becomes of them when one has answered. */
public final class ParkedJobs {

    private final Jdbi jdbi;
    private final Clock clock;
    private final Wakeups wakeups;
    private final Supplier<String> owners;
    private final InHand inHand;

    /**
     * @param owners a name for each claim
     * @param inHand what is not taken, though its lease has ended
     */
    public ParkedJobs(Jdbi jdbi, Clock clock, Wakeups wakeups, Supplier<String> owners, InHand inHand) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.wakeups = wakeups;
        this.owners = owners;
        this.inHand = inHand;
    }

    /**
     * Takes a job whose answer is about to be carried out, before anything in its work folder is touched.
     *
     * @param job as it was when the answer was read
     * @return the same with its lease; empty where it does not wait any more, waits anew, or is in another's hands
     */
    public Optional<Job> claim(Job job, Duration lease) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> inHand.bind(handle.createQuery("UPDATE job SET lease_owner = :owner, lease_until = :until"
                        + " WHERE id = :id AND state = 'parked' AND filed = 1 AND updated_at = :parkedAt"
                        + " AND " + InHand.isFree("") + " RETURNING *"))
                .bind("owner", owners.get()).bind("until", now.plus(lease)).bind("id", job.id())
                .bind("parkedAt", job.updatedAt()).bind("now", now)
                .mapTo(Job.class).findOne());
    }

    /**
     * Those that wait for one reason, oldest first.
     *
     * @param until those that were parked later are left out
     */
    public List<Job> waitingFor(String reason, Instant until) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE state = 'parked' AND filed = 1"
                        + " AND reason = :reason AND updated_at <= :until ORDER BY id")
                .bind("reason", reason).bind("until", until).mapTo(Job.class).list());
    }

    /** How many wait for one reason, and what they cost together. */
    public Waiting waiting(String reason) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) AS jobs, COALESCE(SUM(price), 0) AS total,"
                        + " SUM(CASE WHEN price IS NULL THEN 1 ELSE 0 END) AS unpriced FROM job WHERE state = 'parked' AND reason = :reason")
                .bind("reason", reason)
                .map((row, context) -> new Waiting(row.getLong("jobs"), row.getLong("total"), row.getLong("unpriced"))).one());
    }

    /**
     * Jobs that wait for one reason.
     *
     * @param sum of the prices that are known, in micro-dollars
     * @param unpriced of how many the price is not known
     */
    public record Waiting(long jobs, long sum, long unpriced) {
    }

    /** Somebody has attested something: what waits for consent is looked at again. Not a change of state. */
    public void reconsider() {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE job SET due_at = :now WHERE " + Due.ASKED.condition())
                .bind("now", clock.instant()).execute());
        wakeups.wake(Due.ASKED);
    }

    /** Grows with each {@link #reconsider}. */
    public long reconsidered() {
        return wakeups.version(Due.ASKED);
    }

    /**
     * A person wants a job to be sent, or sent again.
     *
     * @param job as {@link #claim} gave it
     * @return empty where it does not wait any more, waits anew, or is in another's hands: then nothing is changed
     */
    public Optional<Job> answeredToSend(Job job, String message) {
        return answered(job, JobState.RECEIVED, message, "queue_id = NULL, model = NULL, submitted_at = NULL,"
                + " server_errors = CASE WHEN reason = 'in-doubt' THEN 0 ELSE server_errors END",
                Map.of(), Optional.empty());
    }

    /**
     * A person wants a job to be sent in spite of what it was parked for.
     *
     * @param job as {@link #claim} gave it
     * @param amount what it may cost, where nobody else has told its price, in micro-dollars
     * @return as {@link #answeredToSend}
     */
    public Optional<Job> approvedToSend(Job job, String message, Optional<Long> amount) {
        Optional<Long> upTo = Reason.OVER_BUDGET.isOf(job) ? job.price() : amount;
        return answered(job, JobState.RECEIVED, message, "queue_id = NULL, model = NULL, submitted_at = NULL,"
                + " approved = :approved, approved_price = COALESCE(:upTo, approved_price), price = COALESCE(:amount, price),"
                + " priced_at = CASE WHEN :amount IS NULL THEN priced_at ELSE :now END",
                Map.of("approved", job.reason(), "upTo", upTo, "amount", amount), Optional.empty());
    }

    /**
     * A person says under which {@code queue_id} a job can be asked about.
     *
     * @param job as for {@link #answeredToSend}
     * @param submittedAt when it was sent, as far as is known
     * @param downloadUrl where the video of a private model is; a secret
     * @return as {@link #answeredToSend}
     * @throws QueueIdTakenException when another job was accepted as that
     */
    public Optional<Job> answeredToAsk(Job job, String message, String model, String queueId,
            Instant submittedAt, Optional<String> downloadUrl) {
        return answered(job, JobState.GENERATING, message, "model = :model, queue_id = :queueId,"
                + " submitted_at = :submittedAt, server_errors = 0", Map.of("model", model, "queueId", queueId,
                "submittedAt", submittedAt), downloadUrl);
    }

    /**
     * A person ends a job.
     *
     * @param job as for {@link #answeredToSend}
     * @return as {@link #answeredToSend}
     */
    public Optional<Job> answeredToEnd(Job job, String message) {
        return answered(job, JobState.FAILED, message, "ended_at = :now", Map.of(), Optional.empty());
    }

    /**
     * A person ends a job that had been accepted after all: what it was paid as is kept, so that it can be resumed, and its
     * link revoked.
     *
     * @param job as for {@link #answeredToSend}
     * @param accepted the intent with its answer
     * @return as {@link #answeredToSend}
     */
    public Optional<Job> answeredToEnd(Job job, String message, Intent accepted) {
        return answered(job, JobState.FAILED, message, "ended_at = :now, model = :model, queue_id = :queueId,"
                + " submitted_at = :submittedAt", Map.of("model", accepted.model().orElseThrow(),
                "queueId", accepted.queueId().orElseThrow(), "submittedAt", accepted.sentAt()), accepted.downloadUrl());
    }

    /**
     * The answer to a request has come after its job was given up as in doubt, by a program to whom its lease had passed: it
     * was accepted, and goes on by itself.
     *
     * @param attempt which attempt of the job was answered
     * @param downloadUrl where the video of a private model is; a secret
     * @return empty where the job does not wait for that, or is in another's hands: then nothing is changed
     */
    public Optional<Job> acceptedAfterAll(String id, int attempt, String model, String queueId, Optional<String> downloadUrl) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE id = :id AND state = 'parked'"
                        + " AND reason = 'in-doubt' AND queue_id IS NULL AND attempts = :attempt AND lease_owner IS NULL")
                .bind("id", id).bind("attempt", attempt).mapTo(Job.class).findOne())
                .flatMap(job -> answeredToAsk(job, "The answer came after it had been given up: it was accepted", model, queueId,
                        clock.instant(), downloadUrl));
    }

    private Optional<Job> answered(Job parked, JobState state, String message, String assignments, Map<String, ?> values,
            Optional<String> downloadUrl) {
        Optional<Job> changed = jdbi.inTransaction(handle -> {
            if (values.get("queueId") instanceof String queueId) {
                QueueIds.check(handle, parked.api(), queueId, parked.id());
            }
            Spend.settleDoubt(handle, parked.id());
            Optional<Job> answered = change(handle, parked, state, message, assignments, values);
            answered.ifPresent(job -> follow(handle, job, downloadUrl));
            return answered;
        });
        changed.ifPresent(wakeups::wake);
        return changed;
    }

    /** The time of its last change tells this parking from a later one, which nobody has answered yet. */
    private Optional<Job> change(Handle handle, Job parked, JobState state, String message, String assignments,
            Map<String, ?> values) {
        return handle.createQuery("UPDATE job SET state = :state,"
                        + " reason = :reason, message = :message, detail = NULL, filed = 0, folder = NULL,"
                        + " trouble_count = 0, resume_at = NULL, due_at = :now, updated_at = :now, " + Leases.RELEASED + ", "
                        + assignments + " WHERE id = :id AND state = 'parked' AND updated_at = :parkedAt AND lease_owner "
                        + (parked.leaseOwner().isPresent() ? "= :owner" : "IS NULL") + " RETURNING *")
                .bindMap(values)
                .bind("state", state.toString())
                .bind("reason", state == JobState.FAILED ? Optional.of(Reason.REJECTED.toString()) : Optional.<String>empty())
                .bind("message", message)
                .bind("now", clock.instant())
                .bind("id", parked.id())
                .bind("parkedAt", parked.updatedAt())
                .bindMap(parked.leaseOwner().map(owner -> Map.of("owner", owner)).orElse(Map.of()))
                .mapTo(Job.class)
                .findOne();
    }

    private void follow(Handle handle, Job job, Optional<String> downloadUrl) {
        JobHistory.reached(handle, job);
        Spend.follow(handle, job);
        Downloads.forget(handle, job.id());
        downloadUrl.ifPresent(url -> DownloadUrls.keep(handle, job.id(), url, clock));
        if (job.state() == JobState.GENERATING) {
            Remaps.begin(handle, job, clock.instant());
        }
        if (job.state() == JobState.FAILED && DownloadUrls.has(handle, job.id())) {
            Errands.begin(handle, job.id(), Due.CLEANUP, clock.instant());
        }
    }
}
