package io.github.venicevideo.cli;

import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.intake.bundle.BundleCheck;
import io.github.venicevideo.intake.bundle.BundleReader;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

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
        return AskedApi.during(start, options.offline(), clock, asked -> check(start, options, asked));
    }

    private static Validation check(CommandSettings start, ValidateOptions options, AskedApi asked) {
        Settings settings = start.settings();
        Drops drops = new Drops(settings, start.home());
        Destinations destinations = new Destinations(settings, start.home());
        CatalogueCache catalogue = asked.catalogue();
        asked.calls().filter(any -> catalogue.isDue()).ifPresent(calls -> calls.catalogue(catalogue));
        BundleCheck check = new BundleCheck(new BundleReader(catalogue, settings, destinations), asked.scratch());
        BundleVerdict each = new BundleVerdict(check, drops, destinations, asked.calls(), options.drop(), catalogue);
        List<Verdict> verdicts = options.bundles().stream().map(each::of).toList();
        return new Validation(asked.api().url(), start.sandbox() && !options.offline(), options.offline(),
                catalogue.get().isPresent(), verdicts);
    }
}
