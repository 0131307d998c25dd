package io.github.venicevideo;

import io.github.venicevideo.home.Drops;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.intake.BundleCheck;
import io.github.venicevideo.intake.BundleReader;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.CatalogueCache;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The command {@code --validate}: what would become of bundles if they were dropped, with these settings, now.
 *
 * <h2>Contract</h2>
 * Leaves the bundles and the home as they are, and needs neither the ledger nor its lock: it runs beside the program.
 * Sends nothing but the questions for the catalogue and the price; offline not even those. Without a key it asks the
 * sandbox's small Venice, as the program would; that one keeps what it writes in a folder that is removed afterwards.
 */
final class Validate implements Command {

    private final Clock clock;

    Validate(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String option() {
        return "--validate";
    }

    @Override
    public String operands() {
        return "PATH... [--offline] [--drop NAME] [--json]";
    }

    @Override
    public String says() {
        return "check bundles and ask what they cost, without dropping them; exits with 0, or 3 when one is not right"
                + " or costs too much, or 1 when one could not be checked";
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception {
        ValidateOptions options = ValidateOptions.parse(operands);
        Validation validation = validation(start, options);
        out.print(options.json() ? ValidationJson.of(validation) : ValidationText.of(validation));
        out.flush();
        return validation.exitStatus();
    }

    /** Checks the bundles, one after the other. */
    Validation validation(CommandSettings start, ValidateOptions options) throws Exception {
        Path scratch = Files.createTempDirectory("venice-video-validate");
        try {
            Api configured = Api.at(start.settings().required("venice.api.url"));
            if (options.offline()) {
                Api api = start.sandbox() ? new Api(Api.SANDBOX, configured.url()) : configured;
                return check(start, options, api, scratch, Optional.empty());
            }
            if (!start.sandbox()) {
                try (ApiCalls calls = ApiCalls.open(configured, start, clock)) {
                    return check(start, options, configured, scratch, Optional.of(calls));
                }
            }
            try (SandboxMode sandbox = SandboxMode.of(start.settings())) {
                sandbox.start(scratch.resolve("sandbox"));
                try (ApiCalls calls = ApiCalls.open(sandbox.api(), start, clock)) {
                    return check(start, options, sandbox.api(), scratch, Optional.of(calls));
                }
            }
        } finally {
            DurableFiles.deleteTree(scratch);
        }
    }

    private Validation check(CommandSettings start, ValidateOptions options, Api api, Path scratch, Optional<ApiCalls> calls)
            throws IOException {
        Settings settings = start.settings();
        Drops drops = new Drops(settings, start.home());
        Destinations destinations = new Destinations(settings, start.home());
        CatalogueCache catalogue = catalogue(settings, api, start.home(), scratch);
        calls.filter(any -> catalogue.isDue()).ifPresent(asking -> asking.catalogue(catalogue));
        BundleCheck check = new BundleCheck(new BundleReader(catalogue, settings, destinations), scratch);
        BundleVerdict each = new BundleVerdict(check, drops, destinations, calls, options.drop(), catalogue);
        List<Verdict> verdicts = options.bundles().stream().map(each::of).toList();
        return new Validation(api.url(), start.sandbox() && !options.offline(), options.offline(),
                catalogue.get().isPresent(), verdicts);
    }

    /** What the program last heard, in a copy: that of the home is the program's own to write. */
    private CatalogueCache catalogue(Settings settings, Api api, Path home, Path scratch) throws IOException {
        Path copy = scratch.resolve(CatalogueCache.FILE);
        try {
            Files.copy(home.resolve(CatalogueCache.FILE), copy);
        } catch (NoSuchFileException e) {
            // Nothing was heard yet.
        }
        return new CatalogueCache(copy, api.name(), clock, settings.duration("venice.catalogue.refresh"));
    }
}
