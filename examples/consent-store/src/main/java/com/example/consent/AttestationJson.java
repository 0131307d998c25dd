package com.example.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An attestation as the service knows it; one that is not whole is refused. */
final class AttestationJson {

    private AttestationJson() {
    }

    static ObjectNode write(ObjectMapper mapper, Attestation attestation) {
        ObjectNode node = mapper.createObjectNode();
        node.put("id", attestation.id());
        node.put("kind", attestation.kind().toString());
        node.put("by", attestation.by());
        node.put("at", attestation.at().toEpochMilli());
        node.put("flow", attestation.flow());
        attestation.policyHash().ifPresent(hash -> node.put("policy_hash", hash));
        attestation.confirmed().forEach(node.putArray("confirmed")::add);
        ArrayNode media = node.putArray("media");
        for (AttestedMedium medium : attestation.media()) {
            ObjectNode one = media.addObject().put("name", medium.name());
            medium.sha256().ifPresent(hash -> one.put("sha256", hash));
        }
        attestation.jobId().ifPresent(id -> node.put("job_id", id));
        attestation.bundle().ifPresent(bundle -> node.put("bundle", bundle));
        node.put("way", attestation.way().toString());
        attestation.note().ifPresent(note -> node.put("note", note));
        attestation.validUntil().ifPresent(until -> node.put("valid_until", until.toEpochMilli()));
        return node;
    }

    /** @throws IllegalStateException when something is missing */
    static Attestation read(JsonNode node) {
        List<String> confirmed = new ArrayList<>();
        node.path("confirmed").forEach(statement -> confirmed.add(statement.asText()));
        List<AttestedMedium> media = new ArrayList<>();
        node.path("media").forEach(medium -> media.add(new AttestedMedium(optional(medium, "sha256"), text(medium, "name"))));
        return new Attestation(text(node, "id"), Attestation.Kind.valueOf(text(node, "kind").toUpperCase(Locale.ROOT)),
                text(node, "by"), at(node, "at"), text(node, "flow"), optional(node, "policy_hash"), confirmed, media,
                optional(node, "job_id"), optional(node, "bundle"),
                Attestation.Way.valueOf(text(node, "way").toUpperCase(Locale.ROOT)), optional(node, "note"),
                node.has("valid_until") ? Optional.of(at(node, "valid_until")) : Optional.empty());
    }

    private static Instant at(JsonNode node, String name) {
        if (!node.path(name).isIntegralNumber()) {
            throw new IllegalStateException("The consent service answered with an attestation without " + name);
        }
        return Instant.ofEpochMilli(node.path(name).asLong());
    }

    private static String text(JsonNode node, String name) {
        return optional(node, name).orElseThrow(() -> new IllegalStateException(
                "The consent service answered with an attestation without " + name));
    }

    private static Optional<String> optional(JsonNode node, String name) {
        return node.path(name).isTextual() ? Optional.of(node.path(name).asText()) : Optional.empty();
    }
}
