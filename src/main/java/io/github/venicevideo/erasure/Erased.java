package io.github.venicevideo.erasure;

import io.github.venicevideo.ledger.forget.ForgetPlan;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.remote.Delivery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was forgotten, or would be.
 *
 * @param jobs their ids
 * @param consents how many contents of the chain of consents: names, notes, digests of media
 * @param removed folders and copies of the ledger
 * @param outOfReach what has to be removed elsewhere, each a sentence
 * @param blocked what has to be done first, each a sentence; while there is any, nothing is forgotten
 */
public record Erased(List<String> jobs, int consents, List<String> removed, List<String> outOfReach, List<String> blocked) {

    static Erased of(ForgetPlan plan, List<Path> folders, List<Path> copies, KeptUnits kept) {
        List<String> removed = new ArrayList<>();
        folders.forEach(folder -> removed.add(folder.toString()));
        copies.forEach(copy -> removed.add(copy.toString()));
        List<String> elsewhere = new ArrayList<>(kept.sentences());
        if (!plan.isEmpty()) {
            elsewhere.addAll(outOfReach(plan));
        }
        return new Erased(plan.jobs().stream().map(Job::id).toList(), plan.contents(), List.copyOf(removed),
                List.copyOf(elsewhere), plan.blocked());
    }

    private static boolean isOfSource(String reference) {
        return reference.startsWith("source:");
    }

    private static List<String> outOfReach(ForgetPlan plan) {
        List<String> sentences = new ArrayList<>();
        plan.deliveries().forEach((job, deliveries) -> {
            for (Delivery delivery : deliveries) {
                sentences.add("Job " + job + ": " + delivery.location().map(location -> "the video at " + location + " ("
                        + delivery.destination() + ")").orElseGet(() -> "whatever was written under " + delivery.name() + " at "
                        + delivery.destination() + ", though not all of it was") + ", the .json beside it, which holds the prompt,"
                        + " and, where the bundle's own media went along, these in the folder " + delivery.name() + "/.");
            }
        });
        for (Job job : plan.jobs()) {
            job.reference().filter(Erased::isOfSource).ifPresent(reference -> sentences.add("Job " + job.id() + ": its bundle where"
                    + " it came from, " + reference + ", as far as that keeps what was taken: older versions, files that were moved"
                    + " or stay, records of a topic."));
            job.queueId().ifPresent(id -> sentences.add("Job " + job.id() + ": what Venice keeps of the request that it knows as "
                    + id + ", and its own record of consent. Ask Venice; consent is taken back on its own pages."));
        }
        plan.staged().forEach(object -> sentences.add("A copy of a medium in the staging bucket " + object.bucket() + ": "
                + object.key() + ". It is removed while the program runs with that bucket in venice.staging.uri and no job needs"
                + " it any longer; look there whether it is gone."));
        if (plan.eventsSent() > 0) {
            sentences.add(plan.eventsSent() + " events about these jobs, with whoever got them.");
        }
        sentences.add("Copies of the ledger that --backup has made, and backups of this machine's disks.");
        sentences.add("Log files: at INFO they hold names of bundles and ids of jobs.");
        return sentences;
    }
}
