package io.github.venicevideo.assembly;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.console.ConsoleAddress;
import io.github.venicevideo.console.ConsoleServer;
import io.github.venicevideo.console.ConsoleToken;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.intake.source.SourceRoutes;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;

/** Puts the bundle together: the shared beans, and the routes, in their order. */
public final class Assembly {

    private static final int DROP_WORKERS = 8;
    /** Bound first of all that is ours alone. */
    private static final String HOME = "veniceHome";

    private Assembly() {
    }

    /**
     * Adds everything to a context of a host.
     *
     * @param console where a server of our own listens for the console
     */
    public static void addTo(CamelContext context, Settings given, Api api, Optional<ConsoleAddress> console) throws Exception {
        add(context, given, api, console, true);
    }

    /** The same for the program by itself, in whose context nobody has routes that call ours. */
    public static void addToOwn(CamelContext context, Settings given, Api api, Optional<ConsoleAddress> console) throws Exception {
        add(context, given, api, console, false);
    }

    private static void add(CamelContext context, Settings given, Api api, Optional<ConsoleAddress> console, boolean hosted)
            throws Exception {
        if (context.getRegistry().lookupByName(HOME) != null) {
            throw new IllegalStateException("Venice Video Routes are in the context " + context.getName() + " already: add them once");
        }
        Beans beans = new Beans(context);
        try {
            Settings settings = beans.bind("veniceSettings", Settings.class, () -> HostSettings.of(context).resolved(given))
                    .with(Map.of("venice.api.url", api.url()));
            beans.onFailure(SettingsSource.add(context, settings)::clear);
            add(beans, settings, api, console, hosted);
        } catch (Exception | Error e) {
            beans.undo(e);
            throw e;
        }
    }

    private static void add(Beans beans, Settings settings, Api api, Optional<ConsoleAddress> console, boolean hosted)
            throws Exception {
        try {
            bindAndLoad(beans, settings, api, console, hosted);
        } catch (InvalidSettingException e) {
            throw settings.located(e);
        }
    }

    private static void bindAndLoad(Beans beans, Settings settings, Api api, Optional<ConsoleAddress> console, boolean hosted)
            throws Exception {
        CamelContext context = beans.context();
        Optional<ConsoleToken> token = ConsoleToken.of(settings);
        boolean served = console.isPresent() || token.isPresent();
        SharedBeans shared = new SharedBeans(beans, beans.bind("veniceClock", Clock.class, Assembly::systemClock), settings, api);
        IntakeBeans.bind(beans, shared);
        SubmitBeans.bind(beans, shared);
        ConsentBeans.bind(beans, shared);
        PollBeans.bind(beans, shared);
        DeliverBeans.bind(beans, shared, served);
        ConsoleBeans.bind(beans, shared, token);
        if (console.isPresent()) {
            ConsoleServer server = new ConsoleServer(console.get(), context);
            // Started now, so that a port that cannot be had is told before any work is begun.
            server.start();
            beans.serve(server);
        }
        OwnRoutes.watch(context);
        RouteFiles.check(settings);
        Map<String, Boolean> used = Map.of(RouteFiles.HOST, hosted, RouteFiles.SOURCES, !shared.sources.all().isEmpty(),
                RouteFiles.CONSOLE, served);
        RouteFiles.of(context, settings).load(RouteFiles.ALL.stream().filter(name -> used.getOrDefault(name, true)).toList());
        addDrops(context, shared.drops);
        SourceRoutes sources = new SourceRoutes(context);
        shared.sources.all().forEach(sources::add);
    }

    /** The one clock that is the machine's own. */
    public static Clock systemClock() {
        return Clock.systemUTC();
    }

    private static void addDrops(CamelContext context, Drops drops) {
        // Two cores are busy with so many while the others wait for the disk.
        context.getExecutorServiceManager().registerThreadPoolProfile(new ThreadPoolProfileBuilder("venice-drop")
                .poolSize(DROP_WORKERS).maxPoolSize(DROP_WORKERS).maxQueueSize(1_000).build());
        for (Drop drop : drops.all()) {
            TemplatedRouteBuilder.builder(context, "venice-drop")
                    .routeId("venice-drop-" + drop.name())
                    .parameter("drop", drop.name())
                    .add();
        }
    }
}
