package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.ParkedAnswer;
import io.github.venicevideo.ledger.job.QueueIdTakenException;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.DownloadUrl;
import io.github.venicevideo.venice.client.DownloadUrlRule;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what a person answers to a parked job, whichever way the answer came. */
final class Answering {

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    /** Far longer than two files take to be written. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Home home;
    private final Ledger ledger;
    private final Clock clock;
    private final ConsentGiving giving;
    private final DownloadUrlRule rule;

    Answering(Home home, Ledger ledger, ConsentStore store, Clock clock, Settings settings) {
        this.home = home;
        this.ledger = ledger;
        this.clock = clock;
        this.rule = new DownloadUrlRule(settings.list("venice.download.allowed-hosts"));
        this.giving = new ConsentGiving(ledger, store, clock, settings);
    }

    /**
     * Carries an answer out, for all that it is meant for. After a crash it may be carried out again: the job that it was
     * given beside comes last, and what was parked anew after the answer was written is left out.
     *
     * @param file what to call it in a message
     * @param writtenAt when the answer was written
     * @return what was answered
     * @throws IllegalArgumentException with a sentence, where it cannot be used
     */
    ParkedAnswer apply(JsonNode form, String file, Job job, Attestation.Way way, Instant writtenAt) throws IOException {
        AnswerFile answer = AnswerFile.read(form, file, job, rule);
        for (Job other : alsoMeant(answer, file, job, writtenAt)) {
            if (!other.id().equals(job.id()) && stillWaits(other)) {
                apply(answer, form, file, other, way);
            }
        }
        apply(answer, form, file, job, way);
        return answer.answer();
    }

    /** Takes that wait for one face are one question. Those that a consent on record can serve go on by that. */
    private List<Job> alsoMeant(AnswerFile answer, String file, Job job, Instant writtenAt) {
        if (answer.forAll()) {
            return answer.pays() ? agreedTo(answer, file, job, writtenAt)
                    : ledger.parkedJobs().waitingFor(job.reason().orElse(""), writtenAt);
        }
        Optional<Question> question = Question.of(job);
        boolean takes = question.isPresent() && job.options().takes() > 1
                && (answer.answer() == ParkedAnswer.REJECT || !question.get().canBeAnsweredByRecord());
        return !takes ? List.of() : ledger.parkedJobs().waitingFor(job.reason().orElse(""), writtenAt).stream()
                .filter(other -> other.firstTake().equals(job.firstTake()) && Question.of(other).equals(question)).toList();
    }

    /** What pays for many is carried out for those of whose number and sum the person was told, and for no others. */
    private List<Job> agreedTo(AnswerFile answer, String file, Job job, Instant writtenAt) {
        String reason = job.reason().orElse("");
        Optional<Instant> until = answer.confirm().map(ForMany::until).filter(told -> !job.updatedAt().isAfter(told));
        List<Job> meant = ledger.parkedJobs().waitingFor(reason, until.orElse(writtenAt));
        if (until.isEmpty() || !ForMany.of(meant, answer.amount()).isWithin(answer.confirm().get())) {
            ForMany now = ForMany.of(ledger.parkedJobs().waitingFor(reason, clock.instant()), answer.amount());
            throw new IllegalArgumentException(file + ": this would pay for all that wait as " + reason + ". To agree to that, write"
                    + " \"confirm\": \"" + now + "\". What is parked later is not meant. Nothing has been sent.");
        }
        return meant;
    }

    /** Somebody may have answered it for itself meanwhile, and it may be on the wire. */
    private boolean stillWaits(Job job) {
        return ledger.jobs().find(job.id()).filter(now -> now.state() == JobState.PARKED && now.leaseOwner().isEmpty()
                && now.updatedAt().equals(job.updatedAt())).isPresent();
    }

    private void apply(AnswerFile answer, JsonNode form, String file, Job job, Attestation.Way way) throws IOException {
        String message = answer.by() + " answered " + answer.answer();
        Optional<Job> answered = switch (answer.answer()) {
            case APPROVE -> approve(job, answer, form, file, way, message);
            case RESUBMIT -> inHand(job, claimed -> resubmit(claimed, message));
            case ADOPT -> inHand(job, claimed -> adopt(claimed, answer, message));
            case RETRY -> inHand(job, claimed -> ledger.parkedJobs().answeredToAsk(claimed, message, claimed.model().orElse(""),
                    claimed.queueId().orElseThrow(), claimed.submittedAt().orElseGet(clock::instant), Optional.empty()));
            case REJECT -> inHand(job, claimed -> reject(claimed, message));
        };
        answered.ifPresent(now -> LOG.info("{}: a person answered {}", now.bundle(), answer.answer()));
    }

    /** Its work folder is the next POST's too: whoever touches it has the job in hand, or leaves it alone. */
    private Optional<Job> inHand(Job job, Step step) throws IOException {
        Optional<Job> claimed = ledger.parkedJobs().claim(job, LEASE);
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return carryOut(claimed.get(), step);
        } finally {
            ledger.leases().putBack(claimed.get());
        }
    }

    private Optional<Job> carryOut(Job claimed, Step step) throws IOException {
        WorkFolder work = home.work(claimed.id());
        Optional<Intent> before = Intent.read(work);
        try {
            return step.take(claimed);
        } catch (QueueIdTakenException e) {
            // Another job was accepted as that at the same moment, or an answer on disk says what cannot be.
            unanswered(before.orElseGet(() -> Intent.of(claimed.id(), claimed.api(), claimed.attempts(), clock.instant()))).write(work);
            throw new IllegalArgumentException(e.getMessage() + " Answer again.", e);
        }
    }

    private static Intent unanswered(Intent intent) {
        return Intent.of(intent.jobId(), intent.api(), intent.attempt(), intent.sentAt());
    }

    private Optional<Job> resubmit(Job job, String message) throws IOException {
        WorkFolder work = home.work(job.id());
        Optional<Intent> late = lateAnswer(job);
        if (late.isPresent()) {
            return ledger.parkedJobs().answeredToAsk(job, message + ", but it had been accepted",
                    late.get().model().orElseThrow(),
                    late.get().queueId().orElseThrow(), late.get().sentAt(), late.get().downloadUrl());
        }
        // Taken back first: with it in place the job would be settled as in doubt again.
        Intent.delete(work);
        return ledger.parkedJobs().answeredToSend(job, message);
    }

    private Optional<Job> reject(Job job, String message) throws IOException {
        Optional<Intent> late = lateAnswer(job);
        return late.isPresent() ? ledger.parkedJobs().answeredToEnd(job, message + "; it had been accepted after all", late.get())
                : ledger.parkedJobs().answeredToEnd(job, message);
    }

    /** What came after the job was given up, and the ledger was not told: there is no doubt any more. */
    private Optional<Intent> lateAnswer(Job job) throws IOException {
        return job.isPaid() ? Optional.empty() : Intent.read(home.work(job.id())).filter(Intent::isAnswered);
    }

    private Optional<Job> adopt(Job job, AnswerFile answer, String message) throws IOException {
        String queueId = answer.queueId().orElseThrow();
        String model = answer.model().orElse(job.request().fields().path("model").asText(""));
        Optional<String> url = answer.downloadUrl().map(DownloadUrl::value);
        Instant sentAt = sentAt(job);
        Optional<Job> owner = ledger.jobs().findByQueueId(job.api(), queueId).filter(other -> !other.id().equals(job.id()));
        if (owner.isPresent()) {
            throw new IllegalArgumentException("queue_id is \"" + queueId + "\", but that is job " + owner.get().id()
                    + "'s already (" + owner.get().state() + "), and belongs to one job alone. Give the queue_id that Venice shows for"
                    + " this one, or another answer.");
        }
        Intent.of(job.id(), job.api(), job.attempts(), sentAt).answered(model, queueId, url).write(home.work(job.id()));
        return ledger.parkedJobs().answeredToAsk(job, message, model, queueId, sentAt, url);
    }

    /** The provider counts its day from then, and not from when a person answered. */
    private Instant sentAt(Job job) throws IOException {
        return Intent.read(home.work(job.id())).map(Intent::sentAt).filter(Instant.EPOCH::isBefore)
                .or(() -> ledger.jobs().history(job.id()).stream().filter(entry -> entry.state() == JobState.SUBMITTING)
                        .map(HistoryEntry::at).reduce((first, last) -> last))
                .orElseGet(clock::instant);
    }

    /** Whoever consents is kept with the attestation, where it can be erased, and not in the job's history. */
    private Optional<Job> approve(Job job, AnswerFile answer, JsonNode form, String file, Attestation.Way way, String message)
            throws IOException {
        if (Question.of(job).isEmpty()) {
            return inHand(job, claimed -> ledger.parkedJobs().approvedToSend(claimed, message, answer.amount()));
        }
        giving.give(job, form, file, way);
        Optional<Job> answered = inHand(job, claimed -> ledger.parkedJobs().answeredToSend(claimed, "A person consented"));
        ledger.parkedJobs().reconsider();
        return answered;
    }

    /** What is done with a job that is in hand. */
    private interface Step {
        Optional<Job> take(Job claimed) throws IOException;
    }
}
