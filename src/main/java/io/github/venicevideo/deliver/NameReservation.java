package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.remote.Deliveries;
import io.github.venicevideo.ledger.remote.Delivery;
import java.io.IOException;

/**
 * Finds names that are one job's alone: reserved in the ledger before anything is written, and borne by nobody else's files at
 * the destination, where other programs may deliver too.
 */
final class NameReservation {

    private final Deliveries deliveries;
    private final Storages storages;
    private final TargetNames names;
    private final boolean includeBundle;

    NameReservation(Deliveries deliveries, Storages storages, TargetNames names, boolean includeBundle) {
        this.deliveries = deliveries;
        this.storages = storages;
        this.names = names;
        this.includeBundle = includeBundle;
    }

    /** Reserves a name that no other job of this ledger has there; a job that has one keeps it. */
    String reserve(Job job, String destination) {
        String plain = names.of(job, destination);
        return deliveries.reserve(job.id(), destination, plain)
                .or(() -> deliveries.reserve(job.id(), destination, VideoNames.unique(plain, job.id())))
                .orElseThrow(() -> new IllegalStateException("Another job has taken a name that holds the id " + job.id()));
    }

    /** Takes the reserved name at the destination; the one with the job's id, when somebody else's file bears it. */
    Target take(Target target, Job job) throws IOException {
        String reserved = reserve(job, target.destination());
        String unique = VideoNames.unique(names.of(job, target.destination()), job.id());
        if (!reserved.equals(unique) && claim(target, job, reserved)) {
            return target.named(reserved);
        }
        deliveries.begun(job.id(), target.destination(), unique);
        return target.named(unique);
    }

    /** That a name was free is in the ledger before it is taken, so that what a kill leaves of the claim is known to be ours. */
    private boolean claim(Target target, Job job, String name) throws IOException {
        FileNames files = FileNames.of(job, name, includeBundle);
        boolean begun = deliveries.of(job.id(), target.destination()).flatMap(Delivery::begunAt).isPresent();
        Storage storage = storages.of(target, job, begun);
        if (storage.isTaken(files)) {
            return false;
        }
        deliveries.begun(job.id(), target.destination(), name);
        return storage.claim(files);
    }
}
