package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.api.Revocation;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.consent.ConsentUse;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.venice.Json;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes consent back, and tells what rests on it. What waits is parked before it is sent, by itself. */
final class Revoking {

    private static final int LONGEST_NOTE = 500;

    private final Ledger ledger;
    private final ConsentStore store;
    private final Clock clock;

    Revoking(Ledger ledger, ConsentStore store, Clock clock) {
        this.ledger = ledger;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Takes consent back. The same again, as after a crash, changes nothing.
     *
     * @param file what to call it in a message
     * @param occasion tells one dropping of the same words from another
     * @param files digests of the files that came with it, by their names
     * @return which attestations it ended, and which jobs rest on them, with what can still be done
     * @throws IllegalArgumentException with a sentence that says which field, and what is allowed
     */
    ObjectNode take(JsonNode form, String file, String occasion, Map<String, String> files) {
        Revocation.Scope scope = scope(form, file);
        String by = PersonName.of(form.path("by").asText(""), file + ": by");
        String target = form.path("target").asText("").strip();
        if (target.isEmpty() || target.length() > LONGEST_NOTE) {
            throw new IllegalArgumentException(file + ": target is "
                    + (target.isEmpty() ? "empty" : "too long") + ". It is the SHA-256 of a medium, the name of a person, or the"
                    + " id of an attestation, as revoke says.");
        }
        String meant = scope == Revocation.Scope.MEDIUM ? GivenAhead.hash(target, file, files) : target;
        Optional<String> note = Optional.of(form.path("note").asText("").strip()).filter(text -> !text.isEmpty());
        if (note.filter(text -> text.length() > LONGEST_NOTE).isPresent()) {
            throw new IllegalArgumentException(file + ": note has more than " + LONGEST_NOTE + " characters.");
        }
        String id = Policy.hashOf(String.join("\n", occasion, form.toString())).substring(0, 32);
        List<Attestation> ended = revoke(new Revocation(id, clock.instant(), by, scope, meant, note), file);
        ledger.parkedJobs().reconsider();
        return report(id, scope, meant, ended);
    }

    /** Only the store knows whether there is what is too long for it to note. */
    private List<Attestation> revoke(Revocation revocation, String file) {
        try {
            return store.revoke(revocation);
        } catch (IllegalArgumentException e) {
            int length = revocation.target().length();
            if (revocation.scope() != Revocation.Scope.ATTESTATION || length <= Attestation.LONGEST_ID) {
                throw e;
            }
            throw new IllegalArgumentException(file + ": target has " + length + " characters, and no attestation's id"
                    + " has more than " + Attestation.LONGEST_ID + ". --consents shows the ids.", e);
        }
    }

    private ObjectNode report(String id, Revocation.Scope scope, String target, List<Attestation> ended) {
        ObjectNode report = Json.mapper().createObjectNode();
        report.put("revocation", id).put("at", clock.instant().toString());
        if (ended.isEmpty()) {
            report.put("warning", "No attestation is known of this " + scope + ". It is noted, and holds for what comes; see"
                    + " whether target is spelt as in the ledger.");
        }
        var attestations = report.putArray("attestations");
        ended.forEach(attestation -> attestations.addObject().put("id", attestation.id()).put("at", attestation.at().toString()));
        var jobs = report.putArray("jobs");
        for (String jobId : resting(scope, target, ended)) {
            ledger.jobs().find(jobId).ifPresent(job -> describe(job, jobs.addObject()));
        }
        return report;
    }

    private Set<String> resting(Revocation.Scope scope, String target, List<Attestation> ended) {
        List<ConsentUse> uses = scope == Revocation.Scope.MEDIUM ? ledger.consentUses().ofMedia(List.of(target))
                : ledger.consentUses().restingOn(ended.stream().map(Attestation::id).toList());
        return uses.stream().map(ConsentUse::jobId).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void describe(Job job, ObjectNode entry) {
        entry.put("job_id", job.id()).put("bundle", job.bundle()).put("state", job.state().toString());
        job.queueId().ifPresent(queueId -> entry.put("queue_id", queueId));
        List<String> places = ledger.deliveries().of(job.id()).stream().flatMap(delivery -> delivery.location().stream()).toList();
        places.forEach(entry.putArray("delivered_to")::add);
        boolean inHand = job.state() == JobState.RECEIVED && !job.isPaid() && job.leaseOwner().isPresent();
        entry.put("to_do", switch (inHand ? JobState.SUBMITTING : job.state()) {
            case RECEIVED, PARKED -> job.isPaid() ? "It was accepted and cannot be called back: reject it, and ask Venice to delete"
                    + " its media and video." : "Nothing: it has not been accepted, and is parked before it is sent.";
            case SUBMITTING -> "It may be on its way this very moment: look again in a minute, and then do what its state wants.";
            case GENERATING, RETRIEVED -> "It was accepted and cannot be called back. Revoke the consent in Venice's web app, and"
                    + " delete the video when it is delivered.";
            case DELIVERED -> "Delete the video where it was delivered, and revoke the consent in Venice's web app.";
            case FAILED -> job.isPaid() ? "It was accepted, and its video was not delivered: do not drop it again, and revoke the"
                    + " consent in Venice's web app." : "Nothing: it was never accepted.";
        });
    }

    private static Revocation.Scope scope(JsonNode form, String file) {
        String said = form.path("revoke").asText("");
        for (Revocation.Scope scope : Revocation.Scope.values()) {
            if (scope.toString().equals(said.toLowerCase(Locale.ROOT))) {
                return scope;
            }
        }
        throw new IllegalArgumentException(file + ": revoke is \"" + (said.length() <= 80 ? said : said.substring(0, 80))
                + "\". Allowed: medium, person, attestation.");
    }
}
