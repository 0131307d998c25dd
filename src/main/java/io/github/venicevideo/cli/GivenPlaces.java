package io.github.venicevideo.cli;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.assembly.EndpointOptions;
import io.github.venicevideo.assembly.Overlaps;
import io.github.venicevideo.assembly.Places;
import io.github.venicevideo.assembly.RouteFiles;
import io.github.venicevideo.consent.StandingConsent;
import io.github.venicevideo.console.ConsoleAddress;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.intake.source.SourceRoutes;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Path;
import java.time.ZoneId;
import org.apache.camel.CamelContext;

/** Looks at where the settings lead, and at those that go together, without going there: neither is a folder made nor an endpoint started. */
final class GivenPlaces {

    private GivenPlaces() {
    }

    /** @throws InvalidSettingException names what a start with these settings would stumble over */
    static void check(CamelContext context, Settings settings) {
        try {
            Home home = Home.at(Path.of(settings.required("venice.home")));
            Drops drops = new Drops(settings, home.root());
            Sources sources = new Sources(settings, drops);
            Destinations destinations = new Destinations(settings, home.root());
            drops.all().forEach(drop -> destinations.checkNames("venice.drops." + drop.name() + ".deliver-to", drop.deliverTo()));
            EndpointOptions.ofProgram(context).check(settings, destinations, sources);
            new Overlaps(settings).check(destinations, sources, drops, new Places(home,
                    settings.text("venice.ledger.dir").map(Path::of).orElse(home.root().resolve(".ledger"))));
            sources.all().forEach(SourceRoutes::check);
            StandingConsent.all(settings, drops, ZoneId.of(settings.checked("venice.zone")));
            RouteFiles.check(settings);
            ConsoleAddress.of(settings);
        } catch (InvalidSettingException e) {
            throw settings.located(e);
        }
    }
}
