package io.github.venicevideo.ledger.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Which jobs rest on which attestations, as entries of the chain. */
public final class ConsentUses {

    private final Jdbi jdbi;
    private final ConsentLog log = new ConsentLog();

    public ConsentUses(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Records what a job may be sent with: all of these together, in place of what was granted to it before. The same
     * again, as after a crash, is not recorded twice.
     *
     * @param uses {@link ConsentUse#grant()} is chosen here
     * @return the grant as recorded
     */
    public List<ConsentUse> granted(String jobId, List<ConsentUse> uses) {
        return jdbi.inTransaction(handle -> {
            ConsentLog.hold(handle);
            List<ConsentUse> before = latest(of(handle, jobId));
            if (isSame(before, uses)) {
                return before;
            }
            int grant = before.isEmpty() ? 1 : before.get(0).grant() + 1;
            uses.forEach(use -> append(handle, use, grant));
            return latest(of(handle, jobId));
        });
    }

    /** All that a job was ever granted, oldest first. */
    public List<ConsentUse> of(String jobId) {
        return jdbi.withHandle(handle -> of(handle, jobId));
    }

    /** What a job was granted last; empty when nothing was. */
    public List<ConsentUse> grantOf(String jobId) {
        return latest(of(jobId));
    }

    /** The uses of some attestations, oldest first. */
    public List<ConsentUse> restingOn(Collection<String> attestationIds) {
        return jdbi.withHandle(handle -> ConsentLog.about(handle, ConsentLog.USE, attestationIds).stream()
                .map(entry -> read(handle, entry)).toList());
    }

    /** The uses of media, by their SHA-256, oldest first. */
    public List<ConsentUse> ofMedia(Collection<String> sha256) {
        return jdbi.withHandle(handle -> ConsentLog.holding(handle, ConsentLog.USE, Attestations.MEDIUM, sha256).stream()
                .map(entry -> read(handle, entry)).toList());
    }

    /** Those of some media that the provider has accepted in a job that rested on attestations under this text. */
    public Set<String> accepted(Set<String> sha256, String policyHash) {
        return sha256.isEmpty() ? Set.of() : jdbi.withHandle(handle -> Set.copyOf(handle.createQuery("SELECT DISTINCT s.value"
                        + " FROM consent_secret s JOIN consent_entry e ON e.seq = s.seq JOIN job j ON j.id = e.job_id"
                        + " WHERE s.value IN (<hashes>) AND s.name LIKE :name AND e.kind = :kind AND e.facts LIKE :policy"
                        + " AND j.queue_id IS NOT NULL")
                .bindList("hashes", List.copyOf(sha256)).bind("name", Attestations.MEDIUM + "%").bind("kind", ConsentLog.USE)
                .bind("policy", "%\"policy_hash\":\"" + policyHash + "\"%")
                .mapTo(String.class).list()));
    }

    /** The whole chain, oldest first. */
    public List<ConsentEntry> chain() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM consent_entry ORDER BY seq")
                .mapTo(ConsentEntry.class).list());
    }

    private static List<ConsentUse> of(Handle handle, String jobId) {
        return handle.createQuery("SELECT * FROM consent_entry WHERE job_id = :id AND kind = :kind ORDER BY seq")
                .bind("id", jobId).bind("kind", ConsentLog.USE).mapTo(ConsentEntry.class).list().stream()
                .map(entry -> read(handle, entry)).toList();
    }

    private static List<ConsentUse> latest(List<ConsentUse> uses) {
        int last = uses.stream().mapToInt(ConsentUse::grant).max().orElse(0);
        return uses.stream().filter(use -> use.grant() == last).toList();
    }

    private void append(Handle handle, ConsentUse use, int grant) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("grant", grant);
        facts.put("flow", use.flow());
        use.policyHash().ifPresent(hash -> facts.put("policy_hash", hash));
        facts.put("confirmed", use.confirmed());
        facts.put("media", use.media().size());
        facts.put("asked", use.asked());
        Map<String, String> secrets = new LinkedHashMap<>();
        use.by().ifPresent(by -> {
            secrets.put("by", by);
            secrets.put(Attestations.PERSON, LedgerConsentStore.folded(by));
        });
        Attestations.media(use.media(), secrets);
        log.append(handle, use.at(), ConsentLog.USE, use.attestationId(), Optional.of(use.jobId()), facts, secrets);
    }

    private static ConsentUse read(Handle handle, ConsentEntry entry) {
        JsonNode facts = Attestations.tree(entry);
        Map<String, String> secrets = ConsentLog.secrets(handle, entry.seq());
        List<String> confirmed = new ArrayList<>();
        facts.path("confirmed").forEach(flag -> confirmed.add(flag.asText()));
        Instant at = entry.at();
        return new ConsentUse(entry.jobId().orElse(""), at, facts.path("grant").asInt(), entry.subject(),
                Optional.ofNullable(secrets.get("by")), facts.path("flow").asText(),
                facts.hasNonNull("policy_hash") ? Optional.of(facts.path("policy_hash").asText()) : Optional.empty(),
                confirmed, Attestations.media(facts.path("media").asInt(), secrets),
                facts.path("asked").asBoolean());
    }

    private static boolean isSame(List<ConsentUse> before, List<ConsentUse> uses) {
        return all(before, ConsentUse::attestationId).equals(all(uses, ConsentUse::attestationId))
                && all(before, ConsentUse::policyHash).equals(all(uses, ConsentUse::policyHash))
                && all(before, ConsentUse::asked).equals(all(uses, ConsentUse::asked));
    }

    private static <T> Set<T> all(List<ConsentUse> uses, Function<ConsentUse, T> what) {
        return uses.stream().map(what).collect(Collectors.toSet());
    }
}
