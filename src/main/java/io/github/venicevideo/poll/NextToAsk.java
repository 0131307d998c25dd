package io.github.venicevideo.poll;

import io.github.venicevideo.api.InFlight;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.ModelSpeed;
import io.github.venicevideo.api.PollPlan;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.work.JobSource;
import io.github.venicevideo.settings.Api;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whenever the limit on questions allows one, claims the job that the plan wants to spend it on. */
public final class NextToAsk implements JobSource {

    private static final Logger LOG = LoggerFactory.getLogger(NextToAsk.class);
    private static final Duration ASIDE = Duration.ofSeconds(3);
    /** So many jobs that turn out to be taken or gone are passed over at once; the rest of them the next time. */
    private static final int MOST_TRIES = 100;

    private final Ledger ledger;
    private final Api api;
    private final Limits limits;
    private final PollPlan plan;
    private final Clock clock;
    private final JobsInFlight inFlight;
    private boolean toldOfOthers;

    public NextToAsk(Ledger ledger, Api api, Limits limits, PollPlan plan, Clock clock) {
        this.ledger = ledger;
        this.api = api;
        this.limits = limits;
        this.plan = plan;
        this.clock = clock;
        this.inFlight = new JobsInFlight(ledger.making(), api.name(), clock);
    }

    @Override
    public synchronized Next next(Duration lease) {
        tellOfOthers();
        if (inFlight.due().isEmpty()) {
            return Next.nothing();
        }
        boolean refused = limits.gate().closed().filter(closed -> !closed.asking()).isPresent();
        if (refused || !limits.failures().allows()) {
            return Next.nothing();
        }
        Instant permit = limits.retrieve().nextAt();
        if (permit.isAfter(clock.instant())) {
            return Next.notBefore(permit);
        }
        if (!limits.asking().allows()) {
            return Next.notBefore(limits.asking().nextAt());
        }
        Map<String, ModelSpeed> speeds = ledger.modelSpeeds().all();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            List<InFlight> due = inFlight.due();
            // When a job is due again that had no usable answer is settled; the plan would have it wait as after any question.
            Optional<InFlight> chosen = due.stream().filter(InFlight::isTroubled).min(Comparator.comparing(InFlight::dueAt))
                    .or(() -> plan.next(due, speeds, clock.instant()));
            if (chosen.isEmpty()) {
                return Next.nothing();
            }
            Optional<Job> job = claim(chosen.get(), lease);
            if (job.isPresent()) {
                if (limits.retrieve().take().isPresent()) {
                    limits.asking().begun();
                    return Next.of(job.get());
                }
                ledger.leases().putBack(job.get());
                return Next.nothing();
            }
        }
        return Next.nothing();
    }

    private Optional<Job> claim(InFlight chosen, Duration lease) {
        Optional<Job> job = ledger.leases().claim(chosen.id(), Due.GENERATING, lease);
        inFlight.asked(chosen);
        if (job.isEmpty() && ledger.jobs().find(chosen.id()).filter(row -> row.state() == JobState.GENERATING).isEmpty()) {
            inFlight.forget(chosen);
        }
        if (job.isPresent() && job.get().troubleCount() > 0 && !limits.failures().allowsDoubtful()) {
            ledger.leases().release(job.get(), ASIDE);
            return Optional.empty();
        }
        // Its answer would be a video that is not to be fetched now.
        if (job.isPresent() && !limits.fetching().allows() && ledger.downloads().tries(job.get().id()) > 0) {
            ledger.leases().release(job.get(), Duration.between(clock.instant(), limits.fetching().nextAt()));
            return Optional.empty();
        }
        return job;
    }

    /** Asking our API about a job of another one would look as if it had expired. */
    private void tellOfOthers() {
        if (!toldOfOthers) {
            toldOfOthers = true;
            long others = ledger.making().jobsOfOthers(api.name());
            if (others > 0) {
                LOG.warn("{} jobs were accepted by another API than {}, to which this program speaks: they wait until"
                        + " venice.api.url names theirs again", others, api.name());
            }
        }
    }
}
