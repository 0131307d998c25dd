package io.github.venicevideo.cli;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.settings.Origin;
import io.github.venicevideo.settings.Setting;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.settings.SettingsCheck;
import io.github.venicevideo.settings.SettingsTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;

/** {@code --settings}: what holds and where it is set, and whether a start could use it. */
final class SettingsCommand implements Command {

    private static final List<String> SECRETS = List.of("venice.api.key", "venice.console.token");

    @Override
    public String option() {
        return "--settings";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public String says() {
        return "print the settings that hold, and check them";
    }

    @Override
    public boolean checksSettings() {
        return true;
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception {
        if (!operands.isEmpty()) {
            throw new UsageException("--settings takes nothing after it, not " + String.join(" ", operands));
        }
        Settings settings = start.settings();
        Stream.concat(SettingsTable.ALL.stream().map(Setting::key), settings.keys().stream().filter(key -> SettingsTable.name(key).isPresent()))
                .forEach(key -> out.println(line(settings, key)));
        SettingsCheck check = SettingsCheck.of(start.given());
        List<String> refusals = new ArrayList<>(check.refusals());
        if (refusals.isEmpty()) {
            refusals.addAll(places(start));
        }
        out.println();
        check.warnings().forEach(warning -> out.println("WARNING: " + warning));
        refusals.forEach(refusal -> out.println("WRONG: " + refusal));
        out.println(refusals.isEmpty() ? "The program can start with these settings." : "The program does not start with these settings.");
        return refusals.isEmpty() ? 0 : 1;
    }

    private static String line(Settings settings, String key) {
        String value = settings.text(key).orElse("");
        boolean secret = SECRETS.stream().flatMap(hidden -> settings.text(hidden).stream()).anyMatch(value::contains);
        String shown = secret ? "(not shown)" : SettingsTable.find(key).map(setting -> setting.shown(value)).orElse("");
        return key + "=" + shown + settings.origin(key).map(Origin::place).map(place -> "   " + place).orElse("");
    }

    private static List<String> places(CommandSettings start) throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GivenPlaces.check(context, start.given());
            Stream<Path> drops = new Drops(start.settings(), start.home()).all().stream().map(Drop::folder);
            Home.at(start.home()).checkRoom(Stream.concat(drops, Stream.of(start.ledger())).toList());
            return List.of();
        } catch (InvalidSettingException | IOException e) {
            return List.of(e.getMessage());
        }
    }
}
