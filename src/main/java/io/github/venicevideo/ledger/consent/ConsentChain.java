package io.github.venicevideo.ledger.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The whole chain of consents as it was at one moment.
 *
 * @param entries oldest first
 * @param secrets what tells of a person, by the entry's place and its name there; what was erased is not in it
 * @param revocations those of the entries that are
 * @param head where the ledger says that the chain ends
 */
public record ConsentChain(List<ConsentEntry> entries, Map<Long, Map<String, Secret>> secrets, List<ConsentEntry> revocations,
                    ConsentHead head) {

    /** What a commitment stands for. */
    record Secret(String salt, String value) {
    }

    public static ConsentChain read(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.inTransaction(TransactionIsolationLevel.SERIALIZABLE, ConsentChain::read));
    }

    private static ConsentChain read(Handle handle) {
        Map<Long, Map<String, Secret>> secrets = new HashMap<>();
        handle.createQuery("SELECT seq, name, salt, value FROM consent_secret ORDER BY seq, name").mapToMap().forEach(row ->
                secrets.computeIfAbsent(((Number) row.get("seq")).longValue(), seq -> new LinkedHashMap<>())
                        .put((String) row.get("name"), new Secret((String) row.get("salt"), (String) row.get("value"))));
        List<ConsentEntry> entries = handle.createQuery("SELECT * FROM consent_entry ORDER BY seq")
                .mapTo(ConsentEntry.class).list();
        return new ConsentChain(entries, secrets, ofKind(entries, ConsentLog.REVOCATION), ConsentHead.read(handle));
    }

    public Map<String, Secret> secretsOf(ConsentEntry entry) {
        return secrets.getOrDefault(entry.seq(), Map.of());
    }

    /** One of them; empty when it was erased, or never was. */
    public Optional<String> secret(ConsentEntry entry, String name) {
        return Optional.ofNullable(secretsOf(entry).get(name)).map(Secret::value);
    }

    /** All of an entry's that are left, by name. */
    public Map<String, String> values(ConsentEntry entry) {
        Map<String, String> values = new LinkedHashMap<>();
        secretsOf(entry).forEach((name, secret) -> values.put(name, secret.value()));
        return values;
    }

    public List<ConsentEntry> ofKind(String kind) {
        return ofKind(entries, kind);
    }

    private static List<ConsentEntry> ofKind(List<ConsentEntry> entries, String kind) {
        return entries.stream().filter(entry -> entry.kind().equals(kind)).toList();
    }

    /** The revocation of a whole attestation, by its id or its person, that came next after it. */
    Optional<ConsentEntry> revocationOf(ConsentEntry attestation) {
        Optional<String> person = secret(attestation, Attestations.PERSON);
        return revocations.stream().filter(revocation -> revocation.seq() > attestation.seq())
                .filter(revocation -> revocation.subject().equals(attestation.subject())
                        || person.isPresent() && secret(revocation, Attestations.PERSON).equals(person))
                .findFirst();
    }

    /** The revocation of one medium that came next after an attestation. */
    Optional<ConsentEntry> revocationOf(ConsentEntry attestation, String sha256) {
        return revocations.stream().filter(revocation -> revocation.seq() > attestation.seq())
                .filter(revocation -> secret(revocation, Attestations.MEDIUM + "0").filter(sha256::equals).isPresent())
                .findFirst();
    }

    static JsonNode facts(ConsentEntry entry) {
        return Attestations.tree(entry);
    }
}
