package io.github.venicevideo.cli;

import io.github.venicevideo.console.ConsoleAddress;
import io.github.venicevideo.sandbox.Sandbox;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is different while nothing is sent anywhere: a home, an API and destinations of its own. */
final class SandboxMode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("venice-video");
    private static final String HOME = "venice-sandbox";

    private final Settings given;
    private final Path home;
    private final boolean ownHome;
    private Optional<Sandbox> server = Optional.empty();

    private SandboxMode(Settings given, Path home, boolean ownHome) {
        this.ownHome = ownHome;
        this.given = given;
        this.home = home;
    }

    /** A home that was set is taken; the one that is there without setting is never the sandbox's. */
    static SandboxMode of(Settings settings) {
        String home = settings.required("venice.home");
        boolean packaged = home.equals(Settings.packaged().required("venice.home"));
        return new SandboxMode(settings, Path.of(packaged ? HOME : home).toAbsolutePath().normalize(), packaged);
    }

    /** Starts the sandbox's own small Venice. */
    void start() throws Exception {
        start(home.resolve(".sandbox"));
    }

    /** The same, with what it keeps on disk in another folder than that of the home. */
    void start(Path folder) throws Exception {
        server = Optional.of(Sandbox.start(SandboxOptions.defaults(folder)));
    }

    /** Something else often listens on the usual port where this is tried out; a port that was set is not replaced. */
    static ConsoleAddress console(ConsoleAddress wanted) {
        String usual = Settings.packaged().required("venice.console.port");
        if (!usual.equals(String.valueOf(wanted.port()))) {
            return wanted;
        }
        ConsoleAddress had = wanted.orAnyFreePort();
        if (!had.equals(wanted)) {
            LOG.info("SANDBOX: port {} is taken, so the console takes a free one; venice.console.port sets it", usual);
        }
        return had;
    }

    @Override
    public void close() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    /** The API that listens now. */
    Api api() {
        return new Api(Api.SANDBOX, server.orElseThrow().apiUrl());
    }

    /** The given settings, with everything that leads outside turned to the sandbox's home. */
    Settings settings() {
        Map<String, String> changed = new LinkedHashMap<>();
        changed.put("venice.home", home.toString());
        if (ownHome) {
            changed.put("venice.ledger.dir", "");
        }
        changed.put("venice.events.uri", "");
        changed.put("venice.delivery.to", "videos");
        changed.put("venice.drop.sources", "");
        changed.put("venice.staging.uri", "");
        changed.put("venice.download.allowed-hosts", "127.0.0.1");
        if (given.required("venice.poll.min-interval").equals(Settings.packaged().required("venice.poll.min-interval"))) {
            changed.put("venice.poll.min-interval", "1s");
        }
        given.list("venice.drops").forEach(name -> changed.put("venice.drops." + name + ".folder", name));
        given.below("venice.destinations").keySet().stream().filter(name -> !name.contains("."))
                .forEach(name -> changed.put("venice.destinations." + name, "file:" + home.resolve("videos").resolve(name)));
        return given.withSandbox(changed);
    }
}
