package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.attestation.Attestation;
import io.github.venicevideo.attestation.ConsentStore;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what a person answers to a parked job, whichever way the answer came. */
final class Answering {

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final Home home;
    private final Ledger ledger;
    private final Clock clock;
    private final ConsentGiving giving;

    Answering(Home home, Ledger ledger, ConsentStore store, Clock clock, Settings settings) {
        this.home = home;
        this.ledger = ledger;
        this.clock = clock;
        this.giving = new ConsentGiving(ledger, store, clock, settings);
    }

    /**
     * Carries an answer out. After a crash it may be carried out again.
     *
     * @param form the answer as it came, for the answers that say more than one word
     * @param file what to call it in a message
     * @throws IllegalArgumentException with a sentence, where it cannot be used
     */
    void apply(AnswerFile answer, JsonNode form, String file, Job job, Attestation.Way way) throws IOException {
        WorkFolder work = home.work(job.id());
        String message = answer.by() + " answered " + answer.answer();
        switch (answer.answer()) {
            case APPROVE -> approve(job, form, file, way, message);
            case RESUBMIT -> {
                Optional<Intent> late = Intent.read(work).filter(Intent::isAnswered);
                if (late.isPresent()) {
                    // The answer came after the job was given up: there is no doubt any more.
                    ledger.answeredToAsk(job.id(), message + ", but it had been accepted", late.get().model().orElseThrow(),
                            late.get().queueId().orElseThrow());
                    return;
                }
                // Taken back first: with it in place the job would be settled as in doubt again.
                Intent.delete(work);
                ledger.answeredToSend(job.id(), message, Optional.empty());
            }
            case ADOPT -> {
                String queueId = answer.queueId().orElseThrow();
                String model = job.request().fields().path("model").asText("");
                Intent.of(job.id(), job.api(), job.attempts(), clock.instant())
                        .answered(model, queueId, Optional.empty()).write(work);
                ledger.answeredToAsk(job.id(), message, model, queueId);
            }
            case RETRY -> ledger.answeredToAsk(job.id(), message, job.model().orElse(""), job.queueId().orElseThrow());
            case REJECT -> ledger.answeredToEnd(job.id(), message);
        }
        LOG.info("{}: a person answered {}", job.bundle(), answer.answer());
    }

    /** Whoever consents is kept with the attestation, where it can be erased, and not in the job's history. */
    private void approve(Job job, JsonNode form, String file, Attestation.Way way, String message) {
        if (Question.of(job).isEmpty()) {
            ledger.answeredToSend(job.id(), message, job.reason());
            return;
        }
        giving.give(job, form, file, way);
        ledger.answeredToSend(job.id(), "A person consented", Optional.empty());
        ledger.reconsider();
    }
}
