package io.github.venicevideo.consent;

import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Coverage;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.consent.ConsentUse;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which attestations a job can rest on, and records it. It adds nothing to what people have stated. */
final class Grants {

    private static final String STANDING = "standing-";

    private final ConsentStore store;
    private final Ledger ledger;
    private final Clock clock;
    private final List<StandingConsent> standing;

    Grants(ConsentStore store, Ledger ledger, Clock clock, List<StandingConsent> standing) {
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
        this.standing = standing;
    }

    /** What is known of the media of a question, under its text; media that a standing consent served are among the revoked. */
    Coverage coverage(Question question) {
        Set<String> hashes = question.hashes();
        if (hashes.isEmpty()) {
            return Coverage.none();
        }
        Coverage known = store.lookUp(question.policy().flow(), question.policy().hash(), hashes, clock.instant());
        Set<String> revoked = new HashSet<>(endedStanding(hashes));
        revoked.removeAll(known.attested().keySet());
        revoked.addAll(known.revoked());
        return new Coverage(known.attested(), revoked, known.expired());
    }

    /** Those that a standing consent served, where that use was taken back. */
    private Set<String> endedStanding(Set<String> hashes) {
        List<ConsentUse> uses = ledger.consentUses().ofMedia(hashes).stream()
                .filter(use -> use.attestationId().startsWith(STANDING)).toList();
        if (uses.isEmpty()) {
            return Set.of();
        }
        Set<String> holding = store.inForce(uses.stream().map(ConsentUse::attestationId).distinct().toList(), Instant.EPOCH);
        return uses.stream().filter(use -> !holding.contains(use.attestationId())).flatMap(use -> use.media().stream())
                .flatMap(medium -> medium.sha256().stream()).filter(hashes::contains).collect(Collectors.toSet());
    }

    /**
     * Answers a question out of what is on record, and records that the job rests on it.
     *
     * @param asked whether the provider asked it
     * @return what the job was granted; empty when a person has to be asked
     */
    List<ConsentUse> byRecord(Job job, Question question, Coverage coverage, boolean asked) {
        if (!question.canBeAnsweredByRecord()) {
            return List.of();
        }
        if (coverage.attested().keySet().containsAll(question.hashes())) {
            return ledger.consentUses().granted(job.id(), usesOf(job, question, coverage, asked));
        }
        boolean serves = asked && question.because() == Question.Because.FACE && coverage.revoked().isEmpty()
                && coverage.expired().isEmpty();
        return serves ? byStanding(job, question) : List.of();
    }

    /**
     * Records an attestation that was given for this job, and that the job rests on it alone.
     *
     * @return empty where it was recorded before, and taken back since
     */
    List<ConsentUse> by(Job job, Attestation attestation) {
        store.record(attestation);
        if (store.inForce(List.of(attestation.id()), clock.instant()).isEmpty()) {
            return List.of();
        }
        return ledger.consentUses().granted(job.id(), List.of(use(job, attestation, attestation.media(), true)));
    }

    /** The grant that a job was given last, as long as all of it holds, under this text. */
    List<ConsentUse> inForce(Job job, Optional<String> newestPolicy) {
        List<ConsentUse> grant = ledger.consentUses().grantOf(job.id());
        List<String> ids = grant.stream().map(ConsentUse::attestationId).toList();
        boolean present = grant.stream().allMatch(use -> use.policyHash().isPresent()
                && use.policyHash().equals(newestPolicy));
        return !grant.isEmpty() && present && store.inForce(ids, clock.instant()).containsAll(ids) ? grant : List.of();
    }

    /** Whether a person has answered this very job since it was parked; it may have been in hand just then. */
    boolean wasAnswered(Job job, Question question) {
        List<ConsentUse> grant = inForce(job, Optional.of(question.policy().hash()));
        return !grant.isEmpty() && grant.stream().allMatch(use -> use.at().isAfter(job.updatedAt()));
    }

    /** The standing consent that was meant for this drop folder, though it is about another text or has run out. */
    Optional<StandingConsent> unfit(Job job) {
        return standing.stream().filter(consent -> consent.drop().equals(job.dropName())).findFirst();
    }

    private List<ConsentUse> byStanding(Job job, Question question) {
        Instant now = clock.instant();
        Optional<StandingConsent> fitting = standing.stream()
                .filter(consent -> consent.drop().equals(job.dropName()))
                .filter(consent -> consent.policyHash().equals(question.policy().hash()))
                .filter(consent -> ConsentFlow.SEEDANCE.key().equals(question.policy().flow()))
                .filter(consent -> now.isBefore(consent.until()))
                .filter(consent -> !store.isRevoked(consent.person()))
                .findFirst();
        return fitting.map(consent -> by(job, new Attestation(
                STANDING + job.id() + "-" + question.policy().hash().substring(0, 8), Attestation.Kind.STANDING,
                consent.person(), now, question.policy().flow(), Optional.of(question.policy().hash()), consent.confirmed(),
                question.media().stream().map(FaceMedium::attested).toList(), Optional.of(job.id()),
                Optional.of(Names.cut(job.bundle())), Attestation.Way.CONFIGURATION,
                Optional.of("venice.consent.standing." + Names.cut(consent.name())), Optional.of(consent.until()))))
                .orElse(List.of());
    }

    private List<ConsentUse> usesOf(Job job, Question question, Coverage coverage, boolean asked) {
        Map<String, Attestation> attestations = new LinkedHashMap<>();
        Map<String, List<AttestedMedium>> media = new LinkedHashMap<>();
        for (FaceMedium medium : question.media()) {
            Attestation attestation = coverage.attested().get(medium.sha256().orElseThrow());
            attestations.put(attestation.id(), attestation);
            media.computeIfAbsent(attestation.id(), id -> new ArrayList<>()).add(medium.attested());
        }
        return attestations.values().stream().map(found -> use(job, found, media.get(found.id()), asked)).toList();
    }

    private ConsentUse use(Job job, Attestation attestation, List<AttestedMedium> media, boolean asked) {
        return new ConsentUse(job.id(), clock.instant(), 0, attestation.id(), Optional.of(attestation.by()),
                attestation.flow(), attestation.policyHash(), attestation.confirmed(), media, asked);
    }
}
