package io.github.venicevideo.ledger.forget;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.consent.ConsentChain;
import io.github.venicevideo.ledger.consent.ConsentLog;
import io.github.venicevideo.ledger.consent.LedgerConsentStore;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Errands;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.LedgerJson;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.job.Scrub;
import io.github.venicevideo.ledger.remote.Deliveries;
import io.github.venicevideo.ledger.remote.Delivery;
import io.github.venicevideo.ledger.remote.StagedMedia;
import io.github.venicevideo.ledger.store.LedgerException;
import io.github.venicevideo.ledger.store.LedgerSchema;
import io.github.venicevideo.venice.request.InlineMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Takes people and pictures out of the ledger. Amounts, times, states and the chain of consents stay, with a note of what
 * was erased from it.
 */
public final class Forgetting {

    private static final Set<Reason> COST_NOTHING = Set.of(Reason.NEEDS_CONSENT, Reason.CONSENT_UNKNOWN, Reason.OVER_BUDGET,
            Reason.NO_PRICE, Reason.DUPLICATE);

    private static final String STILL_READ = "What was forgotten is out of the ledger, but not yet out of its file: something"
            + " else reads it, perhaps --backup. Ask for the same again.";

    private final Jdbi jdbi;
    private final Path folder;
    private final Clock clock;

    public Forgetting(Jdbi jdbi, Path folder, Clock clock) {
        this.jdbi = jdbi;
        this.folder = folder;
        this.clock = clock;
    }

    /** Whether two names are one person's: case and spaces do not tell people apart. */
    public static boolean isSamePerson(String name, String other) {
        return LedgerConsentStore.folded(name).equals(LedgerConsentStore.folded(other));
    }

    /** Whether a text has a person's name in it, as a word of its own. */
    public static boolean names(String person, String text) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(LedgerConsentStore.folded(person)) + "(?![\\p{L}\\p{N}])")
                .matcher(LedgerConsentStore.folded(text)).find();
    }

    /**
     * What forgetting something comes to. Nothing is changed.
     *
     * @param inBundle whether a job's bundle tells of it
     * @throws IllegalArgumentException when there is no such job
     */
    public ForgetPlan plan(ForgetTarget target, Predicate<Job> inBundle) {
        ConsentChain chain = ConsentChain.read(jdbi);
        return jdbi.withHandle(handle -> {
            List<Job> jobs = jobs(handle, chain, target, inBundle);
            Set<String> ids = jobs.stream().map(Job::id).collect(Collectors.toCollection(TreeSet::new));
            Map<String, List<Delivery>> deliveries = new LinkedHashMap<>();
            long events = 0;
            for (String id : ids) {
                deliveries.put(id, handle.createQuery("SELECT " + Deliveries.COLUMNS + " FROM delivery"
                                + " WHERE job_id = :id AND (location IS NOT NULL OR begun_at IS NOT NULL AND name <> :erased)"
                                + " ORDER BY destination")
                        .bind("erased", Scrub.erasedName(id))
                        .bind("id", id).mapTo(Delivery.class).list());
                events += handle.createQuery("SELECT COUNT(*) FROM event WHERE job_id = :id AND sent_at IS NOT NULL")
                        .bind("id", id).mapTo(Long.class).one();
            }
            return new ForgetPlan(target, jobs, deliveries, events, ForgetConsents.of(chain, target, ids),
                    StagedMedia.of(handle, ids, target.medium()), jobs.stream().flatMap(job -> inHand(handle, job).stream()).toList());
        });
    }

    private static List<Job> jobs(Handle handle, ConsentChain chain, ForgetTarget target, Predicate<Job> inBundle) {
        List<Job> all = target.kind() == ForgetTarget.Kind.JOB
                ? handle.createQuery("SELECT * FROM job WHERE id = :id").bind("id", target.value()).mapTo(Job.class).list()
                : handle.createQuery("SELECT * FROM job WHERE " + Scrub.LEFT + " ORDER BY id").mapTo(Job.class).list();
        Set<String> begun = Set.copyOf(handle.createQuery("SELECT job_id FROM forgetting WHERE target = :target")
                .bind("target", target.digest()).mapTo(String.class).list());
        return switch (target.kind()) {
            case JOB -> {
                if (all.isEmpty()) {
                    throw new IllegalArgumentException("There is no job " + target.value() + " in the ledger.");
                }
                yield all;
            }
            case MEDIUM -> {
                Set<String> using = ForgetConsents.jobsWith(chain, target.value());
                yield all.stream().filter(job -> begun.contains(job.id()) || using.contains(job.id()) || uses(job, target.value())
                        || inBundle.test(job)).toList();
            }
            case PERSON -> {
                Set<String> resting = ForgetConsents.jobsOf(chain, LedgerConsentStore.folded(target.value()));
                yield all.stream().filter(job -> begun.contains(job.id()) || resting.contains(job.id())
                        || names(target.value(), words(handle, job)) || inBundle.test(job)).toList();
            }
        };
    }

    private static boolean uses(Job job, String sha256) {
        return job.request().media().stream().anyMatch(medium -> medium.sha256().equals(sha256))
                || InlineMedia.hashesIn(LedgerJson.write(job.request().fields())).contains(sha256);
    }

    private static String words(Handle handle, Job job) {
        List<String> said = handle.createQuery("SELECT message FROM job_history WHERE job_id = :id AND message IS NOT NULL")
                .bind("id", job.id()).mapTo(String.class).list();
        List<String> where = handle.createQuery("SELECT name || ' ' || COALESCE(location, '') FROM delivery WHERE job_id = :id")
                .bind("id", job.id()).mapTo(String.class).list();
        return Stream.of(Stream.of(job.bundle(), LedgerJson.write(job.request()), LedgerJson.write(job.options())),
                        Stream.of(job.reference(), job.message(), job.detail(), job.folder()).flatMap(Optional::stream),
                        said.stream(), where.stream())
                .flatMap(each -> each).collect(Collectors.joining("\n"));
    }

    private static Optional<String> inHand(Handle handle, Job job) {
        if (handle.createQuery("SELECT COUNT(*) FROM errand WHERE job_id = :id AND kind = :kind AND state = 'open'")
                .bind("id", job.id()).bind("kind", Errands.name(Due.CLEANUP)).mapTo(Long.class).one() > 0) {
            return Optional.of("Job " + job.id() + ": its copy at Venice is still to be deleted. Wait until it is, then ask again.");
        }
        if (!job.filed() || job.leaseOwner().isPresent()) {
            return Optional.of("Job " + job.id() + " is in hand (" + job.state() + "). Wait until it has ended or is parked,"
                    + " then ask again.");
        }
        if (job.state() == JobState.PARKED && !costNothing(job)) {
            return Optional.of("Job " + job.id() + " is parked (" + job.reason().orElse("") + ") and may have been paid for."
                    + " Answer it first, as its ACTION.md says, with reject where the video is not wanted.");
        }
        return job.state().isFinal() || job.state() == JobState.PARKED ? Optional.empty()
                : Optional.of("Job " + job.id() + " is " + job.state() + ". Wait until it has ended, then ask again.");
    }

    private static boolean costNothing(Job job) {
        return !job.isPaid() && COST_NOTHING.stream().anyMatch(reason -> reason.isOf(job));
    }

    /**
     * Before anything is removed: notes which jobs are to be forgotten with this target, since what told so may be gone when
     * the same is asked for again, and ends those that are parked, so that nobody answers them meanwhile.
     *
     * @throws LedgerException when one of them is in hand by now
     */
    public void begin(ForgetPlan plan) {
        jdbi.useTransaction(handle -> {
            plan.jobs().forEach(job -> handle.createUpdate("INSERT INTO forgetting (target, job_id) VALUES (:target, :id)"
                            + " ON CONFLICT DO NOTHING")
                    .bind("target", plan.target().digest()).bind("id", job.id()).execute());
            end(handle, plan);
        });
    }

    private void end(Handle handle, ForgetPlan plan) {
        plan.jobs().stream().filter(job -> job.state() == JobState.PARKED).forEach(job -> {
            int ended = handle.createUpdate("UPDATE job SET state = 'failed', reason = 'rejected', message = NULL, detail = NULL,"
                            + " resume_at = NULL, ended_at = :now, updated_at = :now WHERE id = :id AND state = 'parked'"
                            + " AND filed = 1 AND queue_id IS NULL AND lease_owner IS NULL AND reason = :reason")
                    .bind("now", clock.instant()).bind("id", job.id()).bind("reason", job.reason()).execute();
            if (ended == 0) {
                throw new LedgerException("Job " + job.id() + " has just been taken in hand; nothing was forgotten. Ask again.");
            }
            handle.createUpdate("INSERT INTO job_history (job_id, seq, at, state, reason) SELECT :id, COALESCE(MAX(seq), 0) + 1,"
                            + " :now, 'failed', 'rejected' FROM job_history WHERE job_id = :id")
                    .bind("id", job.id()).bind("now", clock.instant()).execute();
        });
    }

    /** Takes it all out of the rows, in one transaction, and notes in the chain of consents what was erased from it. */
    public void erase(ForgetPlan plan) {
        ConsentLog log = new ConsentLog();
        jdbi.useTransaction(handle -> {
            ConsentLog.hold(handle);
            plan.jobs().forEach(job -> {
                Scrub.all(handle, job);
                handle.createUpdate("DELETE FROM forgetting WHERE job_id = :id").bind("id", job.id()).execute();
            });
            if (plan.target().kind() == ForgetTarget.Kind.MEDIUM) {
                handle.createUpdate("DELETE FROM refused_medium WHERE sha256 = :hash").bind("hash", plan.target().value())
                        .execute();
            }
            plan.secrets().forEach((seq, names) -> names.forEach(name -> handle.createUpdate(
                    "DELETE FROM consent_secret WHERE seq = :seq AND name = :name").bind("seq", seq).bind("name", name).execute()));
            if (!plan.secrets().isEmpty()) {
                log.append(handle, clock.instant(), ConsentLog.ERASURE, UUID.randomUUID().toString(), Optional.empty(),
                        Map.of("what", plan.target().kind().toString(), "erased", plan.secrets()), Map.of());
            }
        });
    }

    /**
     * Writes the ledger anew, without what was deleted in it, and deletes the copies of it that were made before an update.
     *
     * @return the copies that were deleted
     * @throws LedgerException when somebody else reads it for too long
     */
    public List<Path> compact() throws IOException {
        try {
            if (!rewritten()) {
                throw new LedgerException(STILL_READ);
            }
        } catch (JdbiException e) {
            throw new LedgerException(STILL_READ, e);
        }
        List<Path> copies = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().startsWith(LedgerSchema.COPIES)).forEach(copies::add);
        }
        for (Path copy : copies) {
            Files.deleteIfExists(copy);
        }
        return copies;
    }

    private boolean rewritten() {
        return jdbi.withHandle(handle -> {
            handle.execute("VACUUM");
            // The log of changes still holds what was there before.
            return handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)").mapTo(Integer.class).first() == 0;
        });
    }
}
