package io.github.venicevideo.deliver;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Signatures;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.work.Exchanges;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Puts the bundle of a job that has ended or is parked where people look for it. */
public final class Filing {

    private static final Logger LOG = LoggerFactory.getLogger(Filing.class);

    private final Home home;
    private final Ledger ledger;
    private final BundleFolders bundles;
    private final Signatures signatures;
    private final AnswerWays ways;

    public Filing(Home home, Ledger ledger, BundleFolders bundles, AnswerWays ways) {
        this.home = home;
        this.ledger = ledger;
        this.bundles = bundles;
        this.signatures = new Signatures(home);
        this.ways = ways;
    }

    /**
     * Moves the bundle to {@code done/}, {@code failed/} or {@code parked/}, with what is to be said about it.
     *
     * @return the folder that it became
     */
    public Path moveOut(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        Path root = switch (job.state()) {
            case DELIVERED -> home.done();
            case FAILED -> home.failed();
            case PARKED -> home.parked();
            default -> throw new IllegalStateException("Job " + job.id() + " is still " + job.state());
        };
        return bundles.moveOut(home.work(job.id()), root, job.bundle(), Documents.of(job, ledger.deliveries().of(job.id()),
                wasInDoubt(job), job.state() == JobState.FAILED && ledger.cleanUps().isBegun(job.id()),
                ledger.parkedJobs().waiting(job.reason().orElse("")), signatures, ways));
    }

    private boolean wasInDoubt(Job job) {
        return ledger.jobs().history(job.id()).stream().anyMatch(entry -> entry.reason().filter(Reason.IN_DOUBT.toString()::equals).isPresent());
    }

    /** Removes the work folder of a job that has ended; a parked one's goes on to hold its intent. */
    public void clearWork(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        WorkFolder work = home.work(job.id());
        if (job.state() != JobState.PARKED) {
            DurableFiles.deleteTree(work.path());
        }
    }

    /** Records where the bundle lies. */
    public Job filed(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty("veniceFolder") Path folder) {
        if (job.state() == JobState.FAILED) {
            LOG.atLevel(weight(job)).log("{}: failed ({}); see {}", job.bundle(), job.reason().orElse("unknown"), folder);
        } else if (job.state() == JobState.PARKED) {
            LOG.warn("{}: waits for a person ({}); see {}", job.bundle(), job.reason().orElse("unknown"), folder);
        } else {
            LOG.info("{}: done; the bundle is in {}", job.bundle(), folder);
        }
        return ledger.transitions().filed(job, folder.toString());
    }

    /** Money without a video is the operator's to look at; what is wrong with a bundle was said when it was read. */
    private static Level weight(Job job) {
        return job.isPaid() ? Level.ERROR : Reason.INVALID_BUNDLE.isOf(job) ? Level.INFO : Level.WARN;
    }
}
