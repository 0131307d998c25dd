package io.github.venicevideo.cli;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.assembly.Assembly;
import io.github.venicevideo.assembly.EndpointOptions;
import io.github.venicevideo.assembly.HostSettings;
import io.github.venicevideo.assembly.SharedBeans;
import io.github.venicevideo.console.ConsoleAddress;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.consent.ConsentHead;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.settings.SettingsCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundle on Camel Main. */
final class Program {

    private static final Logger LOG = LoggerFactory.getLogger("venice-video");
    private static final int FAILED = 1;
    static final int SHUTDOWN_SECONDS = 20;

    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param out for a command's answer
     * @param err for why there is none
     */
    Program(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs until the process is told to stop.
     *
     * @return the exit status
     */
    int run(CommandLine line) throws Exception {
        if (line.command().isPresent()) {
            return run(line.command().get(), line);
        }
        try {
            Optional<Path> config = config(line);
            Settings settings = settings(config);
            SettingsCheck check = SettingsCheck.of(settings);
            if (!check.refusals().isEmpty()) {
                check.refusals().forEach(Program::notStarted);
                return FAILED;
            }
            if (settings.text("venice.api.key").isPresent()) {
                LOG.info("Venice Video Routes {}, sending to {}", version(), settings.required("venice.api.url"));
                tellConfig(config);
                check.tell();
                return run(config, settings, Api.at(settings.required("venice.api.url")), Optional.empty());
            }
            LOG.info("SANDBOX: no venice.api.key is set, so nothing is sent anywhere and nothing is paid for");
            tellConfig(config);
            check.tell();
            SandboxMode sandbox = SandboxMode.of(settings);
            try (sandbox) {
                sandbox.start();
                return run(config, sandbox.settings(), sandbox.api(), Optional.of(settings));
            }
        } catch (Exception e) {
            notStarted(StartFailure.inWords(e));
            LOG.debug("Not started", e);
            return FAILED;
        }
    }

    private static void notStarted(String why) {
        LOG.error("Not started: {}", why);
    }

    private int run(Command command, CommandLine line) {
        try {
            Optional<Path> config = config(line);
            Settings settings = settings(config);
            SettingsCheck check = SettingsCheck.of(settings);
            if (!command.checksSettings()) {
                if (!check.refusals().isEmpty()) {
                    check.refusals().forEach(err::println);
                    return FAILED;
                }
                check.tell();
            }
            return command.run(CommandSettings.of(settings, properties(config)), line.operands(), new ShownOutput(out));
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println(CommandLine.usage());
            return VeniceVideoMain.USAGE;
        } catch (Exception e) {
            err.println(StartFailure.inWords(e));
            LOG.debug("{} went wrong", command.option(), e);
            return FAILED;
        }
    }

    /** @param given in the sandbox, what the settings would be with a key */
    private int run(Optional<Path> config, Settings settings, Api api, Optional<Settings> given) throws Exception {
        boolean sandbox = given.isPresent();
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().withName("venice-video").withShutdownTimeout(SHUTDOWN_SECONDS).withUseMdcLogging(true)
                .withAutoConfigurationEnvironmentVariablesEnabled(false);
        // Before the host's own: what the file says about Camel itself is Camel Main's to read.
        properties(config).forEach((key, value) -> {
            if (String.valueOf(key).startsWith("camel.")) {
                main.addInitialProperty(String.valueOf(key), String.valueOf(value));
            }
        });
        StartFailure failure = new StartFailure();
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport support) {
                failure.run(() -> {
                    GivenPlaces.check(support.getCamelContext(), given.orElse(settings));
                    LastMemory.watch(support.getCamelContext());
                    support.getCamelContext().getRegistry().bind(SharedBeans.ENDPOINT_OPTIONS,
                            EndpointOptions.ofProgram(support.getCamelContext()));
                    Assembly.addToOwn(support.getCamelContext(), settings, api,
                            ConsoleAddress.of(settings).map(address -> sandbox ? SandboxMode.console(address) : address));
                    checkHome(support.getCamelContext(), api);
                });
            }

            @Override
            public void afterStart(BaseMainSupport support) {
                failure.run(() -> started(support.getCamelContext(), settings, sandbox));
            }

            @Override
            public void beforeStop(BaseMainSupport support) {
                LOG.info("Stopping: nothing more is taken, and what is in hand may finish for {} s", SHUTDOWN_SECONDS);
            }

            @Override
            public void afterStop(BaseMainSupport support) {
                LOG.info("Stopped");
            }
        });
        try {
            main.run();
            return main.getExitCode();
        } catch (Exception e) {
            notStarted(failure.sentence(e));
            LOG.debug("Not started", e);
            return FAILED;
        }
    }

    private static void started(CamelContext context, Settings settings, boolean sandbox) throws IOException {
        Drops drops = context.getRegistry().lookupByNameAndType("veniceDrops", Drops.class);
        Ledger ledger = context.getRegistry().lookupByNameAndType("veniceLedger", Ledger.class);
        Map<JobState, Long> jobs = ledger.overview().jobs();
        if (!jobs.isEmpty()) {
            LOG.info("Jobs in the ledger: {}", jobs.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey()).collect(Collectors.joining(", ")));
        }
        ConsentHead head = ledger.consentReport().head();
        if (head.entries() > 0) {
            LOG.info("Head of the chain of consents: {}", head);
        }
        drops.all().forEach(drop -> LOG.info("Drop bundles into {}", drop.folder()));
        LOG.info("Videos go to {}", settings.required("venice.delivery.to").equals("videos")
                ? Path.of(settings.required("venice.home")).toAbsolutePath().normalize().resolve("videos")
                : settings.required("venice.delivery.to"));
        if (!sandbox && drops.all().stream().noneMatch(drop -> drop.budget().isLimited()) && !drops.budget().isLimited()) {
            LOG.warn("No budget is set, so nothing limits what is spent: see venice.budget.per-job and venice.budget.per-day");
        }
        if (sandbox && jobs.isEmpty() && !drops.all().isEmpty()) {
            new Samples().dropInto(drops.all().get(0).folder());
        }
    }

    /** Make-believe must not mix with what was paid for. */
    private static void checkHome(CamelContext context, Api api) {
        Ledger ledger = context.getRegistry().lookupByNameAndType("veniceLedger", Ledger.class);
        if (api.isSandbox() && ledger.jobs().anyOfOtherApi(Api.SANDBOX)) {
            throw new InvalidSettingException("venice.api.key", "", "a key, since this home has held real jobs. To play"
                    + " in the sandbox, set venice.home to another folder");
        }
    }

    private static Optional<Path> config(CommandLine line) {
        if (line.config().isPresent() && !Files.isRegularFile(line.config().get())) {
            throw new IllegalArgumentException("There is no file " + line.config().get() + ", which --config names");
        }
        return line.settingsFile();
    }

    private static Settings settings(Optional<Path> config) throws IOException {
        Settings settings = Settings.packaged();
        if (config.isPresent()) {
            settings = settings.withFile(config.get());
        }
        settings = settings.withEnvironment(System.getenv()).withSystem(System.getProperties(), true);
        if (settings.hasPlaceholders()) {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.getPropertiesComponent().setInitialProperties(properties(config));
                return HostSettings.of(context).resolved(settings);
            }
        }
        return settings;
    }

    private static Properties properties(Optional<Path> config) throws IOException {
        Properties properties = new Properties();
        if (config.isPresent()) {
            try (Reader reader = Files.newBufferedReader(config.get())) {
                properties.load(reader);
            }
        }
        return properties;
    }

    private static void tellConfig(Optional<Path> config) {
        LOG.info("Settings: the packaged ones{}", config.map(file -> ", then " + file.toAbsolutePath().normalize())
                .orElse("; there is no application.properties in this folder"));
    }

    static String version() {
        return Optional.ofNullable(Program.class.getPackage().getImplementationVersion()).orElse("dev");
    }
}
