package io.github.venicevideo.assembly;

import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.console.HealthChecks;
import io.github.venicevideo.console.LostMemory;
import io.github.venicevideo.console.Metrics;
import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DiskRoom;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.Looks;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.intake.rules.ModelWatch;
import io.github.venicevideo.intake.source.SourceWatch;
import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.ledger.work.JobsComponent;
import io.github.venicevideo.ledger.work.JobsTiming;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import io.github.venicevideo.venice.client.ApiAddress;
import io.github.venicevideo.venice.client.CallWatch;
import io.github.venicevideo.venice.client.VeniceClientConfigurer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** What more than one stage works with: the home, the ledger, the limits, the clients of the API. */
public final class SharedBeans {

    /** Bound before by the program itself. */
    public static final String ENDPOINT_OPTIONS = "veniceEndpointOptions";

    final CamelContext context;
    final Settings settings;
    final Api api;
    final Clock clock;
    final Home home;
    public final Drops drops;
    public final Sources sources;
    final SourceWatch sourceWatch;
    final Destinations destinations;
    final Ledger ledger;
    final Border border;
    final ConsentStore consentStore;
    final JobIds jobIds;
    final Looks looks;
    final Stays stays;
    final BundleFolders bundleFolders;
    final DiskRoom disk;
    final CatalogueCache catalogue;
    final Limits limits;
    final HealthChecks healthChecks;

    /** Opens the ledger, so that one that cannot be used is told before anything else is begun. */
    public SharedBeans(Beans beans, Clock clock, Settings settings, Api api) throws Exception {
        this.context = beans.context();
        this.settings = settings;
        this.api = beans.bind("veniceApi", Api.class, () -> api);
        this.clock = clock;
        Path root = Path.of(settings.required("venice.home"));
        this.home = beans.bind("veniceHome", Home.class, () -> Home.at(root));
        this.drops = beans.bind("veniceDrops", Drops.class, () -> new Drops(settings, home.root()));
        home.prepare(drops.all());
        this.sources = beans.bind("veniceSources", Sources.class, () -> new Sources(settings, drops));
        this.sourceWatch = beans.bind("veniceSourceWatch", SourceWatch.class, () -> new SourceWatch(clock, settings));
        this.destinations = beans.bind("veniceDestinations", Destinations.class, () -> new Destinations(settings, home.root()));
        Path ledgerFolder = settings.text("venice.ledger.dir").map(Path::of).orElse(home.root().resolve(".ledger"));
        checkPlaces(beans, ledgerFolder);
        this.ledger = beans.bind("veniceLedger", Ledger.class, () -> new Ledger(ledgerFolder, clock));
        beans.onFailure(ledger::stop);
        ledger.start();
        // Of one program alone, once the ledger is its own.
        this.border = beans.bind("veniceBorder", Border.class, () -> new Border(home));
        border.takeOverWhatIsLeft();
        ledger.tie(home, api.name(), ZoneId.of(settings.required("venice.zone")));
        beans.serve(ledger);
        this.consentStore = beans.bind(ConsentStore.BEAN, ConsentStore.class, ledger::consentStore);
        this.jobIds = beans.bind("veniceJobIds", JobIds.class, () -> new JobIds(clock));
        this.looks = beans.bind("veniceLooks", Looks.class, () -> new Looks(clock));
        drops.all().forEach(drop -> looks.expect(drop.name()));
        looks.expect("consents");
        this.stays = beans.bind("veniceStays", Stays.class, () -> new Stays(home));
        this.bundleFolders = beans.bind("veniceBundleFolders", BundleFolders.class,
                () -> new BundleFolders(home, border, ledger.folders()));
        this.disk = beans.bind("veniceDisk", DiskRoom.class,
                () -> DiskRoom.of(home.work(), settings.number("venice.disk.min-free") * 1_000_000L));
        this.catalogue = beans.bind("veniceCatalogue", CatalogueCache.class, () -> new CatalogueCache(
                home.root().resolve(CatalogueCache.FILE), api.name(), clock, settings.duration("venice.catalogue.refresh")));
        this.limits = beans.bind("veniceLimits", Limits.class,
                () -> new Limits(ledger, KeyId.of(api.name(), settings.text("venice.api.key")), clock, settings));
        // Services are stopped last to first: this one while there is still a ledger.
        beans.serve(limits);
        Metrics metrics = beans.bind("veniceMetrics", Metrics.class, () -> new Metrics(ledger, limits, settings, clock));
        LostMemory memory = LostMemory.watch(context);
        ModelWatch models = new ModelWatch(catalogue, drops, () -> ledger.modelSpeeds().all().keySet());
        this.healthChecks = beans.bind("veniceHealthChecks", HealthChecks.class,
                () -> new HealthChecks(home, drops, disk, ledger, destinations.names(), limits, sourceWatch::down,
                        sourceWatch::left, looks, stays, models::warning, memory::lost, settings.text("venice.events.uri")));
        beans.onFailure(() -> healthChecks.removeFrom(context));
        healthChecks.addTo(context);
        bindClients(beans, metrics.counting(limits));
        addJobs(beans);
    }

    private void checkPlaces(Beans beans, Path ledgerFolder) {
        beans.bind(ENDPOINT_OPTIONS, EndpointOptions.class, () -> EndpointOptions.ofHost(context))
                .check(settings, destinations, sources);
        new Overlaps(settings).check(destinations, sources, drops, new Places(home, ledgerFolder));
    }

    private void bindClients(Beans beans, CallWatch watch) {
        ApiAddress address = ApiAddress.of(api.url());
        Supplier<Optional<String>> key = () -> settings.text("venice.api.key");
        Duration timeout = settings.duration("venice.api.timeout");
        beans.bind("veniceApiClient", VeniceClientConfigurer.class,
                () -> VeniceClientConfigurer.api(address, key, timeout).watchedBy(watch, clock));
        VeniceClientConfigurer posts = beans.bind("veniceQueueClient", VeniceClientConfigurer.class,
                () -> VeniceClientConfigurer.queue(address, key, timeout).watchedBy(watch, clock));
        StopDeadline deadline = new StopDeadline(StopDeadline.USUAL, posts::abort, posts::allow);
        context.getManagementStrategy().addEventNotifier(deadline);
        beans.onFailure(() -> context.getManagementStrategy().removeEventNotifier(deadline));
        beans.bind("veniceDownloadClient", VeniceClientConfigurer.class,
                () -> VeniceClientConfigurer.download(timeout, settings.list("venice.download.allowed-hosts")));
    }

    private void addJobs(Beans beans) {
        if (context.hasComponent(JobsComponent.SCHEME) == null) {
            beans.onFailure(() -> context.removeComponent(JobsComponent.SCHEME));
            context.addComponent(JobsComponent.SCHEME, new JobsComponent(ledger, new JobsTiming(
                    settings.duration("venice.ledger.idle"), settings.duration("venice.ledger.lease"),
                    new Backoff(settings.duration("venice.retry.initial-delay"),
                            settings.duration("venice.retry.max-delay")))));
        }
    }
}
