package io.github.venicevideo.ledger.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.Attestation;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What came of checking the chain of consents.
 *
 * @param head where it ends
 * @param attestations how many there are
 * @param uses how many times a job came to rest on one
 * @param elsewhere how many of these rest on attestations that another store keeps
 * @param erased how many contents were erased, and are on record as erased
 * @param broken the first entry that is not as it was written, and why; empty when all is well
 */
public record ConsentCheck(ConsentHead head, int attestations, int uses, int elsewhere, int erased,
                           Optional<String> broken) {

    static ConsentCheck of(ConsentChain chain, Optional<String> expected) {
        Map<String, ConsentEntry> attestations = new HashMap<>();
        chain.ofKind(ConsentLog.ATTESTATION).forEach(entry -> attestations.putIfAbsent(entry.subject(), entry));
        List<ConsentEntry> uses = chain.ofKind(ConsentLog.USE);
        int elsewhere = (int) uses.stream().filter(use -> !attestations.containsKey(use.subject())).count();
        Set<String> erased = erased(chain);
        return new ConsentCheck(chain.head(), attestations.size(), uses.size(), elsewhere, erased.size(),
                broken(chain, attestations, erased, expected));
    }

    private static Optional<String> broken(ConsentChain chain, Map<String, ConsentEntry> attestations, Set<String> erased,
            Optional<String> expected) {
        String previous = "";
        long place = 0;
        for (ConsentEntry entry : chain.entries()) {
            place++;
            Optional<String> wrong = link(entry, place, previous).or(() -> contents(chain, entry, erased))
                    .or(() -> entry.kind().equals(ConsentLog.USE) ? use(chain, entry, attestations) : Optional.empty());
            if (wrong.isPresent()) {
                return Optional.of("Entry " + entry.seq() + " (" + entry.kind() + " " + entry.subject() + ", "
                        + entry.at() + "): " + wrong.get());
            }
            previous = entry.hash();
        }
        if (chain.head().entries() != place || !chain.head().hash().equals(previous)) {
            return Optional.of("Entry " + (Math.min(place, chain.head().entries()) + 1) + ": the chain has " + place
                    + " entries and ends with " + (previous.isEmpty() ? "nothing" : previous) + ", and its head says "
                    + chain.head() + ": entries were taken away or added at its end");
        }
        return expected.filter(hash -> chain.entries().stream().noneMatch(entry -> entry.hash().equals(hash)))
                .map(hash -> "Entry " + (place(chain) + 1) + ": no entry has the hash " + hash + ", which the chain had"
                        + " when that head was exported: it was cut there, or written anew");
    }

    private static long place(ConsentChain chain) {
        return chain.entries().size();
    }

    private static Optional<String> link(ConsentEntry entry, long place, String previous) {
        if (entry.seq() != place) {
            return Optional.of("entry " + place + " is missing before it");
        }
        if (!entry.isWhole()) {
            return Optional.of("its hash is not that of its contents: it was altered");
        }
        return entry.prevHash().equals(previous) ? Optional.empty()
                : Optional.of("it does not follow the entry before it: one of them was replaced");
    }

    private static Optional<String> contents(ConsentChain chain, ConsentEntry entry, Set<String> erased) {
        JsonNode commitments = ConsentChain.facts(entry).path("commitments");
        Map<String, ConsentChain.Secret> secrets = chain.secretsOf(entry);
        for (Map.Entry<String, ConsentChain.Secret> secret : secrets.entrySet()) {
            String name = secret.getKey();
            if (!commitments.path(name).asText().equals(
                    ConsentEntry.commitment(secret.getValue().salt(), name, secret.getValue().value()))) {
                return Optional.of("its " + name + " is not what was committed to: it was altered");
            }
        }
        return commitments.properties().stream().map(Map.Entry::getKey)
                .filter(name -> !secrets.containsKey(name) && !erased.contains(entry.seq() + "/" + name))
                .findFirst().map(name -> "its " + name + " is gone, and no erasure is on record: it was taken away");
    }

    /** A job may only rest on an attestation that covered its media when that was decided. */
    private static Optional<String> use(ConsentChain chain, ConsentEntry use, Map<String, ConsentEntry> attestations) {
        ConsentEntry attestation = attestations.get(use.subject());
        if (attestation == null) {
            return Optional.empty();
        }
        JsonNode given = ConsentChain.facts(attestation);
        JsonNode facts = ConsentChain.facts(use);
        Instant at = use.at();
        if (attestation.seq() > use.seq()) {
            return Optional.of("job " + use.jobId().orElse("") + " rests on an attestation that was given afterwards");
        }
        if (!given.path("flow").equals(facts.path("flow")) || given.has("policy_hash")
                && !given.path("policy_hash").equals(facts.path("policy_hash"))) {
            return Optional.of("the attestation is about another policy");
        }
        if (given.has("valid_until") && at.toEpochMilli() >= given.path("valid_until").asLong()) {
            return Optional.of("the attestation had run out");
        }
        if (!given.path("kind").asText().equals(Attestation.Kind.GIVEN.toString())
                && !attestation.jobId().equals(use.jobId())) {
            return Optional.of("the attestation serves job " + attestation.jobId().orElse("") + " alone");
        }
        if (chain.revocationOf(attestation).filter(revoked -> before(revoked, use)).isPresent()) {
            return Optional.of("the attestation had been taken back");
        }
        return media(chain, attestation, use);
    }

    private static Optional<String> media(ConsentChain chain, ConsentEntry attestation, ConsentEntry use) {
        Map<String, String> given = chain.values(attestation);
        Map<String, String> used = chain.values(use);
        boolean complete = ConsentChain.facts(attestation).path("commitments").size() == given.size();
        for (Map.Entry<String, String> medium : used.entrySet()) {
            if (!medium.getKey().startsWith(Attestations.MEDIUM)) {
                continue;
            }
            if (complete && !given.containsValue(medium.getValue())) {
                return Optional.of("the attestation does not cover the medium " + medium.getValue());
            }
            if (chain.revocationOf(attestation, medium.getValue()).filter(revoked -> before(revoked, use)).isPresent()) {
                return Optional.of("consent for the medium " + medium.getValue() + " had been taken back");
            }
        }
        return Optional.empty();
    }

    /** One that came while the use was being decided is told to the operator by the revocation itself. */
    private static boolean before(ConsentEntry revocation, ConsentEntry use) {
        return revocation.seq() < use.seq() && revocation.at().isBefore(use.at());
    }

    private static Set<String> erased(ConsentChain chain) {
        Set<String> erased = new HashSet<>();
        for (ConsentEntry erasure : chain.ofKind(ConsentLog.ERASURE)) {
            ConsentChain.facts(erasure).path("erased").properties().forEach(entry -> entry.getValue()
                    .forEach(name -> erased.add(entry.getKey() + "/" + name.asText())));
        }
        return erased;
    }
}
