package io.github.venicevideo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.intake.rules.ListedModel;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.catalogue.Catalogue;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code --models}: what the API lists, what each model takes, until when, and what it costs. Asks for the catalogue, and for
 * prices when it is to; what the program last heard is shown where nobody answers, with its age.
 */
final class ModelsCommand implements Command {

    /** The provider blocks a key after twenty failures in 30 s (contract, "Errors"), and a program may run on the same one. */
    private static final int MOST_REFUSALS = 10;
    private static final List<String> OPTIONS = List.of("--json", "--price", "--offline");

    private final Clock clock;

    ModelsCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String option() {
        return "--models";
    }

    @Override
    public String operands() {
        return "[--price] [--offline] [--json]";
    }

    @Override
    public String says() {
        return "print which models the API lists, what each takes and until when, and what the default job of each costs";
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception {
        operands.stream().filter(operand -> !OPTIONS.contains(operand)).findFirst().ifPresent(unknown -> {
            throw new UsageException("--models takes " + String.join(", ", OPTIONS) + " or nothing, not " + unknown);
        });
        boolean offline = operands.contains("--offline");
        if (offline && operands.contains("--price")) {
            throw new UsageException("--models --offline asks nobody, so that it has no prices: leave --price out");
        }
        return AskedApi.during(start, offline, clock, asked -> {
            asked.calls().ifPresent(calls -> calls.catalogue(asked.catalogue()));
            Optional<Catalogue> catalogue = asked.catalogue().get();
            List<ListedModel> models = catalogue.map(known -> ListedModel.all(known, new Drops(start.settings(), start.home())
                    .all().get(0))).orElse(List.of());
            Map<String, Long> prices = operands.contains("--price") ? prices(models, asked.calls().orElseThrow()) : Map.of();
            ObjectNode listing = ModelsListing.of(models, prices, asked.api().url(), start.sandbox() && !offline);
            asked.catalogue().heard().ifPresent(heard -> listing.put("heard_at", heard.toString())
                    .put("age_seconds", Math.max(0, Duration.between(heard, Instant.now(clock)).toSeconds())));
            out.print(operands.contains("--json") ? new String(Json.pretty(listing), StandardCharsets.UTF_8).strip()
                    + System.lineSeparator() : ModelsListing.text(listing));
            out.flush();
            return models.isEmpty() ? 1 : 0;
        });
    }

    private static Map<String, Long> prices(List<ListedModel> models, ApiCalls calls) {
        Map<String, Long> prices = new LinkedHashMap<>();
        int refusals = 0;
        for (ListedModel listed : models) {
            if (refusals < MOST_REFUSALS) {
                QuoteOutcome outcome = calls.price(listed.job(), listed.model());
                if (outcome instanceof QuoteOutcome.Priced priced) {
                    prices.put(listed.model().id(), priced.microUsd());
                } else {
                    refusals++;
                }
            }
        }
        return prices;
    }
}
