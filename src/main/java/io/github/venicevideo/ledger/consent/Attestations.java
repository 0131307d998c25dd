package io.github.venicevideo.ledger.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.ledger.store.LedgerException;
import io.github.venicevideo.venice.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How an attestation lies in the chain: facts that may stay, and what tells of a person. */
public final class Attestations {

    /** Begins the name of a medium's SHA-256; its place among the media follows. */
    public static final String MEDIUM = "medium.";
    /** The name of a person, in the one spelling that people are looked up by. */
    public static final String PERSON = "person";

    public static final String FILE = "file.";

    private Attestations() {
    }

    static Map<String, Object> facts(Attestation attestation) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", attestation.id());
        facts.put("kind", attestation.kind().toString());
        facts.put("flow", attestation.flow());
        attestation.policyHash().ifPresent(hash -> facts.put("policy_hash", hash));
        facts.put("confirmed", attestation.confirmed());
        facts.put("media", attestation.media().size());
        facts.put("way", attestation.way().toString());
        attestation.validUntil().ifPresent(until -> facts.put("valid_until", until.toEpochMilli()));
        return facts;
    }

    static Map<String, String> secrets(Attestation attestation) {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("by", attestation.by());
        secrets.put(PERSON, LedgerConsentStore.folded(attestation.by()));
        attestation.bundle().ifPresent(bundle -> secrets.put("bundle", bundle));
        attestation.note().ifPresent(note -> secrets.put("note", note));
        media(attestation.media(), secrets);
        return secrets;
    }

    static void media(List<AttestedMedium> media, Map<String, String> secrets) {
        for (int i = 0; i < media.size(); i++) {
            String place = Integer.toString(i);
            media.get(i).sha256().ifPresent(hash -> secrets.put(MEDIUM + place, hash));
            secrets.put(FILE + place, media.get(i).name());
        }
    }

    /** The attestation; empty when its person was erased: then nobody vouches for it any longer. */
    static Optional<Attestation> read(Handle handle, ConsentEntry entry) {
        JsonNode facts = tree(entry);
        Map<String, String> secrets = ConsentLog.secrets(handle, entry.seq());
        if (!secrets.containsKey("by") || !secrets.containsKey(PERSON)) {
            return Optional.empty();
        }
        List<String> confirmed = new ArrayList<>();
        facts.path("confirmed").forEach(flag -> confirmed.add(flag.asText()));
        return Optional.of(new Attestation(entry.subject(), kind(facts), secrets.get("by"), entry.at(),
                facts.path("flow").asText(), text(facts, "policy_hash"), confirmed,
                media(facts.path("media").asInt(), secrets), entry.jobId(), Optional.ofNullable(secrets.get("bundle")),
                Attestation.Way.valueOf(facts.path("way").asText().toUpperCase(Locale.ROOT)),
                Optional.ofNullable(secrets.get("note")), facts.has("valid_until")
                        ? Optional.of(Instant.ofEpochMilli(facts.path("valid_until").asLong())) : Optional.empty()));
    }

    /** Media of which something is left. */
    static List<AttestedMedium> media(int count, Map<String, String> secrets) {
        List<AttestedMedium> media = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<String> hash = Optional.ofNullable(secrets.get(MEDIUM + i));
            Optional<String> name = Optional.ofNullable(secrets.get(FILE + i));
            if (hash.isPresent() || name.isPresent()) {
                media.add(new AttestedMedium(hash, name.orElse("")));
            }
        }
        return media;
    }

    static JsonNode tree(ConsentEntry entry) {
        try {
            return Json.mapper().readTree(entry.facts());
        } catch (JsonProcessingException e) {
            throw new LedgerException("Entry " + entry.seq() + " of the chain of consents cannot be read", e);
        }
    }

    private static Attestation.Kind kind(JsonNode facts) {
        return Attestation.Kind.valueOf(facts.path("kind").asText().toUpperCase(Locale.ROOT));
    }

    private static Optional<String> text(JsonNode facts, String name) {
        return facts.hasNonNull(name) ? Optional.of(facts.path(name).asText()) : Optional.empty();
    }
}
