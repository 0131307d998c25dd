package io.github.venicevideo.intake;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.ShownNames;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.bundle.BundleReader;
import io.github.venicevideo.intake.bundle.NotWrittenException;
import io.github.venicevideo.intake.draft.BundleOptions;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.rules.DropDefaultsReader;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.NewJob;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads claimed bundles and records the jobs that they ask for. */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Home home;
    private final Drops drops;
    private final Ledger ledger;
    private final Api api;
    private final Destinations destinations;
    private final BundleReader reader;
    private final Leftovers leftovers;
    private final Resuming resuming;
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final ReadAlone alone = new ReadAlone();

    public Intake(Home home, Drops drops, Ledger ledger, Api api, Destinations destinations, BundleReader reader,
            Leftovers leftovers) {
        this.home = home;
        this.drops = drops;
        this.ledger = ledger;
        this.api = api;
        this.destinations = destinations;
        this.reader = reader;
        this.leftovers = leftovers;
        this.resuming = new Resuming(home, ledger);
        drops.all().forEach(Intake::checkDefaults);
        drops.all().forEach(drop -> destinations.checkNames("venice.drops." + drop.name() + ".deliver-to", drop.deliverTo()));
        checkDefaults(drops.named(Drops.DIRECT));
    }

    /**
     * Reads a claimed bundle.
     *
     * @return one job for each take; for a bundle that cannot be used, one failed job that says all that is wrong; for
     *         one that was paid for and failed, that job, taken up again
     * @throws IOException when the disk of the work folder is full or away; as with every other failure that is not the
     *         bundle's own, it is read again later
     * @throws TakenUpException while somebody else reads it: two would unpack it under each other's hands
     */
    public Reading read(Claim claim) throws IOException {
        if (!inHand.add(claim.jobId())) {
            throw new TakenUpException("The bundle " + claim.bundle() + " is being read already");
        }
        try {
            Optional<Job> recorded = ledger.jobs().find(claim.jobId());
            return recorded.isPresent() ? Reading.of(claim, recorded.get()) : inTurn(claim, home.work(claim.jobId()));
        } catch (IOException | RuntimeException e) {
            notRead(claim, e);
            throw e;
        } catch (OutOfMemoryError | StackOverflowError e) {
            notRead(claim, new IOException("There was not enough memory to read it", e));
            throw e;
        }
    }

    private void notRead(Claim claim, Exception why) {
        leftovers.notRecorded(List.of(claim.jobId()), why);
        inHand.remove(claim.jobId());
    }

    private Reading inTurn(Claim claim, WorkFolder folder) throws IOException {
        ReadAlone.Turn turn = alone.begin(folder);
        try {
            Reading reading = turn.isRefused() ? deadly(claim, folder) : read(claim, folder);
            turn.through();
            return reading;
        } catch (IOException | RuntimeException e) {
            turn.through();
            throw e;
        } finally {
            turn.end();
        }
    }

    private Reading deadly(Claim claim, WorkFolder folder) throws IOException {
        LOG.error("{}: the program ended twice while it read this bundle and no other, so it is not read again", claim.bundle());
        return Reading.of(claim, List.of(unusable(claim, Reason.UNREADABLE_BUNDLE, "The program ended twice while it read this bundle"
                + " and no other, most likely for want of memory, so it is set aside. Make it smaller, or give the program more"
                + " memory (-Xmx), then move it back to the drop folder.", Optional.empty(), Intent.read(folder))));
    }

    private Reading read(Claim claim, WorkFolder folder) throws IOException {
        Optional<Intent> intent = Intent.read(folder);
        Path dropped;
        Bundle bundle;
        try {
            SaidBefore.open(folder);
            dropped = folder.droppedEntry().orElseThrow(() -> new NoSuchFileException(folder.dropped().toString()));
            bundle = reader.read(folder.path(), dropped, DropDefaultsReader.of(drops.named(claim.drop())));
        } catch (InvalidBundleException e) {
            LOG.warn("{}: cannot be used: {}", claim.bundle(), e.getMessage());
            String detail = Json.mapper().writeValueAsString(Map.of("fields", e.problems()));
            return Reading.of(claim, List.of(unusable(claim, Reason.INVALID_BUNDLE, e.getMessage(), Optional.of(detail), intent)));
        } catch (NotWrittenException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (!Files.isDirectory(folder.path())) {
                throw new NotWrittenException(new NoSuchFileException(folder.path().toString()));
            }
            LOG.error("{}: cannot be read", claim.bundle(), e);
            return Reading.of(claim, List.of(unusable(claim, Reason.UNREADABLE_BUNDLE, "The bundle could not be read: "
                    + ShownNames.spelled(e.toString())
                    + ". Move it back to the drop folder when that is mended.", Optional.empty(), intent)));
        }
        bundle.warnings().forEach(warning -> LOG.warn("{}: {}", claim.bundle(), warning));
        if (!bundle.filled().isEmpty()) {
            LOG.info("{}: filled in {}", claim.bundle(), bundle.filledInWords());
        }
        Optional<Job> paid = resuming.resumed(claim, folder, bundle);
        if (paid.isPresent()) {
            return Reading.of(claim, paid.get());
        }
        Optional<PaidBefore> before = intent.isPresent() ? Optional.empty()
                : resuming.paidBefore(claim, folder, bundle, api.name());
        return Reading.of(claim, before.filter(said -> said.intent().isEmpty()).isPresent()
                ? List.of(job(claim, bundle.request(), options(claim, bundle, claim), bundle.contentHash(), Optional.empty())
                        .inDoubt(before.get().doubt()))
                : jobs(claim, folder, bundle, intent.or(() -> before.flatMap(PaidBefore::intent)))).knownAs(bundle.formerHashes());
    }

    /** Records the jobs of one bundle, together. */
    public List<Job> record(Reading reading) throws IOException {
        try {
            return reading.known().isPresent() ? List.of(reading.known().get()) : recorded(reading);
        } finally {
            inHand.remove(reading.claim());
        }
    }

    private List<Job> recorded(Reading reading) throws IOException {
        List<Job> recorded;
        try {
            recorded = ledger.newJobs().record(reading.jobs(), reading.formerHashes());
        } catch (RuntimeException e) {
            leftovers.notRecorded(reading.jobs().stream().map(NewJob::id).toList(), e);
            throw e;
        }
        leftovers.recorded(reading.jobs().stream().map(NewJob::id).toList());
        for (NewJob job : reading.jobs()) {
            removeRepeated(job);
        }
        for (Job job : recorded) {
            if (job.state() == JobState.RECEIVED) {
                LOG.info("{}: recorded as job {}, for {}", job.bundle(), job.id(),
                        job.request().fields().path("model").asText());
            }
        }
        return recorded;
    }

    /** What a repeated call placed is not needed when its reference was recorded with another; unless it was sent. */
    private void removeRepeated(NewJob job) throws IOException {
        WorkFolder work = home.work(job.id());
        if (ledger.jobs().find(job.id()).isEmpty() && Intent.read(work).isEmpty()) {
            LOG.info("{}: the call was repeated, and the other one's job goes on", job.bundle());
            DurableFiles.deleteTree(work.path());
        }
    }

    private List<NewJob> jobs(Claim claim, WorkFolder folder, Bundle bundle, Optional<Intent> intent)
            throws IOException {
        List<NewJob> jobs = new ArrayList<>();
        int takes = intent.isPresent() ? 1 : bundle.options().takes();
        for (Claim take : new Takes(home, ledger).of(claim, folder, takes)) {
            Optional<Intent> known = take.jobId().equals(claim.jobId()) ? intent : Optional.empty();
            jobs.add(job(take, bundle.request(), options(claim, bundle, take), bundle.contentHash(), known));
        }
        return jobs;
    }

    private JobOptions options(Claim claim, Bundle bundle, Claim take) {
        BundleOptions asked = bundle.options();
        List<String> deliverTo = asked.deliverTo().isEmpty() ? drops.named(claim.drop()).deliverTo() : asked.deliverTo();
        return new JobOptions(deliverTo, asked.name(), asked.maxPriceUsd().map(MicroUsd::of),
                bundle.referenceVideoSeconds(), bundle.clip(), asked.allowDuplicate(),
                Math.max(1, take.take()), asked.takes(), bundle.filled(), bundle.notes());
    }

    private NewJob job(Claim claim, VideoRequest request, JobOptions options, String hash, Optional<Intent> intent) {
        JobState state = intent.map(found -> found.isAnswered() ? JobState.GENERATING : JobState.PARKED)
                .orElse(JobState.RECEIVED);
        boolean inDoubt = state == JobState.PARKED;
        return new NewJob(claim.jobId(), claim.bundle(), claim.drop(), claim.reference(), state,
                inDoubt ? Optional.of(Reason.IN_DOUBT.toString()) : Optional.empty(),
                inDoubt ? Optional.of("It was found in the work folder with the intent to send it and no answer, and the"
                        + " ledger did not know it. It may have been accepted and charged.") : Optional.empty(),
                Optional.empty(), intent.map(Intent::api).filter(name -> !name.isEmpty()).orElse(api.name()), request, options, hash,
                intent.flatMap(Intent::model), intent.flatMap(Intent::queueId), intent.flatMap(Intent::downloadUrl),
                intent.filter(Intent::isAnswered).map(Intent::sentAt));
    }

    /** A job that was sent is what its intent says, even when its bundle can no longer be read. */
    private NewJob unusable(Claim claim, Reason reason, String message, Optional<String> detail,
            Optional<Intent> intent) {
        VideoRequest nothing = new VideoRequest(Json.mapper().createObjectNode(), List.of());
        if (intent.isPresent()) {
            return job(claim, nothing, JobOptions.none(), "", intent);
        }
        return new NewJob(claim.jobId(), claim.bundle(), claim.drop(), claim.reference(), JobState.FAILED,
                Optional.of(reason.toString()), Optional.of(message), detail, api.name(), nothing, JobOptions.none(), "",
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A default that no bundle could use is told at start, not with the first bundle. */
    private static void checkDefaults(Drop drop) {
        try {
            DropDefaultsReader.of(drop);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("venice.defaults, or venice.drops." + drop.name() + ".defaults", "",
                    "defaults that can be used, but " + e.getMessage());
        }
    }
}
