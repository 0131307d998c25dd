package io.github.venicevideo.ledger.forget;

import io.github.venicevideo.ledger.consent.Attestations;
import io.github.venicevideo.ledger.consent.ConsentChain;
import io.github.venicevideo.ledger.consent.ConsentEntry;
import io.github.venicevideo.ledger.consent.ConsentLog;
import io.github.venicevideo.ledger.consent.LedgerConsentStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which contents of the chain of consents have to go with something. What was taken back stays so: in a revocation the digest
 * of the medium is kept, and the person whose consents it ended, unless it is this person who is to be forgotten.
 */
final class ForgetConsents {

    private final ConsentChain chain;
    private final Map<Long, Set<String>> erased = new TreeMap<>();

    private ForgetConsents(ConsentChain chain) {
        this.chain = chain;
    }

    /** @param jobs that are to be forgotten whole */
    static Map<Long, Set<String>> of(ConsentChain chain, ForgetTarget target, Set<String> jobs) {
        ForgetConsents forget = new ForgetConsents(chain);
        forget.jobs(jobs);
        switch (target.kind()) {
            case JOB -> { }
            case MEDIUM -> forget.medium(target.value());
            case PERSON -> forget.person(LedgerConsentStore.folded(target.value()));
        }
        return forget.erased;
    }

    /** The jobs that a person attested something for, or that rest on it. */
    static Set<String> jobsOf(ConsentChain chain, String person) {
        Set<String> attestations = new HashSet<>();
        Set<String> jobs = new TreeSet<>();
        chain.ofKind(ConsentLog.ATTESTATION).stream().filter(entry -> isOf(chain, entry, person)).forEach(entry -> {
            attestations.add(entry.subject());
            entry.jobId().ifPresent(jobs::add);
        });
        chain.ofKind(ConsentLog.USE).stream()
                .filter(use -> attestations.contains(use.subject()) || isOf(chain, use, person))
                .forEach(use -> use.jobId().ifPresent(jobs::add));
        return jobs;
    }

    /** The jobs that were granted the use of a medium. */
    static Set<String> jobsWith(ConsentChain chain, String sha256) {
        Set<String> jobs = new TreeSet<>();
        chain.ofKind(ConsentLog.USE).stream().filter(use -> !places(chain, use, sha256).isEmpty())
                .forEach(use -> use.jobId().ifPresent(jobs::add));
        return jobs;
    }

    private void jobs(Set<String> jobs) {
        Set<String> othersRestOn = new HashSet<>();
        for (ConsentEntry use : chain.ofKind(ConsentLog.USE)) {
            if (use.jobId().filter(jobs::contains).isPresent()) {
                all(use);
            } else {
                othersRestOn.add(use.subject());
            }
        }
        chain.ofKind(ConsentLog.ATTESTATION).stream().filter(entry -> entry.jobId().filter(jobs::contains).isPresent())
                .filter(entry -> !othersRestOn.contains(entry.subject())).forEach(this::all);
    }

    private void medium(String sha256) {
        for (ConsentEntry entry : chain.entries()) {
            List<String> places = entry.kind().equals(ConsentLog.REVOCATION) ? List.of() : places(chain, entry, sha256);
            places.forEach(place -> {
                erase(entry, Attestations.MEDIUM + place);
                erase(entry, Attestations.FILE + place);
            });
            if (!places.isEmpty() && chain.secretsOf(entry).keySet().stream().noneMatch(name ->
                    name.startsWith(Attestations.MEDIUM) && !erased.get(entry.seq()).contains(name))) {
                all(entry);
            }
        }
    }

    private void person(String folded) {
        for (ConsentEntry entry : chain.entries()) {
            if (isOf(chain, entry, folded)) {
                chain.values(entry).entrySet().stream().filter(secret -> !entry.kind().equals(ConsentLog.REVOCATION)
                        || !keepsEnded(secret.getKey(), secret.getValue(), folded)).forEach(secret -> erase(entry, secret.getKey()));
            }
        }
    }

    private static boolean keepsEnded(String name, String value, String forgotten) {
        return name.startsWith(Attestations.MEDIUM) || name.equals(Attestations.PERSON) && !value.equals(forgotten);
    }

    private static boolean isOf(ConsentChain chain, ConsentEntry entry, String folded) {
        Optional<String> by = chain.secret(entry, "by").map(LedgerConsentStore::folded);
        return by.filter(folded::equals).isPresent()
                || chain.secret(entry, Attestations.PERSON).filter(folded::equals).isPresent();
    }

    private static List<String> places(ConsentChain chain, ConsentEntry entry, String sha256) {
        return chain.values(entry).entrySet().stream()
                .filter(secret -> secret.getKey().startsWith(Attestations.MEDIUM) && secret.getValue().equals(sha256))
                .map(secret -> secret.getKey().substring(Attestations.MEDIUM.length())).toList();
    }

    private void all(ConsentEntry entry) {
        chain.secretsOf(entry).keySet().forEach(name -> erase(entry, name));
    }

    private void erase(ConsentEntry entry, String name) {
        if (chain.secretsOf(entry).containsKey(name)) {
            erased.computeIfAbsent(entry.seq(), seq -> new TreeSet<>()).add(name);
        }
    }
}
