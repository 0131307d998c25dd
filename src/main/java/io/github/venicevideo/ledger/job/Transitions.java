package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.venice.request.VideoRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The changes of a job's state. Each needs the lease that {@link Leases#claim(Due, java.time.Duration)} gave, gives it up
 * unless it says otherwise, writes a row of history, and wakes whoever waits for the new state.
 *
 * <p>All that take a job throw {@link LeaseLostException} when it is no longer in the caller's hands.
 */
public final class Transitions {

    /** Longer than the start needs to take up what a program left that died. */
    private static final Duration BUNDLE = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Wakeups wakeups;

    public Transitions(Jdbi jdbi, Clock clock, Wakeups wakeups) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.wakeups = wakeups;
    }

    /** Commits the intent to send; the lease goes on, since the POST comes next. */
    public Job submitting(Job job) {
        return change(job, JobState.SUBMITTING, Note.none(), "attempts = attempts + 1", Map.of());
    }

    /** Nothing was accepted: the job may be sent again at a given time. */
    public Job received(Job job, Instant dueAt, String message) {
        return change(job, JobState.RECEIVED, Note.message(message),
                "due_at = :due, trouble_count = trouble_count + 1, resume_at = NULL, " + Leases.RELEASED,
                Map.of("due", dueAt));
    }

    /**
     * The day's limit holds the job until that day is over, or a person approves it.
     *
     * @param resumeAt when it goes on by itself; empty when it does not
     */
    public Job overBudget(Job job, String message, Optional<String> detail, Optional<Instant> resumeAt) {
        return change(job, JobState.PARKED, new Note(Optional.of(Reason.OVER_BUDGET.toString()), Optional.of(message), detail),
                "filed = 0, folder = NULL, due_at = :now, resume_at = :resumeAt, " + Leases.RELEASED,
                Map.of("resumeAt", resumeAt));
    }

    /**
     * The API has accepted the job.
     *
     * @param model as the queue answered it
     * @param downloadUrl given once, for private models; a secret
     * @param submittedAt when it did, as far as is known: the provider forgets a job about a day later
     * @param dueAt when to ask first
     * @throws QueueIdTakenException when another job was accepted as that
     */
    public Job generating(Job job, String model, String queueId, Optional<String> downloadUrl, Instant submittedAt,
            Instant dueAt) {
        Job changed = jdbi.inTransaction(handle -> {
            QueueIds.check(handle, job.api(), queueId, job.id());
            downloadUrl.ifPresent(url -> DownloadUrls.keep(handle, job.id(), url, clock));
            Job generating = change(handle, job, JobState.GENERATING, isOther(job, model) ? Note.message("It was taken by " + model + ", and not by "
                    + asked(job)) : Note.none(),
                    "model = :model, queue_id = :queueId, submitted_at = :submittedAt, trouble_count = 0, server_errors = 0,"
                            + " due_at = :due, "
                            + Leases.RELEASED,
                    Map.of("model", model, "queueId", queueId, "submittedAt", submittedAt, "due", dueAt));
            Remaps.begin(handle, generating, clock.instant());
            return generating;
        });
        wakeups.wake(changed);
        if (isOther(job, model)) {
            wakeups.wake(Due.REPRICED);
        }
        return changed;
    }

    private static boolean isOther(Job job, String model) {
        return !asked(job).isEmpty() && !asked(job).equals(model);
    }

    private static String asked(Job job) {
        return job.request().fields().path("model").asText("");
    }

    /** The video lies complete, checked and synced on local disk. */
    public Job retrieved(Job job, Video video) {
        return change(job, JobState.RETRIEVED, Note.none(),
                "video = :video, completed_at = :now, trouble_count = 0, due_at = :now, " + Leases.RELEASED,
                Map.of("video", LedgerJson.write(video)));
    }

    /** The video is at every destination; its remote copy may be deleted from now on. */
    public Job delivered(Job job) {
        Job changed = jdbi.inTransaction(handle -> {
            Errands.begin(handle, job.id(), Due.CLEANUP, clock.instant());
            return change(handle, job, JobState.DELIVERED, Note.none(),
                    "filed = 0, folder = NULL, ended_at = :now, due_at = :now, " + Leases.RELEASED, Map.of());
        });
        wakeups.wake(changed);
        return changed;
    }

    /**
     * A person has to decide.
     *
     * @param detail JSON for the form: the policy text, what may have been charged
     */
    public Job parked(Job job, Reason reason, String message, Optional<String> detail) {
        return change(job, JobState.PARKED, new Note(Optional.of(reason.toString()), Optional.of(message), detail),
                "filed = 0, folder = NULL, due_at = :now, " + Leases.RELEASED, Map.of());
    }

    /**
     * The job ends without a delivered video.
     *
     * @param detail JSON: the fields at fault, what the API suggested
     */
    public Job failed(Job job, Reason reason, String message, Optional<String> detail) {
        return change(job, JobState.FAILED, new Note(Optional.of(reason.toString()), Optional.of(message), detail),
                "filed = 0, folder = NULL, ended_at = :now, due_at = :now, " + Leases.RELEASED, Map.of());
    }

    /**
     * A failed job that was paid for is taken up again where it was: it is asked about, never sent. It needs no lease, and is not
     * due before {@link #hasItsBundle}, or for as long as the start after a crash may need to find its bundle.
     *
     * @param request what it had asked for, with its media where they lie now
     * @return empty when it is not such a job
     */
    public Optional<Job> resumed(String id, VideoRequest request) {
        return jdbi.inTransaction(handle -> handle.createQuery("UPDATE job SET state = 'generating',"
                        + " request = :request, reason = NULL, message = NULL, detail = NULL, ended_at = NULL, filed = 0, folder = NULL,"
                        + " trouble_count = 0, server_errors = 0, due_at = :due, updated_at = :now"
                        + " WHERE id = :id AND state = 'failed' AND queue_id IS NOT NULL AND lease_owner IS NULL"
                        + " RETURNING *")
                .bind("id", id)
                .bind("request", LedgerJson.write(request))
                .bind("now", clock.instant())
                .bind("due", clock.instant().plus(BUNDLE))
                .mapTo(Job.class)
                .findOne()
                .map(job -> {
                    JobHistory.reached(handle, job);
                    Errands.cancel(handle, id, Due.CLEANUP);
                    Downloads.forget(handle, id);
                    return job;
                }));
    }

    /** The bundle of a job that was taken up again lies in its work folder. */
    public void hasItsBundle(String id) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE job SET due_at = :now, updated_at = :now"
                        + " WHERE id = :id AND state = 'generating'")
                .bind("now", clock.instant()).bind("id", id).execute());
        wakeups.wake(Due.GENERATING);
    }

    /** The bundle lies where its state wants it, and its events may be handed over. The state stays as it is. */
    public Job filed(Job job, String where) {
        Job filed = jdbi.inTransaction(handle -> {
            if (JobEvents.waiting(handle, job.id())) {
                Errands.begin(handle, job.id(), Due.UNSENT, clock.instant());
            }
            return LeasedRow.update(handle, job, clock.instant(),
                    "filed = 1, folder = :folder, due_at = COALESCE(resume_at, due_at), " + Leases.RELEASED,
                    Map.of("folder", where));
        });
        wakeups.wake(Due.UNSENT);
        // Parked ones that go on by themselves have a time from now on.
        wakeups.wake(Due.HELD);
        wakeups.wake(Due.ASKED);
        return filed;
    }

    private record Note(Optional<String> reason, Optional<String> message, Optional<String> detail) {

        static Note none() {
            return new Note(Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Note message(String message) {
            return new Note(Optional.empty(), Optional.of(message), Optional.empty());
        }
    }

    private Job change(Job job, JobState state, Note note, String assignments, Map<String, ?> values) {
        Job changed = jdbi.inTransaction(handle -> change(handle, job, state, note, assignments, values));
        wakeups.wake(changed);
        return changed;
    }

    private Job change(Handle handle, Job job, JobState state, Note note, String assignments, Map<String, ?> values) {
        Map<String, Object> bound = new HashMap<>(values);
        bound.put("state", state.toString());
        bound.put("reason", note.reason());
        bound.put("message", note.message());
        bound.put("detail", note.detail());
        Job changed = LeasedRow.update(handle, job, clock.instant(),
                "state = :state, reason = :reason, message = :message, detail = :detail, " + assignments, bound);
        JobHistory.reached(handle, changed);
        Spend.follow(handle, changed);
        return changed;
    }
}
