package io.github.venicevideo.erasure;

import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.forget.ForgetPlan;
import io.github.venicevideo.ledger.forget.Forgetting;
import io.github.venicevideo.ledger.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One thing that is being forgotten, step by step: first the ledger notes what is to go, then the files go, and what the
 * ledger holds goes last. It may be cut off anywhere and begun again.
 */
final class Erasing {

    /** What is done at once, as far as a disk can. */
    interface Step {
        void run() throws IOException;
    }

    private final Home home;
    private final Forgetting forgetting;
    private final ForgetPlan plan;
    private final BundleFolders bundles;
    private final Map<String, List<Path>> folders;
    private KeptUnits kept = new KeptUnits(List.of(), List.of());
    private final List<Path> removed = new ArrayList<>();
    private final List<Path> copies = new ArrayList<>();

    Erasing(Home home, Forgetting forgetting, ForgetPlan plan, BundleFolders bundles, Map<String, List<Path>> folders) {
        this.home = home;
        this.forgetting = forgetting;
        this.plan = plan;
        this.bundles = bundles;
        this.folders = folders;
    }

    /** In their order; none while something is to be done first. */
    List<Step> steps() throws IOException {
        if (!plan.blocked().isEmpty()) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        steps.add(() -> forgetting.begin(plan));
        for (Job job : plan.jobs()) {
            for (Path folder : folders.getOrDefault(job.id(), List.of())) {
                steps.add(() -> {
                    bundles.remove(job.id());
                    removed.add(folder);
                });
            }
            steps.add(() -> DurableFiles.deleteTree(home.work(job.id()).path()));
            Path left = home.left().resolve(job.id());
            if (Files.exists(left, LinkOption.NOFOLLOW_LINKS)) {
                steps.add(() -> {
                    DurableFiles.deleteTree(left);
                    removed.add(left);
                });
            }
        }
        kept = KeptUnits.of(home, plan.target());
        for (Path unit : kept.found()) {
            steps.add(() -> {
                DurableFiles.deleteTree(unit);
                removed.add(unit);
            });
        }
        steps.add(() -> forgetting.erase(plan));
        steps.add(() -> copies.addAll(forgetting.compact()));
        return steps;
    }

    Erased erased() {
        return Erased.of(plan, removed, copies, kept);
    }
}
