package io.github.venicevideo.ledger.consent;

import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Coverage;
import io.github.venicevideo.api.Revocation;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Attestations and revocations as entries of the ledger's chain. */
public final class LedgerConsentStore implements ConsentStore {

    private final Supplier<Jdbi> jdbi;
    private final ConsentLog log = new ConsentLog();

    /** @param jdbi asked for each time, since the ledger opens later */
    public LedgerConsentStore(Supplier<Jdbi> jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void record(Attestation attestation) {
        if (attestation.by().isBlank()) {
            throw new IllegalArgumentException("An attestation is given by a person: by is empty.");
        }
        jdbi().useTransaction(handle -> {
            ConsentLog.hold(handle);
            if (ConsentLog.about(handle, ConsentLog.ATTESTATION, List.of(attestation.id())).isEmpty()) {
                log.append(handle, attestation.at(), ConsentLog.ATTESTATION, attestation.id(), attestation.jobId(),
                        Attestations.facts(attestation), Attestations.secrets(attestation));
            }
        });
    }

    @Override
    public Coverage lookUp(String flow, String policyHash, Set<String> sha256, Instant at) {
        return jdbi().withHandle(handle -> {
            Map<String, Attestation> attested = new HashMap<>();
            Set<String> expired = new HashSet<>();
            Map<String, Long> takenBack = revokedMedia(handle, sha256);
            Map<String, Long> revoked = new HashMap<>(takenBack);
            Map<String, Long> given = new HashMap<>();
            for (ConsentEntry entry : ConsentLog.holding(handle, ConsentLog.ATTESTATION, Attestations.MEDIUM, sha256)) {
                Optional<Attestation> found = Attestations.read(handle, entry);
                if (found.isEmpty() || found.get().kind() != Attestation.Kind.GIVEN) {
                    continue;
                }
                Attestation attestation = found.get();
                Optional<Long> ended = endedBy(handle, entry.seq(), attestation);
                boolean asked = attestation.flow().equals(flow)
                        && attestation.policyHash().filter(policyHash::equals).isPresent();
                for (String medium : hashes(attestation, sha256)) {
                    if (ended.isPresent()) {
                        revoked.merge(medium, ended.get(), Math::max);
                    } else if (takenBack.getOrDefault(medium, 0L) < entry.seq()) {
                        given.put(medium, entry.seq());
                        if (asked && attestation.lasts(at)) {
                            attested.put(medium, attestation);
                        } else if (asked) {
                            expired.add(medium);
                        }
                    }
                }
            }
            revoked.keySet().removeIf(medium -> given.getOrDefault(medium, 0L) > revoked.get(medium));
            // What another person gave, and did not take back, holds beside the revocation of one.
            revoked.keySet().removeAll(attested.keySet());
            expired.removeAll(attested.keySet());
            return new Coverage(attested, revoked.keySet(), expired);
        });
    }

    @Override
    public Set<String> inForce(Collection<String> ids, Instant at) {
        return jdbi().withHandle(handle -> {
            Set<String> inForce = new HashSet<>();
            for (ConsentEntry entry : ConsentLog.about(handle, ConsentLog.ATTESTATION, ids)) {
                Attestations.read(handle, entry).filter(attestation -> attestation.lasts(at))
                        .filter(attestation -> endedBy(handle, entry.seq(), attestation).isEmpty())
                        .ifPresent(attestation -> inForce.add(attestation.id()));
            }
            return inForce;
        });
    }

    @Override
    public boolean isRevoked(String person) {
        return jdbi().withHandle(handle -> !ConsentLog.holding(handle, ConsentLog.REVOCATION, Attestations.PERSON,
                List.of(folded(person))).isEmpty());
    }

    @Override
    public List<Attestation> revoke(Revocation revocation) {
        return jdbi().inTransaction(handle -> {
            ConsentLog.hold(handle);
            List<ConsentEntry> ended = switch (revocation.scope()) {
                case ATTESTATION -> ConsentLog.about(handle, ConsentLog.ATTESTATION, List.of(revocation.target()));
                case MEDIUM -> ConsentLog.holding(handle, ConsentLog.ATTESTATION, Attestations.MEDIUM,
                        List.of(revocation.target()));
                case PERSON -> ConsentLog.holding(handle, ConsentLog.ATTESTATION, Attestations.PERSON,
                        List.of(folded(revocation.target())));
            };
            if (!isKnown(handle, revocation)) {
                append(handle, revocation);
            }
            List<Attestation> attestations = new ArrayList<>();
            ended.forEach(entry -> Attestations.read(handle, entry).ifPresent(attestations::add));
            return attestations;
        });
    }

    private void append(Handle handle, Revocation revocation) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", revocation.id());
        facts.put("scope", revocation.scope().toString());
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("by", revocation.by());
        revocation.note().ifPresent(note -> secrets.put("note", note));
        boolean one = revocation.scope() == Revocation.Scope.ATTESTATION;
        switch (revocation.scope()) {
            case ATTESTATION -> { }
            case MEDIUM -> secrets.put(Attestations.MEDIUM + "0", revocation.target());
            case PERSON -> secrets.put(Attestations.PERSON, folded(revocation.target()));
        }
        log.append(handle, revocation.at(), ConsentLog.REVOCATION, one ? revocation.target() : revocation.id(),
                Optional.empty(), facts, secrets);
    }

    private static boolean isKnown(Handle handle, Revocation revocation) {
        return ConsentLog.about(handle, ConsentLog.REVOCATION, List.of(revocation.id(), revocation.target())).stream()
                .anyMatch(entry -> Attestations.tree(entry).path("id").asText().equals(revocation.id()));
    }

    private static Map<String, Long> revokedMedia(Handle handle, Set<String> sha256) {
        Map<String, Long> revoked = new HashMap<>();
        for (ConsentEntry entry : ConsentLog.holding(handle, ConsentLog.REVOCATION, Attestations.MEDIUM, sha256)) {
            revoked.merge(ConsentLog.secrets(handle, entry.seq()).get(Attestations.MEDIUM + "0"), entry.seq(), Math::max);
        }
        return revoked;
    }

    /** The place of the revocation, of it or of its person, that came after an attestation. */
    private static Optional<Long> endedBy(Handle handle, long seq, Attestation attestation) {
        List<ConsentEntry> revocations = new ArrayList<>(
                ConsentLog.about(handle, ConsentLog.REVOCATION, List.of(attestation.id())));
        revocations.addAll(ConsentLog.holding(handle, ConsentLog.REVOCATION, Attestations.PERSON,
                List.of(folded(attestation.by()))));
        return revocations.stream().map(ConsentEntry::seq).filter(at -> at > seq).max(Long::compare);
    }

    private static List<String> hashes(Attestation attestation, Set<String> wanted) {
        return attestation.media().stream().flatMap(medium -> medium.sha256().stream()).filter(wanted::contains).toList();
    }

    /** One spelling for one person: case, spaces and what cannot be seen do not tell people apart. */
    public static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("\\p{Cf}", "").strip()
                .replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private Jdbi jdbi() {
        return jdbi.get();
    }
}
