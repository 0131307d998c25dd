package com.example.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Coverage;
import io.github.venicevideo.api.Revocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks a company's own consent service. It fails closed: an answer that is late, is no 200, or is not exactly what was asked
 * for is an exception, and with an exception nothing is sent. It never fills in what the service has not said.
 */
public final class HttpConsentStore implements ConsentStore {

    private static final int OK = 200;

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client;
    private final URI service;
    private final String token;
    private final Duration patience;

    /**
     * A store behind a service.
     *
     * @param service its address, with a slash at the end
     * @param token sent as {@code Authorization: Bearer}
     * @param patience the longest wait for an answer
     */
    public HttpConsentStore(URI service, String token, Duration patience) {
        this.service = service;
        this.token = token;
        this.patience = patience;
        this.client = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    @Override
    public void record(Attestation attestation) {
        if (attestation.by().isBlank()) {
            throw new IllegalArgumentException("An attestation is given by a person: by is empty.");
        }
        ask("attestations", AttestationJson.write(mapper, attestation));
    }

    @Override
    public Coverage lookUp(String flow, String policyHash, Set<String> sha256, Instant at) {
        if (sha256.isEmpty()) {
            return Coverage.none();
        }
        ObjectNode question = mapper.createObjectNode().put("flow", flow).put("policy_hash", policyHash)
                .put("at", at.toEpochMilli());
        sha256.forEach(question.putArray("sha256")::add);
        JsonNode answer = ask("lookups", question);
        Map<String, Attestation> attested = new HashMap<>();
        object(answer, "attested").properties().forEach(entry -> {
            Attestation attestation = AttestationJson.read(entry.getValue());
            require(attestation.kind() == Attestation.Kind.GIVEN && !attestation.by().isBlank()
                    && attestation.flow().equals(flow) && attestation.policyHash().filter(policyHash::equals).isPresent()
                    && attestation.lasts(at) && attestation.media().stream().anyMatch(
                    medium -> medium.sha256().filter(entry.getKey()::equals).isPresent()), "an attestation that does not cover");
            attested.put(entry.getKey(), attestation);
        });
        Coverage coverage = new Coverage(attested, texts(answer, "revoked"), texts(answer, "expired"));
        require(sha256.containsAll(attested.keySet()) && sha256.containsAll(coverage.revoked())
                && sha256.containsAll(coverage.expired()), "media that were not asked about");
        return coverage;
    }

    @Override
    public Set<String> inForce(Collection<String> ids, Instant at) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        ObjectNode question = mapper.createObjectNode().put("at", at.toEpochMilli());
        ids.forEach(question.putArray("ids")::add);
        Set<String> inForce = texts(ask("in-force", question), "ids");
        require(ids.containsAll(inForce), "attestations that were not asked about");
        return inForce;
    }

    @Override
    public boolean isRevoked(String person) {
        JsonNode revoked = ask("persons", mapper.createObjectNode().put("person", person)).path("revoked");
        require(revoked.isBoolean(), "no revoked");
        return revoked.asBoolean();
    }

    @Override
    public List<Attestation> revoke(Revocation revocation) {
        ObjectNode question = mapper.createObjectNode().put("id", revocation.id()).put("at", revocation.at().toEpochMilli())
                .put("by", revocation.by()).put("scope", revocation.scope().toString()).put("target", revocation.target());
        revocation.note().ifPresent(note -> question.put("note", note));
        List<Attestation> ended = new ArrayList<>();
        array(ask("revocations", question), "ended").forEach(attestation -> ended.add(AttestationJson.read(attestation)));
        return ended;
    }

    private JsonNode ask(String path, ObjectNode question) {
        try {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(service.resolve(path)).timeout(patience)
                    .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(mapper.writeValueAsString(question))).build(),
                    HttpResponse.BodyHandlers.ofString());
            require(answer.statusCode() == OK, "status " + answer.statusCode());
            JsonNode tree = mapper.readTree(answer.body());
            require(tree != null && tree.isObject(), "no JSON object");
            return tree;
        } catch (JsonProcessingException e) {
            // Its message may hold a part of the answer, and so a name.
            throw new IllegalStateException("The consent service answered with something that is no JSON");
        } catch (IOException e) {
            throw new UncheckedIOException("The consent service does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the consent service was asked", e);
        }
    }

    private static Set<String> texts(JsonNode answer, String name) {
        Set<String> texts = new HashSet<>();
        array(answer, name).forEach(text -> {
            require(text.isTextual(), name + " that are no texts");
            texts.add(text.asText());
        });
        return texts;
    }

    private static ArrayNode array(JsonNode answer, String name) {
        require(answer.path(name) instanceof ArrayNode, "no " + name);
        return (ArrayNode) answer.path(name);
    }

    private static ObjectNode object(JsonNode answer, String name) {
        require(answer.path(name) instanceof ObjectNode, "no " + name);
        return (ObjectNode) answer.path(name);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("The consent service answered with " + otherwise);
        }
    }
}
