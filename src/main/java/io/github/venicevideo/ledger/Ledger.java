package io.github.venicevideo.ledger;

import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.home.FolderRecords;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.consent.ConsentModels;
import io.github.venicevideo.ledger.consent.ConsentPolicies;
import io.github.venicevideo.ledger.consent.ConsentReport;
import io.github.venicevideo.ledger.consent.ConsentUses;
import io.github.venicevideo.ledger.consent.LedgerConsentStore;
import io.github.venicevideo.ledger.forget.Forgetting;
import io.github.venicevideo.ledger.job.BundlePlaces;
import io.github.venicevideo.ledger.job.DownloadUrls;
import io.github.venicevideo.ledger.job.Downloads;
import io.github.venicevideo.ledger.job.Errands;
import io.github.venicevideo.ledger.job.InHand;
import io.github.venicevideo.ledger.job.JobEvents;
import io.github.venicevideo.ledger.job.Jobs;
import io.github.venicevideo.ledger.job.Leases;
import io.github.venicevideo.ledger.job.Making;
import io.github.venicevideo.ledger.job.ModelSpeeds;
import io.github.venicevideo.ledger.job.NewJobs;
import io.github.venicevideo.ledger.job.ParkedJobs;
import io.github.venicevideo.ledger.job.Remaps;
import io.github.venicevideo.ledger.job.Spend;
import io.github.venicevideo.ledger.job.Transitions;
import io.github.venicevideo.ledger.job.Wakeups;
import io.github.venicevideo.ledger.mend.ClockWatch;
import io.github.venicevideo.ledger.mend.HomeTie;
import io.github.venicevideo.ledger.mend.MendedRows;
import io.github.venicevideo.ledger.mend.MendedSpend;
import io.github.venicevideo.ledger.mend.Mending;
import io.github.venicevideo.ledger.remote.CleanUps;
import io.github.venicevideo.ledger.remote.Deliveries;
import io.github.venicevideo.ledger.remote.Receipts;
import io.github.venicevideo.ledger.remote.StagedMedia;
import io.github.venicevideo.ledger.store.LedgerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.support.service.ServiceSupport;
import org.jdbi.v3.core.Jdbi;

/**
 * All jobs, their states and their history: the one place where stages hand work over to each other. Each part of it is
 * a class of its own, which needs the ledger to be open when it is asked for.
 *
 * <p>Every method of a part is one transaction, durable when it returns.
 */
public final class Ledger extends ServiceSupport {

    private final Path folder;
    private final Clock clock;
    private final Wakeups wakeups = new Wakeups();
    private final InHand inHand = new InHand();
    private final String node = UUID.randomUUID().toString();
    private final AtomicLong claims = new AtomicLong();
    private final ClockWatch clockWatch;
    private final Troubles troubles;
    private volatile Optional<LedgerDatabase> database = Optional.empty();

    /**
     * A ledger that is opened when it is started.
     *
     * @param folder where its files lie; on a local disk
     */
    public Ledger(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.troubles = new Troubles(clock);
        this.clockWatch = new ClockWatch(this::jdbi, clock, node);
    }

    @Override
    protected void doStart() {
        database = Optional.of(LedgerDatabase.open(folder));
        // The lock says that nobody else is at work here.
        leases().endAll();
        clockWatch.begin();
    }

    @Override
    protected void doStop() {
        database.ifPresent(LedgerDatabase::close);
        database = Optional.empty();
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

    /** What goes wrong again and again just now. */
    public Troubles troubles() {
        return troubles;
    }

    /** Records what has been dropped. */
    public NewJobs newJobs() {
        return new NewJobs(jdbi(), clock, wakeups);
    }

    /** The jobs and their history, to be read. */
    public Jobs jobs() {
        return new Jobs(jdbi());
    }

    /** Which folder is whose. */
    public FolderRecords folders() {
        return new BundlePlaces(this::jdbi);
    }

    /** Who has which job in hand. */
    public Leases leases() {
        return new Leases(jdbi(), clock, this::nextClaim, errands(), inHand);
    }

    /** The changes of a job's state. */
    public Transitions transitions() {
        return new Transitions(jdbi(), clock, wakeups);
    }

    /** The jobs that wait for a person. */
    public ParkedJobs parkedJobs() {
        return new ParkedJobs(jdbi(), clock, wakeups, this::nextClaim, inHand);
    }

    /** The jobs that the API is at work on. */
    public Making making() {
        return new Making(this::jdbi, clock);
    }

    /** How fast each model has been so far. */
    public ModelSpeeds modelSpeeds() {
        return new ModelSpeeds(this::jdbi);
    }

    /** The money that jobs may spend, and have spent. */
    public Spend spend() {
        return new Spend(jdbi(), clock);
    }

    /** The jobs that a budget holds. */
    public HeldByBudget heldByBudget() {
        return new HeldByBudget(jdbi(), clock, wakeups);
    }

    /** Which media lie in the staging bucket. */
    public StagedMedia stagedMedia() {
        return new StagedMedia(jdbi(), clock);
    }

    /** What people have attested, as long as the host brings no store of its own. */
    public ConsentStore consentStore() {
        return new LedgerConsentStore(this::jdbi);
    }

    /** Which jobs rest on which attestations. */
    public ConsentUses consentUses() {
        return new ConsentUses(jdbi());
    }

    /** Which videos rest on which attestation. */
    public ConsentReport consentReport() {
        return new ConsentReport(this::jdbi);
    }

    /** The policy texts that the provider has asked about. */
    public ConsentPolicies consentPolicies() {
        return new ConsentPolicies(jdbi(), clock);
    }

    /** Jobs that another model has taken than was asked for. */
    public Remaps remaps() {
        return new Remaps(jdbi(), clock, errands());
    }

    /** Which models ask for consent. */
    public ConsentModels consentModels() {
        return new ConsentModels(jdbi(), clock);
    }

    /** In which form models are asked for a price. */
    public QuoteForms quoteForms() {
        return new QuoteForms(jdbi(), clock);
    }

    /** Media that no consent helps. */
    public RefusedMedia refusedMedia() {
        return new RefusedMedia(jdbi(), clock);
    }

    /** The download_urls of private models, which are secrets. */
    public DownloadUrls downloadUrls() {
        return new DownloadUrls(jdbi(), clock);
    }

    /** How often videos were begun to be fetched. */
    public Downloads downloads() {
        return new Downloads(jdbi());
    }

    /** Which destination has which video. */
    public Deliveries deliveries() {
        return new Deliveries(jdbi(), clock, wakeups);
    }

    /** What jobs have to tell. */
    public JobEvents events() {
        return new JobEvents(jdbi(), clock);
    }

    /** The remote copies that are to be deleted, or were. */
    public CleanUps cleanUps() {
        return new CleanUps(jdbi(), clock, errands());
    }

    /** What bundles were taken from, until it is removed there. */
    public Receipts receipts() {
        return new Receipts(jdbi(), clock);
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

    /** Where its files lie. */
    public Path folder() {
        return folder;
    }

    public Errands errands() {
        return new Errands(jdbi(), clock, this::nextClaim, inHand);
    }

    /** What this program's workers are at. */
    public InHand inHand() {
        return inHand;
    }

    public ClockWatch clockWatch() {
        return clockWatch;
    }

    public Wakeups wakeups() {
        return wakeups;
    }

    /** How long it is until then, by the ledger's clock. */
    public Duration until(Instant at) {
        return Duration.between(clock.instant(), at);
    }

    public Jdbi jdbi() {
        return database.map(LedgerDatabase::jdbi)
                .orElseThrow(() -> new LedgerException("The ledger in " + folder + " is not open"));
    }

    private String nextClaim() {
        return node + "/" + claims.incrementAndGet();
    }
}
