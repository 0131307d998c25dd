package io.github.venicevideo.deliver;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Retention;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what was kept for as long as {@code venice.retention.*} says; what is not set is kept for ever. */
public final class Keeping {

    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Clock clock;
    private final BundleFolders bundles;
    private final Optional<Duration> done;
    private final Optional<Duration> failed;
    private final Optional<Duration> parked;
    private final Optional<Duration> history;

    public Keeping(Ledger ledger, Clock clock, Settings settings, BundleFolders bundles) {
        this.ledger = ledger;
        this.bundles = bundles;
        this.clock = clock;
        this.done = kept(settings, "venice.retention.done");
        this.failed = kept(settings, "venice.retention.failed");
        this.parked = kept(settings, "venice.retention.parked");
        this.history = kept(settings, "venice.retention.history");
    }

    private static Optional<Duration> kept(Settings settings, String key) {
        return settings.text(key).map(value -> settings.duration(key));
    }

    /** One look at everything. */
    public void look() {
        Retention retention = ledger.retention();
        if (parked.isPresent()) {
            for (Job job : retention.waitingSince(before(parked.get()))) {
                ledger.parkedJobs().claim(job, LEASE).flatMap(claimed -> ledger.parkedJobs().answeredToEnd(claimed,
                        "Nobody answered for longer than venice.retention.parked says, so it was ended. Nothing was paid."))
                        .ifPresent(ended -> LOG.info("{}: nobody answered; ended", ended.id()));
            }
        }
        if (done.isPresent()) {
            remove(retention, JobState.DELIVERED, done.get());
        }
        if (failed.isPresent()) {
            remove(retention, JobState.FAILED, failed.get());
        }
        if (history.isPresent()) {
            int forgotten = retention.forgetWords(before(history.get()));
            if (forgotten > 0) {
                LOG.info("What {} jobs had asked for was taken out of the ledger", forgotten);
            }
        }
    }

    private void remove(Retention retention, JobState state, Duration kept) {
        List<Job> jobs = retention.bundlesSince(state, before(kept));
        for (Job job : jobs) {
            try {
                // Before the ledger knows: a removal that is cut off is begun again.
                bundles.remove(job.id());
                retention.bundleRemoved(job);
            } catch (IOException e) {
                LOG.warn("{}: its bundle cannot be removed, and is tried again: {}", job.id(), e.toString());
            }
        }
        if (!jobs.isEmpty()) {
            LOG.info("Bundles of {} jobs whose time was over: {}", state, jobs.size());
        }
    }

    private Instant before(Duration kept) {
        return clock.instant().minus(kept);
    }
}
