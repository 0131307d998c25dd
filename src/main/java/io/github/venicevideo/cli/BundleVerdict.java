package io.github.venicevideo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.bundle.BundleCheck;
import io.github.venicevideo.settings.Destination;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.submit.PriceQuestion;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.answer.Refused;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.answer.Wait;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.request.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Comes to a verdict on one bundle at a time: reads it, asks its price, compares that with the limits. */
final class BundleVerdict {

    /** The provider blocks a key after twenty failures in 30 s (contract, "Errors"), and a program may run on the same one. */
    private static final int MOST_REFUSALS = 10;

    private final BundleCheck check;
    private final Drops drops;
    private final Destinations destinations;
    private final Optional<ApiCalls> calls;
    private final Optional<String> dropName;
    private final Supplier<Optional<Catalogue>> catalogue;
    private int refusals;

    /**
     * @param calls whom to ask for prices; empty: nobody
     * @param dropName whose bundles they are to be; empty: by where they lie
     * @param catalogue what is listed
     * @throws InvalidSettingException when there is no such drop folder
     */
    BundleVerdict(BundleCheck check, Drops drops, Destinations destinations, Optional<ApiCalls> calls,
            Optional<String> dropName, Supplier<Optional<Catalogue>> catalogue) {
        this.catalogue = catalogue;
        this.check = check;
        this.drops = drops;
        this.destinations = destinations;
        this.calls = calls;
        this.dropName = dropName;
        dropName.filter(name -> names().stream().noneMatch(name::equals)).ifPresent(name -> {
            throw new InvalidSettingException("--drop", name, "a drop folder: " + String.join(", ", names()));
        });
    }

    Verdict of(Path given) {
        Path bundle = given.toAbsolutePath().normalize();
        if (!Files.exists(bundle, LinkOption.NOFOLLOW_LINKS)) {
            return Verdict.unchecked(given.toString(), "There is no such file or folder.");
        }
        try {
            Drop drop = dropOf(bundle);
            BundleCheck.Finding finding = check.check(bundle, drop);
            List<String> warnings = new ArrayList<>(finding.warnings());
            if (BundleCheck.isPassedOver(bundle)) {
                warnings.add("A drop folder never takes anything of this name: give it another one.");
            }
            if (finding.bundle().isEmpty()) {
                return Verdict.invalid(given.toString(), finding.problems(), warnings);
            }
            List<String> deliverTo = finding.bundle().get().options().deliverTo().isEmpty() ? drop.deliverTo()
                    : finding.bundle().get().options().deliverTo();
            Verdict valid = Verdict.valid(given.toString(), finding.bundle().get(), warnings,
                    destinations.chosen(deliverTo).stream().map(Destination::name).toList());
            return calls.isEmpty() ? valid : priced(valid, finding.bundle().get(), drop, calls.get());
        } catch (IOException | RuntimeException e) {
            return Verdict.unchecked(given.toString(), "It could not be read: " + e);
        }
    }

    private Verdict priced(Verdict valid, Bundle bundle, Drop drop, ApiCalls api) throws IOException {
        if (PriceQuestion.holdsVideo(bundle.request())
                && StagingPlan.length(bundle.request()) > StagingPlan.MOST_BODY_BYTES) {
            return valid.unpriced("No price was asked for: that takes the video, which is too large for a body. When it is"
                    + " dropped, it is put into the staging bucket, and its price is asked for then.");
        }
        if (refusals >= MOST_REFUSALS) {
            return valid.unpriced("No price was asked for, since " + refusals + " questions before it had failed.");
        }
        QuoteOutcome outcome = api.price(bundle, catalogue.get().flatMap(known -> known.find(
                bundle.request().fields().path("model").asText(""))));
        if (outcome instanceof QuoteOutcome.Priced priced) {
            return afford(valid.priced(priced.microUsd()), bundle, drop, priced.microUsd());
        }
        refusals++;
        return outcome instanceof Refused refused ? valid.refused(refused.sentence())
                : valid.unpriced("No price could be had: " + (outcome instanceof AccountTrouble trouble ? trouble.message()
                        : outcome instanceof QuoteOutcome.NoPrice none ? none.message()
                        : outcome instanceof Wait wait ? wait.message()
                        : outcome instanceof Retry retry ? retry.message() : outcome.key()));
    }

    /** By the limits alone: what has been spent today only the ledger knows. */
    private Verdict afford(Verdict priced, Bundle bundle, Drop drop, long price) {
        Optional<Long> own = bundle.options().maxPriceUsd().map(MicroUsd::of);
        Optional<Long> perJob = drops.perJob(drop.name(), own);
        if (perJob.isPresent() && price > perJob.get()) {
            return priced.overBudget("It would cost " + MicroUsd.text(price) + " USD, and the limit for one job is "
                    + MicroUsd.text(perJob.get()) + " USD: it would be parked.");
        }
        long all = price * bundle.options().takes();
        Map<String, Optional<Long>> perDay = new LinkedHashMap<>();
        perDay.put("venice.budget.per-day", drops.budget().perDay());
        perDay.put("venice.drops." + drop.name() + ".budget.per-day", drop.budget().perDay());
        return perDay.entrySet().stream().filter(limit -> limit.getValue().filter(most -> all > most).isPresent())
                .findFirst()
                .map(limit -> priced.overBudget("It would cost " + MicroUsd.text(all) + " USD, and " + limit.getKey()
                        + " allows " + MicroUsd.text(limit.getValue().orElseThrow()) + " USD: it would be parked."))
                .orElse(priced);
    }

    private Drop dropOf(Path bundle) throws IOException {
        Optional<String> remembered = BundleFolders.document(bundle).map(document -> document.path("drop"))
                .filter(JsonNode::isTextual).map(JsonNode::textValue).filter(names()::contains);
        return dropName.map(drops::named)
                .or(() -> drops.all().stream().filter(drop -> bundle.startsWith(drop.folder())).findFirst())
                .or(() -> remembered.map(drops::named))
                .orElseGet(() -> drops.all().get(0));
    }

    private List<String> names() {
        return drops.all().stream().map(Drop::name).toList();
    }
}
