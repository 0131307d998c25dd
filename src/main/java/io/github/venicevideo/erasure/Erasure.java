package io.github.venicevideo.erasure;

import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.forget.ForgetPlan;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import io.github.venicevideo.ledger.forget.Forgetting;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Forgets a job, a medium or a person, in the home and in the ledger. One that was cut off is asked for again, and does
 * what is left.
 */
public final class Erasure {

    private static final String STANDING = "venice.consent.standing";

    private final Home home;
    private final BundleFolders bundles;
    private final Ledger ledger;
    private final Settings settings;

    public Erasure(Home home, Ledger ledger, Settings settings) {
        this.home = home;
        this.bundles = new BundleFolders(home, new Border(home), ledger.folders());
        this.ledger = ledger;
        this.settings = settings;
    }

    /**
     * What forgetting it comes to. Nothing is changed.
     *
     * @throws IllegalArgumentException when there is no such job
     */
    public Erased plan(ForgetTarget target) throws IOException {
        return Erased.of(plan(target, ledger.forgetting(), bundles.byJob()), List.of(), List.of(), KeptUnits.of(home, target));
    }

    /**
     * Forgets it.
     *
     * @return what was removed, and what has to be removed elsewhere; nothing was where {@link Erased#blocked()} says why
     * @throws IOException when a file cannot be removed; ask again when that is mended
     */
    public Erased forget(ForgetTarget target) throws IOException {
        Erasing erasing = begin(target);
        for (Erasing.Step step : erasing.steps()) {
            step.run();
        }
        return erasing.erased();
    }

    Erasing begin(ForgetTarget target) throws IOException {
        Forgetting forgetting = ledger.forgetting();
        Map<String, List<Path>> folders = bundles.byJob();
        return new Erasing(home, forgetting, plan(target, forgetting, folders), bundles, folders);
    }

    private ForgetPlan plan(ForgetTarget target, Forgetting forgetting, Map<String, List<Path>> folders) {
        BundleSearch search = new BundleSearch(folders);
        ForgetPlan plan = forgetting.plan(target, job -> search.finds(target, job.id()));
        List<String> blocked = new ArrayList<>(plan.blocked());
        if (target.kind() == ForgetTarget.Kind.PERSON) {
            for (Map.Entry<String, String> setting : settings.below(STANDING).entrySet()) {
                if (setting.getKey().endsWith(".person") && Forgetting.isSamePerson(setting.getValue(), target.value())) {
                    blocked.add("The setting " + STANDING + "." + setting.getKey() + " names this person: what is forgotten could"
                            + " not stay revoked. Take it out of the settings first.");
                }
            }
        }
        return new ForgetPlan(plan.target(), plan.jobs(), plan.deliveries(), plan.eventsSent(), plan.secrets(), plan.staged(),
                blocked);
    }
}
