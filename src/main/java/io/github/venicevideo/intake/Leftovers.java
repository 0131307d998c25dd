package io.github.venicevideo.intake;

import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.StillWrittenException;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.intake.names.BundleNames;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.venice.endpoint.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what the ledger does not know: bundles that were claimed and not recorded when the program died, and, when
 * the ledger was lost, all that was being worked on.
 */
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Home home;
    private final Ledger ledger;
    private final BundleFolders bundles;
    private final Border border;
    private final Clock clock;
    private final JobIds ids;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private Optional<Map<String, WorkFolder>> placedBefore = Optional.empty();
    /** Each with the ids of all its takes. */
    private final Map<String, List<String>> unrecorded = new ConcurrentHashMap<>();
    private final Map<String, List<String>> again = new ConcurrentHashMap<>();
    private final Map<String, String> said = new ConcurrentHashMap<>();

    /** @param ids of this program, to tell what was there before it started */
    public Leftovers(Home home, Ledger ledger, BundleFolders bundles, Border border, JobIds ids, Clock clock) {
        this.home = home;
        this.ledger = ledger;
        this.bundles = bundles;
        this.border = border;
        this.clock = clock;
        this.ids = ids;
    }

    /** The claims to take up, in the order in which they were made. One that cannot be read holds up no other. */
    public List<Claim> find() throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (WorkFolder folder : unknown()) {
            try {
                claimOf(folder).ifPresent(claims::add);
            } catch (IOException e) {
                LOG.error("{} cannot be read, so what lies there is not taken up: {}. Mend its permissions, then start again.",
                        folder.path(), Sentences.of(e));
            }
        }
        return claims;
    }

    /**
     * What could not be recorded, while the ledger was busy or its disk full: it is taken up again. Only called when what was
     * given before is through; of that, what was neither recorded nor given back is given once more.
     */
    public List<Claim> again() {
        again.forEach(this::putBack);
        List<Claim> claims = new ArrayList<>();
        for (String jobId : unrecorded.keySet()) {
            try {
                takeUp(jobId).ifPresent(claims::add);
            } catch (IOException e) {
                LOG.warn("{}: its claim cannot be read; it is taken up again once it can", jobId, e);
            }
        }
        // A bundle's first take before the others: it takes them along.
        claims.sort(Comparator.comparing(Claim::jobId));
        return claims;
    }

    private void putBack(String jobId, List<String> jobIds) {
        if (ledger.jobs().find(jobId).isEmpty()) {
            unrecorded.put(jobId, jobIds);
        }
        again.remove(jobId);
    }

    /** In this order, so that it is never in neither; one that cannot be read stays where it is. */
    private Optional<Claim> takeUp(String jobId) throws IOException {
        Optional<Claim> claim = Claim.read(home.work(jobId));
        if (claim.filter(this::isUnrepeatable).isPresent()) {
            remove(unrecorded.get(jobId));
            forget(jobId);
            return Optional.empty();
        }
        claim.ifPresentOrElse(found -> again.put(jobId, unrecorded.get(jobId)), () -> said.remove(jobId));
        unrecorded.remove(jobId);
        taken.remove(jobId);
        return claim;
    }

    /**
     * Lets a source go on with what it placed and what could not be recorded, unless it is taken up again here: two that read
     * one work folder at once would unpack it under each other's hands.
     *
     * @throws TakenUpException when it is; once it is recorded, the source finds it by its reference
     */
    void leave(Claim claim) {
        if (isTakenUpAgain(claim.jobId())) {
            throw new TakenUpException("It is here already, and could not be recorded yet; it is taken up again from the"
                    + " work folder");
        }
    }

    private boolean isTakenUpAgain(String jobId) {
        return unrecorded.containsKey(jobId) || again.containsKey(jobId);
    }

    /** A bundle's jobs are in the ledger. */
    void recorded(List<String> jobIds) {
        again.keySet().removeAll(jobIds);
        said.keySet().removeAll(jobIds);
    }

    /**
     * A bundle could not be read or recorded, since a disk or the ledger takes nothing. It is kept to be taken up again, but for
     * the bundle of a call that nobody can repeat, since it has no reference: its caller is told that it failed, so none of its
     * takes may be sent later.
     *
     * @param jobIds of its takes; the first one stands for all
     */
    void notRecorded(List<String> jobIds, Exception cause) {
        String jobId = jobIds.get(0);
        unrecorded.put(jobId, jobIds);
        again.remove(jobId);
        try {
            Optional<Claim> claim = Claim.read(home.work(jobId));
            if (claim.filter(this::isUnrepeatable).isPresent()) {
                remove(jobIds);
                forget(jobId);
            } else {
                say(claim.map(Claim::bundle).orElse(jobId), jobId, cause);
            }
        } catch (IOException e) {
            say(jobId, jobId, e);
        }
    }

    /** Once, until it is recorded or something else is wrong: it is tried every two seconds. */
    private void say(String bundle, String jobId, Exception cause) {
        String trouble = Sentences.of(cause, "");
        if (trouble.equals(said.put(jobId, trouble))) {
            return;
        }
        if (cause instanceof StillWrittenException) {
            LOG.info("{}: {}; it is taken over once it is whole", bundle, trouble);
        } else {
            LOG.error("{}: could not be recorded; it stays in the work folder and is taken up again: {}", bundle, trouble);
        }
    }

    /** What broke off is known already, and is taken up again. */
    public void failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        LOG.debug("A bundle out of the work folder is not recorded yet", cause);
    }

    private void forget(String jobId) {
        unrecorded.remove(jobId);
        said.remove(jobId);
    }

    private boolean isUnrepeatable(Claim claim) {
        return ids.isOwn(claim.jobId()) && claim.drop().equals(Drops.DIRECT) && claim.reference().isEmpty();
    }

    private void remove(List<String> jobIds) throws IOException {
        for (String jobId : jobIds) {
            DurableFiles.deleteTree(home.work(jobId).path());
        }
    }

    /** Whether a claim is still to be read: an earlier one may have recorded all takes of its bundle. */
    public boolean isUnknown(Claim claim) {
        return ledger.jobs().find(claim.jobId()).isEmpty() && taken.add(claim.jobId());
    }

    /**
     * What an earlier program's call placed under a reference that the ledger does not know: it may have been sent. It is given
     * out once.
     *
     * @throws TakenUpException while it is being taken up already
     * @throws IOException when the work folder cannot be read, or a part of it that may be what is asked for and was sent
     */
    public Optional<Claim> placedAs(String reference) throws IOException {
        Optional<WorkFolder> folder = Optional.ofNullable(placedBefore().get(reference))
                .filter(placed -> ledger.jobs().find(placed.jobId()).isEmpty());
        if (folder.isEmpty() || !Files.exists(folder.get().path())) {
            return Optional.empty();
        }
        String jobId = folder.get().jobId();
        if (isTakenUpAgain(jobId) || !taken.add(jobId)) {
            throw new TakenUpException("The call with the reference " + reference
                    + " is being taken up after a restart. Call again.");
        }
        return claimOf(folder.get());
    }

    /** Read once: nothing is added to what programs before this one left. */
    private synchronized Map<String, WorkFolder> placedBefore() throws IOException {
        if (placedBefore.isEmpty()) {
            Map<String, WorkFolder> byReference = new HashMap<>();
            for (WorkFolder folder : unknown()) {
                try {
                    Claim.read(folder).flatMap(Claim::reference).ifPresent(reference -> byReference.put(reference, folder));
                } catch (IOException e) {
                    if (Intent.read(folder).isPresent()) {
                        throw e;
                    }
                }
            }
            placedBefore = Optional.of(byReference);
        }
        return placedBefore.get();
    }

    private List<WorkFolder> unknown() throws IOException {
        try (Stream<Path> paths = Files.list(home.work())) {
            return paths.filter(Files::isDirectory)
                    .map(WorkFolder::new)
                    .filter(folder -> !ids.isOwn(folder.jobId()) && ledger.jobs().find(folder.jobId()).isEmpty())
                    .sorted(Comparator.comparing(WorkFolder::jobId))
                    .toList();
        }
    }

    private Optional<Claim> claimOf(WorkFolder folder) throws IOException {
        SaidBefore.open(folder);
        Optional<String> claimed = border.claimed(folder);
        boolean bundleIsThere = claimed.isPresent() || bundles.bringBack(folder);
        if (!bundleIsThere && Intent.read(folder).isEmpty()) {
            LOG.info("{}: nothing had been taken yet when the program ended; removed", folder.jobId());
            DurableFiles.deleteTree(folder.path());
            return Optional.empty();
        }
        Optional<Path> entry = folder.droppedEntry();
        String name = entry.map(path -> path.getFileName().toString()).or(() -> claimed).map(BundleNames::of)
                .orElse(folder.jobId());
        Claim claim = Claim.read(folder).map(found -> underOwnName(found, folder))
                .orElseGet(() -> Claim.of(folder.jobId(), Drops.DIRECT, name, name,
                        entry.filter(Files::isDirectory).isPresent(), Optional.empty(), clock.instant()));
        LOG.info("{}: found in the work folder, taken up again as job {}", claim.bundle(), folder.jobId());
        return Optional.of(claim);
    }

    /** A bundle that was dropped again for a job that there was before may still bear the name that it was claimed under. */
    private static Claim underOwnName(Claim claim, WorkFolder folder) {
        return claim.jobId().equals(folder.jobId()) ? claim : claim.as(folder.jobId());
    }
}
