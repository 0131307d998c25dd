package io.github.venicevideo.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.OwnFiles;
import io.github.venicevideo.home.Signatures;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the job that a dropped bundle was before: what was paid for is asked about again, and not sent. Where the ledger knows
 * the job, the ledger alone decides; where it does not, the bundle's {@code job.json} counts if this program signed it.
 */
final class Resuming {

    private static final Logger LOG = LoggerFactory.getLogger(Resuming.class);
    private static final Pattern QUEUE_ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private final Home home;
    private final Ledger ledger;
    private final Signatures signatures;

    Resuming(Home home, Ledger ledger) {
        this.home = home;
        this.ledger = ledger;
        this.signatures = new Signatures(home);
    }

    /**
     * The failed job that this bundle is, taken up again. The ledger changes first; a bundle that is left behind finds its way to
     * its job when it is taken up again.
     */
    Optional<Job> resumed(Claim claim, WorkFolder folder, Bundle bundle) throws IOException {
        JsonNode said = SaidBefore.of(folder);
        Optional<Job> before = ledger.jobs().find(said.path("job_id").asText(""))
                .filter(job -> job.isPaid() && job.state() != JobState.DELIVERED && bundle.isKnownAs(job.contentHash()));
        if (before.isEmpty() && said.isMissingNode()) {
            before = sameContent(claim, bundle);
            if (before.isPresent()) {
                SaidBefore.note(folder, before.get().id());
            }
        }
        return before.isPresent() ? takenUp(claim, folder, before.get(), bundle) : Optional.empty();
    }

    /**
     * Only the bundle came back, without the folder that it lay in: as it was called there, or as it is called everywhere.
     * Under another name it is a duplicate, which a person may want.
     */
    private Optional<Job> sameContent(Claim claim, Bundle bundle) {
        Optional<String> name = Optional.of(claim.bundle()).filter(given -> !given.equals(BundleFolders.BUNDLE));
        List<String> hashes = Stream.concat(Stream.of(bundle.contentHash()), bundle.formerHashes().stream()).toList();
        return bundle.options().allowDuplicate() || bundle.options().takes() > 1 ? Optional.empty()
                : ledger.jobs().notFetched(claim.drop(), name, hashes);
    }

    private Optional<Job> takenUp(Claim claim, WorkFolder folder, Job before, Bundle bundle) throws IOException {
        // Where its media lie is not what it was; a ledger that was put back may know nothing of the rest.
        boolean whole = !before.request().fields().isEmpty();
        Optional<Job> taken = ledger.transitions().resumed(before.id(),
                new VideoRequest(whole ? before.request().fields() : bundle.request().fields(), bundle.request().media()));
        WorkFolder work = home.work(before.id());
        if (taken.isEmpty() && !lacksItsBundle(before, work)) {
            // A copy of a bundle whose job is at work: not its job's, so it is a duplicate like any other.
            return Optional.empty();
        }
        claim.as(before.id()).write(work);
        work.takeIn(folder);
        DurableFiles.deleteTree(folder.path());
        ledger.transitions().hasItsBundle(before.id());
        Job job = taken.orElse(before);
        LOG.info("{}: was paid for as {}; it is asked about again, and not sent", job.bundle(),
                job.queueId().orElse(""));
        return Optional.of(job);
    }

    /** Whether a program died between what {@link #takenUp} changes in the ledger and what it moves. */
    private boolean lacksItsBundle(Job job, WorkFolder work) throws IOException {
        if (job.state() == JobState.FAILED) {
            throw new TakenUpException("The bundle of job " + job.id() + " is being put away");
        }
        Optional<JobState> lastFiled = ledger.jobs().history(job.id()).stream().map(HistoryEntry::state)
                .filter(state -> state == JobState.FAILED || state == JobState.PARKED).reduce((first, last) -> last);
        return job.state() != JobState.PARKED && lastFiled.filter(JobState.FAILED::equals).isPresent()
                && work.droppedEntry().isEmpty() && !Files.exists(work.filing());
    }

    /**
     * What its {@code job.json} says was paid for, of a job that the ledger does not know.
     *
     * @return empty when it says nothing of the kind about this content
     */
    Optional<PaidBefore> paidBefore(Claim claim, WorkFolder folder, Bundle bundle, String api) throws IOException {
        JsonNode said = SaidBefore.of(folder);
        String queueId = said.path("queue_id").asText("");
        boolean undelivered = !said.path("state").asText("").equals(JobState.DELIVERED.toString());
        if (!QUEUE_ID.matcher(queueId).matches() || !bundle.isKnownAs(said.path("content_hash").asText("")) || !undelivered
                || ledger.jobs().find(said.path("job_id").asText("")).isPresent()) {
            return Optional.empty();
        }
        String at = said.path("api").asText(api);
        if (!signatures.isOurs(said)) {
            LOG.warn("{}: its {} says that it was paid for as {}, and is not signed by this home: a person has to decide",
                    claim.bundle(), OwnFiles.JOB, queueId);
            return Optional.of(PaidBefore.inDoubt(queueId, "this home did not sign it, and the ledger does not know its job:"
                    + " anybody may have written it"));
        }
        if (ledger.jobs().findByQueueId(at, queueId).isPresent()) {
            return Optional.of(PaidBefore.inDoubt(queueId, "another job, " + ledger.jobs().findByQueueId(at, queueId).get().id()
                    + ", has that queue_id"));
        }
        LOG.info("{}: its {} says that it was paid for as {}; it is asked about, and not sent", claim.bundle(), OwnFiles.JOB, queueId);
        return Optional.of(PaidBefore.known(Intent.of(claim.jobId(), at, 1, submittedAt(said)
                .orElse(Instant.ofEpochMilli(claim.claimedAt()))).answered(said.path("model").asText(""), queueId, Optional.empty())));
    }

    private static Optional<Instant> submittedAt(JsonNode document) {
        try {
            return Optional.of(document.path("submitted_at").asText("")).filter(text -> !text.isEmpty()).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
