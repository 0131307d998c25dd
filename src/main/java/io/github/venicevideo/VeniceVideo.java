package io.github.venicevideo;

import io.github.venicevideo.attestation.ConsentStore;
import io.github.venicevideo.console.ConsoleAddress;
import io.github.venicevideo.console.ConsoleGuard;
import io.github.venicevideo.console.ConsoleServer;
import io.github.venicevideo.console.ConsoleToken;
import io.github.venicevideo.console.HealthChecks;
import io.github.venicevideo.console.Metrics;
import io.github.venicevideo.deliver.AnswerWays;
import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DiskRoom;
import io.github.venicevideo.home.Drop;
import io.github.venicevideo.home.Drops;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.Looks;
import io.github.venicevideo.home.Sources;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.intake.ModelWatch;
import io.github.venicevideo.intake.SourceRoutes;
import io.github.venicevideo.intake.SourceWatch;
import io.github.venicevideo.ledger.JobsComponent;
import io.github.venicevideo.ledger.JobsTiming;
import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Limits;
import io.github.venicevideo.poll.ExpectedGainPlan;
import io.github.venicevideo.poll.PollPlan;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.InvalidSettingException;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.settings.SettingsCheck;
import io.github.venicevideo.submit.UploadParts;
import io.github.venicevideo.venice.ApiAddress;
import io.github.venicevideo.venice.Backoff;
import io.github.venicevideo.venice.CallWatch;
import io.github.venicevideo.venice.CatalogueCache;
import io.github.venicevideo.venice.VeniceClientConfigurer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Adds the whole bundle to a {@link CamelContext}: the shared beans, and the routes, in their order.
 *
 * <p>A bean that the registry holds already under the same name is left as it is, so that a host can bring its own:
 * {@code veniceClock} ({@link Clock}), {@code venicePollPlan} ({@link PollPlan}), {@code veniceConsentStore}
 * ({@link ConsentStore}), {@code veniceSettings}.
 */
public final class VeniceVideo {

    private static final String CONSOLE = "console.camel.yaml";

    /** The route files, in the order in which they are loaded. */
    static final List<String> ROUTE_FILES = List.of("errors.camel.yaml", "1-intake.camel.yaml", "2-submit.camel.yaml",
            "3-consent.camel.yaml", "4-poll.camel.yaml", "5-deliver.camel.yaml", CONSOLE);

    /** Bound before by the program itself. */
    static final String ENDPOINT_OPTIONS = "veniceEndpointOptions";

    private static final String PACKAGED_ROUTES = "classpath:venice-video/routes/";

    private static final int DROP_WORKERS = 8;

    private VeniceVideo() {
    }

    /**
     * Adds the bundle, with the context's {@code venice.*} properties as settings.
     *
     * @param context may have routes of its own, and may be started already or later
     * @throws InvalidSettingException when a setting is missing or cannot be used; without {@code venice.api.key} there
     *         is nothing that this program would do for a host
     * @throws Exception when a folder, the ledger or a route file cannot be used; the message says what to do
     */
    public static void addTo(CamelContext context) throws Exception {
        addTo(context, Map.of());
    }

    /** The same with settings that are laid over the context's properties. */
    public static void addTo(CamelContext context, Map<String, String> settings) throws Exception {
        Settings merged = HostSettings.of(context).with(settings);
        SettingsCheck.of(merged).tell();
        merged.required("venice.api.key");
        addTo(context, merged, Api.at(merged.required("venice.api.url")));
    }

    /** In a host, the console's routes are served by the host's own {@code platform-http}, to whoever bears the token. */
    static void addTo(CamelContext context, Settings given, Api api) throws Exception {
        addTo(context, given, api, Optional.empty());
    }

    /** @param console where a server of our own listens for the console */
    static void addTo(CamelContext context, Settings given, Api api, Optional<ConsoleAddress> console) throws Exception {
        Settings settings = bound(context, "veniceSettings", Settings.class, () -> HostSettings.of(context).resolved(given))
                .with(Map.of("venice.api.url", api.url()));
        SettingsSource.add(context, settings);
        try {
            add(context, settings, api, console);
        } catch (InvalidSettingException e) {
            throw e.setIn(settings);
        }
    }

    private static void add(CamelContext context, Settings settings, Api api, Optional<ConsoleAddress> console) throws Exception {
        bind(context, settings, api);
        Optional<ConsoleToken> token = ConsoleToken.of(settings);
        boolean served = console.isPresent() || token.isPresent();
        bound(context, "veniceAnswerWays", AnswerWays.class, () -> new AnswerWays(settings.flag("venice.answers.files"), served));
        bound(context, "veniceConsoleGuard", ConsoleGuard.class, () -> new ConsoleGuard(token));
        if (console.isPresent()) {
            ConsoleServer server = new ConsoleServer(console.get(), context);
            // Started now, so that a port that cannot be had is told before any work is begun.
            server.start();
            context.addService(server, true, false);
        }
        OwnErrorHandlers.watch(context);
        checkRoutes(settings);
        Path routes = settings.text("venice.routes.dir").map(Path::of).orElse(Path.of(""));
        PluginHelper.getRoutesLoader(context).loadRoutes(ROUTE_FILES.stream()
                .filter(name -> !name.equals(CONSOLE) || served)
                .map(name -> resource(context, settings, routes, name))
                .toList());
        addDrops(context);
        addSources(context);
    }

    private static void bind(CamelContext context, Settings settings, Api api) throws Exception {
        Clock clock = bound(context, "veniceClock", Clock.class, VeniceVideo::systemClock);
        Path root = Path.of(settings.required("venice.home"));
        Home home = bound(context, "veniceHome", Home.class, () -> Home.at(root));
        Drops drops = bound(context, "veniceDrops", Drops.class, () -> new Drops(settings, home.root()));
        home.prepare(drops.all());
        Sources sources = bound(context, "veniceSources", Sources.class, () -> new Sources(settings, drops));
        Destinations destinations = bound(context, "veniceDestinations", Destinations.class,
                () -> new Destinations(settings, home.root()));
        bound(context, ENDPOINT_OPTIONS, EndpointOptions.class, () -> EndpointOptions.ofHost(context))
                .check(settings, destinations, sources);
        new Overlaps(settings).check(destinations, sources, drops, new Places(home,
                settings.text("venice.ledger.dir").map(Path::of).orElse(home.root().resolve(".ledger"))));
        Ledger ledger = bound(context, "veniceLedger", Ledger.class, () -> new Ledger(
                settings.text("venice.ledger.dir").map(Path::of).orElse(home.root().resolve(".ledger")), clock));
        // Opened now, so that a ledger that cannot be used is told before anything else is begun.
        ledger.start();
        // Of one program alone, once the ledger is its own.
        Border border = bound(context, "veniceBorder", Border.class, () -> new Border(home));
        border.takeOverWhatIsLeft();
        ledger.tie(home, api.name(), ZoneId.of(settings.required("venice.zone")));
        context.addService(ledger, true, false);
        bound(context, ConsentStore.BEAN, ConsentStore.class, ledger::consentStore);
        bound(context, "veniceApi", Api.class, () -> api);
        bound(context, "veniceJobIds", JobIds.class, () -> new JobIds(clock));
        Looks looks = bound(context, "veniceLooks", Looks.class, () -> new Looks(clock));
        drops.all().forEach(drop -> looks.expect(drop.name()));
        looks.expect("consents");
        Stays stays = bound(context, "veniceStays", Stays.class, () -> new Stays(home));
        bound(context, "veniceBundleFolders", BundleFolders.class, () -> new BundleFolders(home, border, ledger.folders()));
        DiskRoom disk = bound(context, "veniceDisk", DiskRoom.class, () -> DiskRoom.of(home.work(),
                settings.number("venice.disk.min-free") * 1_000_000L));
        bound(context, "venicePollPlan", PollPlan.class,
                () -> new ExpectedGainPlan(settings.duration("venice.poll.min-interval")));
        bound(context, "veniceCamelContext", CamelContext.class, () -> context);
        bound(context, "veniceUploadParts", UploadParts.class, () -> UploadParts.USUAL);
        CatalogueCache catalogue = bound(context, "veniceCatalogue", CatalogueCache.class, () -> new CatalogueCache(
                home.root().resolve(CatalogueCache.FILE), api.name(), clock, settings.duration("venice.catalogue.refresh")));
        Limits limits = bound(context, "veniceLimits", Limits.class, () -> new Limits(ledger,
                KeyId.of(api.name(), settings.text("venice.api.key")), clock, settings));
        // Services are stopped last to first: this one while there is still a ledger.
        context.addService(limits, true, false);
        Metrics metrics = bound(context, "veniceMetrics", Metrics.class, () -> new Metrics(ledger, limits, settings, clock));
        bound(context, "veniceHealthChecks", HealthChecks.class,
                () -> new HealthChecks(home, drops, disk, ledger, destinations.names(), limits, () -> downSources(context),
                        () -> leftInSources(context), looks, stays,
                        new ModelWatch(catalogue, drops, () -> ledger.modelSpeeds().all().keySet())::warning)).addTo(context);
        bindClients(context, settings, api, metrics.counting(limits), clock);
        if (context.hasComponent(JobsComponent.SCHEME) == null) {
            context.addComponent(JobsComponent.SCHEME, new JobsComponent(ledger, new JobsTiming(
                    settings.duration("venice.ledger.idle"), settings.duration("venice.ledger.lease"),
                    new Backoff(settings.duration("venice.retry.initial-delay"),
                            settings.duration("venice.retry.max-delay")))));
        }
    }

    /** The one clock that is the machine's own. */
    static Clock systemClock() {
        return Clock.systemUTC();
    }

    private static void bindClients(CamelContext context, Settings settings, Api api, CallWatch limits,
            Clock clock) {
        ApiAddress address = ApiAddress.of(api.url());
        Supplier<Optional<String>> key = () -> settings.text("venice.api.key");
        Duration timeout = settings.duration("venice.api.timeout");
        bound(context, "veniceApiClient", VeniceClientConfigurer.class,
                () -> VeniceClientConfigurer.api(address, key, timeout).watchedBy(limits, clock));
        VeniceClientConfigurer posts = bound(context, "veniceQueueClient", VeniceClientConfigurer.class,
                () -> VeniceClientConfigurer.queue(address, key, timeout).watchedBy(limits, clock));
        context.getManagementStrategy().addEventNotifier(new StopDeadline(StopDeadline.USUAL, posts::abort,
                posts::allow));
        bound(context, "veniceDownloadClient", VeniceClientConfigurer.class,
                () -> VeniceClientConfigurer.download(timeout, settings.list("venice.download.allowed-hosts")));
    }

    /** The watch comes with the routes. */
    private static Map<String, String> downSources(CamelContext context) {
        SourceWatch watch = context.getRegistry().lookupByNameAndType("veniceSourceWatch", SourceWatch.class);
        return watch == null ? Map.of() : watch.down();
    }

    private static List<String> leftInSources(CamelContext context) {
        SourceWatch watch = context.getRegistry().lookupByNameAndType("veniceSourceWatch", SourceWatch.class);
        return watch == null ? List.of() : watch.left();
    }

    private static void addDrops(CamelContext context) {
        // Two cores are busy with so many while the others wait for the disk.
        context.getExecutorServiceManager().registerThreadPoolProfile(new ThreadPoolProfileBuilder("venice-drop")
                .poolSize(DROP_WORKERS).maxPoolSize(DROP_WORKERS).maxQueueSize(1_000).build());
        for (Drop drop : context.getRegistry().lookupByNameAndType("veniceDrops", Drops.class).all()) {
            TemplatedRouteBuilder.builder(context, "venice-drop")
                    .routeId("venice-drop-" + drop.name())
                    .parameter("drop", drop.name())
                    .add();
        }
    }

    private static void addSources(CamelContext context) {
        SourceRoutes routes = new SourceRoutes(context);
        context.getRegistry().lookupByNameAndType("veniceSources", Sources.class).all().forEach(routes::add);
    }

    private static Resource resource(CamelContext context, Settings settings, Path routes, String name) {
        if (settings.text("venice.routes.dir").isEmpty()) {
            return ResourceHelper.resolveResource(context, PACKAGED_ROUTES + name);
        }
        return ResourceHelper.resolveResource(context, "file:" + routes.resolve(name));
    }

    /** @throws InvalidSettingException when a folder of route files is set, and does not hold them all */
    static void checkRoutes(Settings settings) {
        settings.text("venice.routes.dir").ifPresent(folder -> ROUTE_FILES.stream()
                .filter(name -> !Files.isRegularFile(Path.of(folder).resolve(name))).findFirst().ifPresent(name -> {
                    throw new InvalidSettingException("venice.routes.dir", folder,
                            "a folder that holds all of " + ROUTE_FILES + "; " + name + " is not there");
                }));
    }

    private static <T> T bound(CamelContext context, String name, Class<T> type, Supplier<T> otherwise) {
        T there = context.getRegistry().lookupByNameAndType(name, type);
        if (there != null) {
            return there;
        }
        T made = otherwise.get();
        context.getRegistry().bind(name, made);
        return made;
    }
}
