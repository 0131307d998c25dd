package io.github.venicevideo.ledger.job;

import io.github.venicevideo.api.JobState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Records jobs that the ledger does not know yet. */
public final class NewJobs {

    private final Jdbi jdbi;
    private final Clock clock;
    private final Wakeups wakeups;

    public NewJobs(Jdbi jdbi, Clock clock, Wakeups wakeups) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.wakeups = wakeups;
    }

    /**
     * Records jobs, all of them or none.
     *
     * @return the jobs as recorded; or, where the first one's reference is known already, the jobs that bear it
     */
    public List<Job> record(List<NewJob> jobs) {
        return record(jobs, Set.of());
    }

    /**
     * Records jobs, all of them or none.
     *
     * @param formerHashes what their content may have been recorded as before, beside their own hash
     * @return the same as {@link #record(List)}
     */
    public List<Job> record(List<NewJob> jobs, Set<String> formerHashes) {
        if (jobs.isEmpty()) {
            return List.of();
        }
        Optional<Job> known = sameReference(jobs.get(0));
        if (known.isPresent()) {
            return List.of(known.get());
        }
        try {
            List<Job> recorded = jdbi.inTransaction(handle -> {
                Optional<EarlierJob> earlier = Duplicates.of(handle, jobs.get(0), formerHashes, clock.instant());
                List<Job> rows = new ArrayList<>();
                for (NewJob job : jobs) {
                    rows.add(insert(handle, earlier.map(job::asDuplicateOf).orElse(job)));
                }
                return rows;
            });
            recorded.forEach(wakeups::wake);
            return recorded;
        } catch (UnableToExecuteStatementException e) {
            // Two calls with one reference at the same moment: the database let one through.
            return List.of(sameReference(jobs.get(0)).orElseThrow(() -> e));
        }
    }

    private Optional<Job> sameReference(NewJob job) {
        return job.reference().flatMap(new Jobs(jdbi)::findByReference);
    }

    /** What the API has accepted is one job's. */
    private static NewJob unlessTaken(Handle handle, NewJob job) {
        return job.queueId().flatMap(queueId -> QueueIds.owner(handle, job.api(), queueId))
                .map(owner -> job.inDoubt("It was accepted as " + job.queueId().orElse("") + ", which is job " + owner.id()
                        + "'s already. Nobody can tell whether it was paid for."))
                .orElse(job);
    }

    private Job insert(Handle handle, NewJob given) {
        NewJob job = unlessTaken(handle, given);
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
                .bind("submittedAt", job.submittedAt())
                .bind("endedAt", ended ? Optional.of(now) : Optional.empty())
                .bind("now", now)
                .mapTo(Job.class)
                .one();
        job.downloadUrl().ifPresent(url -> DownloadUrls.keep(handle, job.id(), url, clock));
        JobHistory.reached(handle, row);
        if (row.state() == JobState.GENERATING) {
            // Paid for before this ledger knew it: what it costs is not known here.
            Errands.begin(handle, row.id(), Due.REPRICED, now);
        }
        return row;
    }
}
