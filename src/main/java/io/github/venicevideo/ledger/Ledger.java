package io.github.venicevideo.ledger;

import io.github.venicevideo.attestation.ConsentStore;
import io.github.venicevideo.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.support.service.ServiceSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * All jobs, their states and their history: the one place where stages hand work over to each other.
 *
 * <p>Every method is one transaction, durable when it returns. A change of state needs the lease that
 * {@link #claim} gave, writes a row of history, and wakes whoever waits for that state.
 */
public final class Ledger extends ServiceSupport {

    private final Path folder;
    private final Clock clock;
    private final Wakeups wakeups = new Wakeups();
    private final String node = UUID.randomUUID().toString();
    private final AtomicLong claims = new AtomicLong();
    private volatile Optional<LedgerDatabase> database = Optional.empty();

    /**
     * A ledger that is opened when it is started.
     *
     * @param folder where its files lie; on a local disk
     */
    public Ledger(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    protected void doStart() {
        database = Optional.of(LedgerDatabase.open(folder));
        // The lock says that nobody else is at work here: whatever is leased was leased by a program that has died.
        jdbi().useTransaction(handle -> {
            handle.execute("UPDATE job SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL");
            handle.execute("UPDATE errand SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL");
        });
    }

    @Override
    protected void doStop() {
        database.ifPresent(LedgerDatabase::close);
        database = Optional.empty();
    }

    /**
     * Records jobs, all of them or none.
     *
     * @return the jobs as recorded; or, where the first one's reference is known already, the jobs that bear it
     */
    public List<Job> record(List<NewJob> jobs) {
        if (jobs.isEmpty()) {
            return List.of();
        }
        Optional<Job> known = jobs.get(0).reference().flatMap(this::findByReference);
        if (known.isPresent()) {
            return List.of(known.get());
        }
        try {
            List<Job> recorded = jdbi().inTransaction(handle -> {
                Optional<String> earlier = Duplicates.of(handle, jobs.get(0), clock.instant());
                List<Job> rows = new ArrayList<>();
                for (NewJob job : jobs) {
                    rows.add(insert(handle, earlier.map(job::asDuplicateOf).orElse(job)));
                }
                return rows;
            });
            recorded.forEach(this::wake);
            return recorded;
        } catch (UnableToExecuteStatementException e) {
            // Two calls with one reference at the same moment: the database let one through.
            return List.of(jobs.get(0).reference().flatMap(this::findByReference).orElseThrow(() -> e));
        }
    }

    private Job insert(Handle handle, NewJob job) {
        Instant now = clock.instant();
        boolean ended = job.state().isFinal();
        Job row = handle.createQuery("""
                        INSERT INTO job (id, bundle, drop_name, reference, state, reason, message, detail, api, request,
                            options, content_hash, model, queue_id, submitted_at, due_at, created_at, updated_at,
                            ended_at)
                        VALUES (:id, :bundle, :dropName, :reference, :state, :reason, :message, :detail, :api, :request,
                            :options, :contentHash, :model, :queueId, :submittedAt, :now, :now, :now, :endedAt)
                        RETURNING *""")
                .bind("id", job.id())
                .bind("bundle", job.bundle())
                .bind("dropName", job.dropName())
                .bind("reference", job.reference())
                .bind("state", job.state().toString())
                .bind("reason", job.reason())
                .bind("message", job.message())
                .bind("detail", job.detail())
                .bind("api", job.api())
                .bind("request", LedgerJson.write(job.request()))
                .bind("options", LedgerJson.write(job.options()))
                .bind("contentHash", job.contentHash())
                .bind("model", job.model())
                .bind("queueId", job.queueId())
                .bind("submittedAt", job.queueId().map(id -> now))
                .bind("endedAt", ended ? Optional.of(now) : Optional.empty())
                .bind("now", now)
                .mapTo(Job.class)
                .one();
        job.downloadUrl().ifPresent(url -> DownloadUrls.keep(handle, job.id(), url, clock));
        note(handle, row);
        return row;
    }

    /** The job with that id. */
    public Optional<Job> find(String id) {
        return jdbi().withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE id = :id")
                .bind("id", id).mapTo(Job.class).findOne());
    }

    /** The job that a caller recorded under a reference of its own. */
    public Optional<Job> findByReference(String reference) {
        return jdbi().withHandle(handle -> handle.createQuery("SELECT * FROM job WHERE reference"
                        + " IN (:reference, :digest)")
                .bind("reference", reference).bind("digest", Scrub.digest(reference)).mapTo(Job.class).findOne());
    }

    /**
     * Ties the ledger to the home whose jobs it holds, at each start, and brings it up to what lies there when one of the
     * two was put back.
     *
     * @param api which API the home's jobs are sent to
     * @param zone whose days the budget counts by
     * @return whether both are as the last program left them
     * @throws LedgerException when one of them belongs to another
     */
    public boolean tie(Home home, String api, ZoneId zone) throws IOException {
        HomeTie tie = new HomeTie(jdbi(), folder);
        boolean together = tie.check(home);
        new Mending(home, new MendedRows(jdbi(), clock, new MendedSpend(clock, zone)), api).mend(together);
        tie.tie(home);
        return together;
    }

    /** How many jobs there are of each kind. */
    public Overview overview() {
        return new Overview(this::jdbi);
    }

    /** What has been kept for long enough. */
    public Retention retention() {
        return new Retention(jdbi());
    }

    /** Takes people and pictures out of the ledger. */
    public Forgetting forgetting() {
        return new Forgetting(jdbi(), folder, clock);
    }

    /** Which videos rest on which attestation. */
    public ConsentReport consentReport() {
        return new ConsentReport(this::jdbi);
    }

    /** Whether any job belongs to another API than the named one. */
    public boolean holdsJobsOfOtherApi(String api) {
        return jdbi().withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM job WHERE api <> :api")
                .bind("api", api).mapTo(Long.class).one()) > 0;
    }

    /** Every job, oldest first. */
    public List<Job> all() {
        return jdbi().withHandle(handle -> handle.createQuery("SELECT * FROM job ORDER BY id")
                .mapTo(Job.class).list());
    }

    /** What became of a job, oldest first. */
    public List<HistoryEntry> history(String id) {
        return jdbi().withHandle(handle -> handle
                .createQuery("SELECT at, state, reason, message FROM job_history WHERE job_id = :id ORDER BY seq")
                .bind("id", id).mapTo(HistoryEntry.class).list());
    }

    /**
     * Takes the job that has waited longest for a kind of work.
     *
     * @param lease how long it is ours; {@link #renew} makes it longer
     */
    public Optional<Job> claim(Due due, Duration lease) {
        if (due.isErrand()) {
            return errands().claim(due, lease);
        }
        Instant now = clock.instant();
        // Twice: a database with several writers looks at the outer condition alone again, when another was faster.
        String claimable = "(" + due.condition() + ") AND due_at <= :now AND (lease_until IS NULL OR lease_until < :now)";
        return jdbi().withHandle(handle -> handle.createQuery("UPDATE job SET lease_owner = :owner, lease_until = :until"
                        + " WHERE id IN (SELECT id FROM job WHERE " + claimable + " ORDER BY due_at, id LIMIT 1)"
                        + " AND " + claimable + " RETURNING *")
                .bind("owner", node + "/" + claims.incrementAndGet())
                .bind("until", now.plus(lease))
                .bind("now", now)
                .mapTo(Job.class)
                .findOne());
    }

    /**
     * Takes one job, where it is due and nobody else has it.
     *
     * @param id which one
     */
    public Optional<Job> claim(String id, Due due, Duration lease) {
        Instant now = clock.instant();
        return jdbi().withHandle(handle -> handle.createQuery("UPDATE job SET lease_owner = :owner, lease_until = :until"
                        + " WHERE id = :id AND " + due.condition()
                        + " AND due_at <= :now AND (lease_until IS NULL OR lease_until < :now) RETURNING *")
                .bind("owner", node + "/" + claims.incrementAndGet())
                .bind("until", now.plus(lease))
                .bind("now", now)
                .bind("id", id)
                .mapTo(Job.class)
                .findOne());
    }

    /** Gives back a job as it was claimed: it keeps its place before those that came later. */
    public void putBack(Job job) {
        release(job, job.dueAt(), 0);
    }

    /** Makes a lease last longer, while its worker is still at it. */
    public void renew(Job job, Duration lease) {
        jdbi().useHandle(handle -> handle.createUpdate("UPDATE job SET lease_until = :until"
                        + " WHERE id = :id AND lease_owner = :owner")
                .bind("until", clock.instant().plus(lease))
                .bind("id", job.id())
                .bind("owner", job.leaseOwner())
                .execute());
    }

    /** Gives back a job that its step did not hand on; one that was handed on is no longer ours, and stays as it is. */
    public void release(Job job) {
        release(job, clock.instant(), 0);
    }

    /**
     * Gives back a job that is not to be taken before a while.
     *
     * @param pause before anybody takes it again
     */
    public void release(Job job, Duration pause) {
        release(job, clock.instant().plus(pause), 0);
    }

    /** Gives back a job whose step broke off, in whatever state it had reached. */
    void releaseTroubled(Job job, Duration pause) {
        release(job, clock.instant().plus(pause), 1);
    }

    private void release(Job job, Instant dueAt, int troubles) {
        jdbi().useHandle(handle -> handle.createUpdate("UPDATE job SET lease_owner = NULL, lease_until = NULL,"
                        + " due_at = :due, trouble_count = trouble_count + :troubles WHERE id = :id AND lease_owner = :owner")
                .bind("due", dueAt)
                .bind("troubles", troubles)
                .bind("id", job.id())
                .bind("owner", job.leaseOwner())
                .execute());
    }

    /** Commits the intent to send; the lease goes on, since the POST comes next. */
    public Job submitting(Job job) {
        return change(job, JobState.SUBMITTING, Note.none(), "attempts = attempts + 1", Map.of());
    }

    /** Nothing was accepted: the job may be sent again at a given time. */
    public Job received(Job job, Instant dueAt, String message) {
        return change(job, JobState.RECEIVED, Note.message(message),
                "due_at = :due, trouble_count = trouble_count + 1, resume_at = NULL, " + RELEASED, Map.of("due", dueAt));
    }

    /** What the job will cost, in micro-dollars. Not a change of state; the lease goes on. */
    public Job priced(Job job, long price) {
        return jdbi().withHandle(handle -> update(handle, job, "price = :price", Map.of("price", price)));
    }

    /**
     * The day's limit holds the job until that day is over, or a person approves it.
     *
     * @param resumeAt when it goes on by itself; empty when it does not
     */
    public Job overBudget(Job job, String message, Optional<String> detail, Optional<Instant> resumeAt) {
        return change(job, JobState.PARKED, new Note(Optional.of("over-budget"), Optional.of(message), detail),
                "filed = 0, folder = NULL, due_at = :now, resume_at = :resumeAt, " + RELEASED,
                Map.of("resumeAt", resumeAt));
    }

    /** The jobs that the API is at work on. */
    public Making making() {
        return new Making(this::jdbi, clock);
    }

    /** The money that jobs may spend, and have spent. */
    public Spend spend() {
        return new Spend(jdbi(), clock);
    }

    /** What people have attested, as long as the host brings no store of its own. */
    public ConsentStore consentStore() {
        return new LedgerConsentStore(this);
    }

    /** Which jobs rest on which attestations. */
    public ConsentUses consentUses() {
        return new ConsentUses(jdbi());
    }

    /** The policy texts that the provider has asked about. */
    public ConsentPolicies consentPolicies() {
        return new ConsentPolicies(jdbi(), clock);
    }

    /** Media that no consent helps. */
    public RefusedMedia refusedMedia() {
        return new RefusedMedia(jdbi(), clock);
    }

    /** Somebody has attested something: what waits for consent is looked at again. Not a change of state. */
    public void reconsider() {
        jdbi().useHandle(handle -> handle.createUpdate("UPDATE job SET due_at = :now WHERE " + Due.ASKED.condition())
                .bind("now", clock.instant()).execute());
        wakeups.wake(Due.ASKED);
    }

    /** Which destination has which video. */
    public Deliveries deliveries() {
        return new Deliveries(jdbi(), clock, wakeups);
    }

    /** Which media lie in the staging bucket. */
    public StagedMedia stagedMedia() {
        return new StagedMedia(jdbi(), clock);
    }

    /** What bundles were taken from, until it is removed there. */
    public Receipts receipts() {
        return new Receipts(jdbi(), clock);
    }

    /** Grows with each {@link #reconsider}. */
    public long reconsidered() {
        return wakeups.version(Due.ASKED);
    }

    /**
     * The API has accepted the job.
     *
     * @param model as the queue answered it
     * @param downloadUrl given once, for private models; a secret
     * @param dueAt when to ask first
     */
    public Job generating(Job job, String model, String queueId, Optional<String> downloadUrl, Instant dueAt) {
        Job changed = jdbi().inTransaction(handle -> {
            downloadUrl.ifPresent(url -> DownloadUrls.keep(handle, job.id(), url, clock));
            return change(handle, job, JobState.GENERATING, Note.none(),
                    "model = :model, queue_id = :queueId, submitted_at = :now, trouble_count = 0, due_at = :due, "
                            + RELEASED,
                    Map.of("model", model, "queueId", queueId, "due", dueAt));
        });
        wake(changed);
        return changed;
    }

    /**
     * The video is still being made. Not a change of state, so no history.
     *
     * @param averageMs the API's average for the model, in milliseconds
     * @param executionMs how long it has been at it, in milliseconds
     * @param dueAt when to ask next
     */
    public Job asked(Job job, Optional<Long> averageMs, long executionMs, Instant dueAt) {
        return jdbi().inTransaction(handle -> {
            job.model().ifPresent(model -> averageMs.ifPresent(average -> keepAverage(handle, model, average)));
            return update(handle, job, "average_ms = COALESCE(:average, average_ms), execution_ms = :execution, polls = polls + 1,"
                            + " polled_at = :now, trouble_count = 0, server_errors = 0, due_at = :due, " + RELEASED,
                    Map.of("average", averageMs, "execution", executionMs, "due", dueAt));
        });
    }

    /**
     * The last answer could not be used: asked again at a given time. Not a change of state.
     *
     * @param serverError whether it was a 500, which may be this job's own for ever
     */
    public Job troubled(Job job, Instant dueAt, boolean serverError) {
        return jdbi().withHandle(handle -> update(handle, job, "polls = polls + 1, polled_at = :now,"
                + " trouble_count = trouble_count + 1, server_errors = server_errors + :serverErrors, due_at = :due, "
                + RELEASED, Map.of("due", dueAt, "serverErrors", serverError ? 1 : 0)));
    }

    /** The video lies complete, checked and synced on local disk. */
    public Job retrieved(Job job, Video video) {
        return change(job, JobState.RETRIEVED, Note.none(),
                "video = :video, completed_at = :now, trouble_count = 0, due_at = :now, " + RELEASED,
                Map.of("video", LedgerJson.write(video)));
    }

    /** The video is at every destination; its remote copy may be deleted from now on. */
    public Job delivered(Job job) {
        Job changed = jdbi().inTransaction(handle -> {
            Errands.begin(handle, job.id(), Due.CLEANUP, clock.instant());
            return change(handle, job, JobState.DELIVERED, Note.none(),
                    "filed = 0, folder = NULL, ended_at = :now, due_at = :now, " + RELEASED, Map.of());
        });
        wake(changed);
        return changed;
    }

    /**
     * A person has to decide.
     *
     * @param detail JSON for the form: the policy text, what may have been charged
     */
    public Job parked(Job job, String reason, String message, Optional<String> detail) {
        return change(job, JobState.PARKED, new Note(Optional.of(reason), Optional.of(message), detail),
                "filed = 0, folder = NULL, due_at = :now, " + RELEASED, Map.of());
    }

    /**
     * The job ends without a delivered video.
     *
     * @param detail JSON: the fields at fault, what the API suggested
     */
    public Job failed(Job job, String reason, String message, Optional<String> detail) {
        return change(job, JobState.FAILED, new Note(Optional.of(reason), Optional.of(message), detail),
                "filed = 0, folder = NULL, ended_at = :now, due_at = :now, " + RELEASED, Map.of());
    }

    /**
     * A person wants a parked job to be sent, or sent again.
     *
     * @param job as {@link ParkedJobs#claim} gave it
     * @param approved the reason for parking that does not hold any longer
     * @return empty where it does not wait any more, waits anew, or is in another's hands: then nothing is changed
     */
    public Optional<Job> answeredToSend(Job job, String message, Optional<String> approved) {
        return answered(job, JobState.RECEIVED, message, "queue_id = NULL, model = NULL, submitted_at = NULL,"
                + " approved = COALESCE(:approved, approved)", Map.of("approved", approved), Optional.empty());
    }

    /**
     * A person says under which {@code queue_id} a parked job can be asked about.
     *
     * @param job as for {@link #answeredToSend}
     * @param downloadUrl where the video of a private model is; a secret
     * @return as {@link #answeredToSend}
     */
    public Optional<Job> answeredToAsk(Job job, String message, String model, String queueId,
            Optional<String> downloadUrl) {
        return answered(job, JobState.GENERATING, message, "model = :model, queue_id = :queueId,"
                + " submitted_at = COALESCE(submitted_at, :now)", Map.of("model", model, "queueId", queueId), downloadUrl);
    }

    /** The jobs that wait for a person. */
    public ParkedJobs parkedJobs() {
        return new ParkedJobs(jdbi(), clock, () -> node + "/" + claims.incrementAndGet());
    }

    /**
     * A person ends a parked job.
     *
     * @param job as for {@link #answeredToSend}
     * @return as {@link #answeredToSend}
     */
    public Optional<Job> answeredToEnd(Job job, String message) {
        return answered(job, JobState.FAILED, message, "ended_at = :now", Map.of(), Optional.empty());
    }

    /** The time of its last change tells this parking from a later one, which nobody has answered yet. */
    private Optional<Job> answered(Job parked, JobState state, String message, String assignments, Map<String, ?> values,
            Optional<String> downloadUrl) {
        String id = parked.id();
        Optional<Job> changed = jdbi().inTransaction(handle -> {
            Spend.settleDoubt(handle, id);
            return handle.createQuery("UPDATE job SET state = :state,"
                            + " reason = :reason, message = :message, detail = NULL, filed = 0, folder = NULL,"
                        + " trouble_count = 0, resume_at = NULL, due_at = :now, updated_at = :now, " + RELEASED + ", "
                        + assignments + " WHERE id = :id AND state = 'parked' AND updated_at = :parkedAt AND lease_owner "
                        + (parked.leaseOwner().isPresent() ? "= :owner" : "IS NULL") + " RETURNING *")
                .bindMap(values)
                .bind("state", state.toString())
                .bind("reason", state == JobState.FAILED ? Optional.of("rejected") : Optional.<String>empty())
                .bind("message", message)
                .bind("now", clock.instant())
                .bind("id", id)
                .bind("parkedAt", parked.updatedAt())
                .bindMap(parked.leaseOwner().map(owner -> Map.of("owner", owner)).orElse(Map.of()))
                .mapTo(Job.class)
                .findOne()
                .map(job -> {
                    note(handle, job);
                    Spend.follow(handle, job);
                    Downloads.forget(handle, id);
                    downloadUrl.ifPresent(url -> DownloadUrls.keep(handle, id, url, clock));
                    if (job.state() == JobState.FAILED && DownloadUrls.has(handle, id)) {
                        Errands.begin(handle, id, Due.CLEANUP, clock.instant());
                    }
                    return job;
                });
        });
        changed.ifPresent(this::wake);
        return changed;
    }

    /**
     * A failed job that was paid for is taken up again where it was: it is asked about, never sent.
     *
     * @return empty when it is not such a job
     */
    public Optional<Job> resumed(String id) {
        Optional<Job> resumed = jdbi().inTransaction(handle -> handle.createQuery("UPDATE job SET state = 'generating',"
                        + " reason = NULL, message = NULL, detail = NULL, ended_at = NULL, filed = 0, folder = NULL,"
                        + " trouble_count = 0, server_errors = 0, due_at = :now, updated_at = :now"
                        + " WHERE id = :id AND state = 'failed' AND queue_id IS NOT NULL AND lease_owner IS NULL"
                        + " RETURNING *")
                .bind("id", id)
                .bind("now", clock.instant())
                .mapTo(Job.class)
                .findOne()
                .map(job -> {
                    note(handle, job);
                    Errands.cancel(handle, id, Due.CLEANUP);
                    Downloads.forget(handle, id);
                    return job;
                }));
        resumed.ifPresent(this::wake);
        return resumed;
    }

    /** The bundle lies where its state wants it, and its events may be handed over. Not a change of state. */
    public Job filed(Job job, String where) {
        Job filed = jdbi().inTransaction(handle -> {
            if (JobEvents.waiting(handle, job.id())) {
                Errands.begin(handle, job.id(), Due.UNSENT, clock.instant());
            }
            return update(handle, job, "filed = 1, folder = :folder, due_at = COALESCE(resume_at, due_at), " + RELEASED,
                    Map.of("folder", where));
        });
        wakeups.wake(Due.UNSENT);
        return filed;
    }

    /** The download_urls of private models, which are secrets. */
    public DownloadUrls downloadUrls() {
        return new DownloadUrls(jdbi());
    }

    /** How often videos were begun to be fetched. */
    public Downloads downloads() {
        return new Downloads(jdbi());
    }

    /** What jobs have to tell. */
    public JobEvents events() {
        return new JobEvents(jdbi(), clock);
    }

    /** The remote copies that are to be deleted, or were. */
    public CleanUps cleanUps() {
        return new CleanUps(jdbi(), clock, errands());
    }

    Errands errands() {
        return new Errands(jdbi(), clock, node);
    }

    /** The API's last reported average for a model, in milliseconds. */
    public Optional<Long> average(String model) {
        return jdbi().withHandle(handle -> handle.createQuery("SELECT average_ms FROM model_average WHERE model = :model")
                .bind("model", model).mapTo(Long.class).findOne());
    }

    /** How long it is until then, by the ledger's clock. */
    Duration until(Instant at) {
        return Duration.between(clock.instant(), at);
    }

    long version(Due due) {
        return wakeups.version(due);
    }

    void await(Due due, long seen, long millis) throws InterruptedException {
        wakeups.await(due, seen, millis);
    }

    private static final String RELEASED = "lease_owner = NULL, lease_until = NULL";

    private record Note(Optional<String> reason, Optional<String> message, Optional<String> detail) {

        static Note none() {
            return new Note(Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Note message(String message) {
            return new Note(Optional.empty(), Optional.of(message), Optional.empty());
        }
    }

    private Job change(Job job, JobState state, Note note, String assignments, Map<String, ?> values) {
        Job changed = jdbi().inTransaction(handle -> change(handle, job, state, note, assignments, values));
        wake(changed);
        return changed;
    }

    private Job change(Handle handle, Job job, JobState state, Note note, String assignments, Map<String, ?> values) {
        Map<String, Object> bound = new java.util.HashMap<>(values);
        bound.put("state", state.toString());
        bound.put("reason", note.reason());
        bound.put("message", note.message());
        bound.put("detail", note.detail());
        Job changed = update(handle, job, "state = :state, reason = :reason, message = :message, detail = :detail, "
                + assignments, bound);
        note(handle, changed);
        Spend.follow(handle, changed);
        return changed;
    }

    private Job update(Handle handle, Job job, String assignments, Map<String, ?> values) {
        return handle.createQuery("UPDATE job SET updated_at = :now, " + assignments
                        + " WHERE id = :id AND lease_owner = :owner RETURNING *")
                .bindMap(values)
                .bind("now", clock.instant())
                .bind("id", job.id())
                .bind("owner", job.leaseOwner())
                .mapTo(Job.class)
                .findOne()
                .orElseThrow(() -> new LeaseLostException(job.id()));
    }

    private void note(Handle handle, Job job) {
        JobHistory.add(handle, job.id(), job.updatedAt(), job.state(), job.reason(), job.message());
        if (job.state().isFinal() || job.state() == JobState.PARKED) {
            JobEvents.arise(handle, job);
        }
    }

    private void keepAverage(Handle handle, String model, long averageMs) {
        handle.createUpdate("INSERT INTO model_average (model, average_ms, at) VALUES (:model, :average, :at)"
                        + " ON CONFLICT (model) DO UPDATE SET average_ms = excluded.average_ms, at = excluded.at")
                .bind("model", model).bind("average", averageMs).bind("at", clock.instant())
                .execute();
    }

    private void wake(Job job) {
        switch (job.state()) {
            case RECEIVED -> wakeups.wake(Due.RECEIVED);
            case GENERATING -> wakeups.wake(Due.GENERATING);
            case RETRIEVED -> wakeups.wake(Due.RETRIEVED);
            case DELIVERED, FAILED -> {
                wakeups.wake(Due.UNFILED);
                wakeups.wake(Due.CLEANUP);
            }
            case PARKED -> wakeups.wake(Due.UNFILED);
            case SUBMITTING -> { }
        }
    }

    Jdbi jdbi() {
        return database.map(LedgerDatabase::jdbi)
                .orElseThrow(() -> new LedgerException("The ledger in " + folder + " is not open"));
    }
}
