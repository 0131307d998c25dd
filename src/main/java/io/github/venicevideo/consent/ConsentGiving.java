package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Takes the consent that a person gives to the question of a parked job. */
final class ConsentGiving {

    private final Ledger ledger;
    private final ConsentStore store;
    private final Clock clock;
    private final ZoneId zone;
    private final Optional<Duration> validFor;

    ConsentGiving(Ledger ledger, ConsentStore store, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.store = store;
        this.clock = clock;
        this.zone = ZoneId.of(settings.required("venice.zone"));
        this.validFor = settings.text("venice.consent.valid-for").map(value -> settings.duration("venice.consent.valid-for"));
    }

    /**
     * Reads a form, and what it answers.
     *
     * @param file what to call the form in a message
     * @throws IllegalArgumentException with a sentence that says which field, and what is allowed
     */
    Confirmation read(JsonNode form, String file, ConsentFlow flow) {
        return Confirmation.read(form, file, flow, validFor, clock.instant(), zone);
    }

    /**
     * Records what a person says to the question that a job waits with. From then on the job rests on it, and
     * {@link io.github.venicevideo.ledger.job.ParkedJobs#answeredToSend} lets it go; all of it may be done again after a crash.
     *
     * @throws IllegalArgumentException with a sentence, where it is no answer to this question
     */
    void give(Job job, JsonNode form, String file, Attestation.Way way) {
        Question question = Question.of(job).orElseThrow(() -> new IllegalArgumentException(file + ": job " + job.id()
                + " waits for no consent."));
        Confirmation said = read(form, file, ConsentFlow.of(question.policy().flow()).orElseThrow());
        check(form, file, question);
        String key = String.join("\n", job.id(), job.updatedAt().toString(), said.by(), question.policy().hash());
        Attestation attestation = new Attestation(Policy.hashOf(key).substring(0, 32), Attestation.Kind.GIVEN, said.by(),
                clock.instant(), question.policy().flow(), Optional.of(question.policy().hash()), said.confirmed(),
                question.media().stream().map(FaceMedium::attested).toList(), Optional.of(job.id()),
                Optional.of(Names.cut(job.bundle())), way, said.note(), said.validUntil());
        if (new Grants(store, ledger, clock, List.of()).by(job, attestation).isEmpty()) {
            throw new IllegalArgumentException(file + ": this consent was taken back already. Give it anew.");
        }
    }

    /** A form that was filled in for another text, or for other media, answers nothing. */
    private static void check(JsonNode form, String file, Question question) {
        String hash = form.path("policy_hash").asText("");
        if (!hash.equals(question.policy().hash())) {
            throw new IllegalArgumentException(file + ": policy_hash is \"" + (hash.length() <= 80 ? hash : hash.substring(0, 80))
                    + "\", but this bundle waits for consent to the text with policy_hash " + question.policy().hash()
                    + ". Read the text in ACTION.md, and fill in the form that lies beside it.");
        }
        TreeSet<String> listed = new TreeSet<>();
        form.path("media").forEach(medium -> listed.add(medium.path("sha256").asText(medium.path("field").asText(""))));
        TreeSet<String> asked = new TreeSet<>();
        question.media().forEach(medium -> asked.add(medium.sha256().orElse(medium.field())));
        if (!listed.equals(asked)) {
            throw new IllegalArgumentException(file + ": media are not those that this bundle waits for consent to. They"
                    + " are agreed to together: leave the list as the form has it, or answer reject.");
        }
    }
}
