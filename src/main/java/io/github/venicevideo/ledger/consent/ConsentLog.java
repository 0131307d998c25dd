package io.github.venicevideo.ledger.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.ledger.job.LedgerJson;
import io.github.venicevideo.venice.Json;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The chain of consents: appended to, read, and never altered. */
public final class ConsentLog {

    public static final String ATTESTATION = "attestation";
    public static final String REVOCATION = "revocation";
    public static final String USE = "use";
    public static final String ERASURE = "erasure";

    private static final int SALT_BYTES = 16;
    private static final int LONGEST = 500;

    private final SecureRandom random = new SecureRandom();

    /** Lets nobody else append until the transaction under way is over. */
    public static void hold(Handle handle) {
        handle.execute("UPDATE consent_head SET seq = seq WHERE id = 1");
    }

    /**
     * Appends an entry, in the transaction that is under way.
     *
     * @param subject an id, of at most 64 characters where it is a new one
     * @param secrets what tells of a person, by name
     * @throws IllegalArgumentException where something is longer than it may be; then nothing is appended
     */
    public long append(Handle handle, Instant at, String kind, String subject, Optional<String> jobId, Map<String, ?> facts,
            Map<String, String> secrets) {
        // Not every database has looked: a longer one that is here already can be used, and taken back.
        if (subject.length() > Attestation.LONGEST_ID && about(handle, ATTESTATION, List.of(subject)).isEmpty()) {
            throw new IllegalArgumentException("An id of an attestation or a revocation has " + subject.length()
                    + " characters; at most " + Attestation.LONGEST_ID + " are kept.");
        }
        Map<String, Object> head = handle.createQuery("UPDATE consent_head SET seq = seq + 1 WHERE id = 1"
                + " RETURNING seq, hash").mapToMap().one();
        long seq = ((Number) head.get("seq")).longValue();
        String previous = (String) head.get("hash");
        Map<String, String> salts = new LinkedHashMap<>();
        ObjectNode tree = Json.mapper().valueToTree(facts);
        ObjectNode commitments = tree.putObject("commitments");
        secrets.forEach((name, value) -> {
            if (value.length() > LONGEST) {
                throw new IllegalArgumentException(name + " has " + value.length() + " characters; at most " + LONGEST
                        + " are kept.");
            }
            salts.put(name, salt());
            commitments.put(name, ConsentEntry.commitment(salts.get(name), name, value));
        });
        String text = LedgerJson.write(tree);
        String hash = ConsentEntry.hash(seq, at, kind, subject, jobId, text, previous);
        handle.createUpdate("INSERT INTO consent_entry (seq, at, kind, subject, job_id, facts, prev_hash, hash)"
                        + " VALUES (:seq, :at, :kind, :subject, :jobId, :facts, :previous, :hash)")
                .bind("seq", seq).bind("at", at).bind("kind", kind).bind("subject", subject).bind("jobId", jobId)
                .bind("facts", text).bind("previous", previous).bind("hash", hash).execute();
        handle.createUpdate("UPDATE consent_head SET hash = :hash WHERE id = 1").bind("hash", hash).execute();
        secrets.forEach((name, value) -> handle.createUpdate("INSERT INTO consent_secret (seq, name, salt, value)"
                        + " VALUES (:seq, :name, :salt, :value)")
                .bind("seq", seq).bind("name", name).bind("salt", salts.get(name)).bind("value", value).execute());
        return seq;
    }

    /** The entries of a kind about some subjects, oldest first. */
    static List<ConsentEntry> about(Handle handle, String kind, Collection<String> subjects) {
        return subjects.isEmpty() ? List.of() : handle.createQuery("SELECT * FROM consent_entry WHERE kind = :kind"
                        + " AND subject IN (<subjects>) ORDER BY seq")
                .bind("kind", kind).bindList("subjects", List.copyOf(subjects)).mapTo(ConsentEntry.class).list();
    }

    /** The entries of a kind that hold one of these values under a name that starts like this, oldest first. */
    static List<ConsentEntry> holding(Handle handle, String kind, String name, Collection<String> values) {
        return values.isEmpty() ? List.of() : handle.createQuery("SELECT * FROM consent_entry WHERE kind = :kind AND seq IN"
                        + " (SELECT seq FROM consent_secret WHERE value IN (<values>) AND name LIKE :name) ORDER BY seq")
                .bind("kind", kind).bind("name", name + "%").bindList("values", List.copyOf(values))
                .mapTo(ConsentEntry.class).list();
    }

    /** What an entry's commitments stand for; what was erased is not in it. */
    static Map<String, String> secrets(Handle handle, long seq) {
        Map<String, String> secrets = new LinkedHashMap<>();
        handle.createQuery("SELECT name, value FROM consent_secret WHERE seq = :seq ORDER BY name").bind("seq", seq)
                .mapToMap().forEach(row -> secrets.put((String) row.get("name"), (String) row.get("value")));
        return secrets;
    }

    private String salt() {
        byte[] bytes = new byte[SALT_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
