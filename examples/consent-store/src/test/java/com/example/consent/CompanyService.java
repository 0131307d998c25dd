package com.example.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.venicevideo.api.Attestation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A made-up company's consent service: what it was told, in the order in which it was told. */
final class CompanyService implements AutoCloseable {

    static final String TOKEN = "company-token";

    private record Entry(Optional<Attestation> attestation, JsonNode said) {
    }

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<Entry> entries = new ArrayList<>();
    private final HttpServer server;
    private volatile Optional<String> instead = Optional.empty();
    private volatile int status = 200;

    CompanyService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Answers everything with this from now on. */
    void answerWith(int otherStatus, String body) {
        status = otherStatus;
        instead = Optional.of(body);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean allowed = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        JsonNode question = mapper.readTree(exchange.getRequestBody());
        String answer = instead.isPresent() ? instead.get() : allowed
                ? answer(exchange.getRequestURI().getPath(), question).toString() : "{}";
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(allowed ? status : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized ObjectNode answer(String path, JsonNode question) {
        ObjectNode answer = mapper.createObjectNode();
        switch (path) {
            case "/attestations" -> record(question);
            case "/lookups" -> lookUp(question, answer);
            case "/in-force" -> question.path("ids").forEach(id -> find(id.asText())
                    .filter(place -> endOf(place).isEmpty() && lasts(place, question)).ifPresent(place ->
                            answer.withArray("/ids").add(id.asText())));
            case "/persons" -> answer.put("revoked", entries.stream().anyMatch(entry -> entry.attestation().isEmpty()
                    && takesBack(entry.said(), "person", question.path("person").asText())));
            case "/revocations" -> revoke(question, answer);
            default -> throw new IllegalStateException(path);
        }
        answer.withArray("/ids");
        return answer;
    }

    private void record(JsonNode question) {
        if (find(question.path("id").asText()).isEmpty()) {
            entries.add(new Entry(Optional.of(AttestationJson.read(question)), question));
        }
    }

    private void lookUp(JsonNode question, ObjectNode answer) {
        ObjectNode attested = answer.putObject("attested");
        var revoked = answer.putArray("revoked");
        var expired = answer.putArray("expired");
        for (JsonNode hash : question.path("sha256")) {
            int ended = lastMediumRevocation(hash.asText());
            int given = -1;
            boolean ranOut = false;
            for (int place = 0; place < entries.size(); place++) {
                Optional<Attestation> attestation = entries.get(place).attestation().filter(of -> of.kind() == Attestation.Kind.GIVEN
                        && of.media().stream().anyMatch(medium -> medium.sha256().filter(hash.asText()::equals).isPresent()));
                if (attestation.isEmpty()) {
                    continue;
                }
                ended = Math.max(ended, endOf(place).orElse(-1));
                if (place < lastMediumRevocation(hash.asText()) || endOf(place).isPresent()) {
                    continue;
                }
                given = place;
                boolean asked = attestation.get().flow().equals(question.path("flow").asText())
                        && attestation.get().policyHash().filter(question.path("policy_hash").asText()::equals).isPresent();
                if (asked && lasts(place, question)) {
                    attested.set(hash.asText(), entries.get(place).said());
                } else {
                    ranOut |= asked;
                }
            }
            if (!attested.has(hash.asText()) && ranOut) {
                expired.add(hash.asText());
            }
            if (!attested.has(hash.asText()) && ended > given) {
                revoked.add(hash.asText());
            }
        }
    }

    private void revoke(JsonNode question, ObjectNode answer) {
        var ended = answer.putArray("ended");
        entries.stream().filter(entry -> entry.attestation().isPresent() && concerns(question, entry.attestation().get()))
                .forEach(entry -> ended.add(entry.said()));
        if (entries.stream().noneMatch(entry -> entry.attestation().isEmpty()
                && entry.said().path("id").equals(question.path("id")))) {
            entries.add(new Entry(Optional.empty(), question));
        }
    }

    private Optional<Integer> find(String id) {
        for (int place = 0; place < entries.size(); place++) {
            if (entries.get(place).attestation().filter(attestation -> attestation.id().equals(id)).isPresent()) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private boolean lasts(int place, JsonNode question) {
        return entries.get(place).attestation().orElseThrow().lasts(Instant.ofEpochMilli(question.path("at").asLong()));
    }

    /** The later revocation of a whole attestation. */
    private Optional<Integer> endOf(int place) {
        Attestation attestation = entries.get(place).attestation().orElseThrow();
        Optional<Integer> end = Optional.empty();
        for (int later = place + 1; later < entries.size(); later++) {
            JsonNode said = entries.get(later).said();
            if (entries.get(later).attestation().isEmpty() && !said.path("scope").asText().equals("medium")
                    && concerns(said, attestation)) {
                end = Optional.of(later);
            }
        }
        return end;
    }

    private int lastMediumRevocation(String hash) {
        int last = -1;
        for (int place = 0; place < entries.size(); place++) {
            if (entries.get(place).attestation().isEmpty() && takesBack(entries.get(place).said(), "medium", hash)) {
                last = place;
            }
        }
        return last;
    }

    private static boolean concerns(JsonNode revocation, Attestation attestation) {
        return takesBack(revocation, "attestation", attestation.id()) || takesBack(revocation, "person", attestation.by())
                || attestation.media().stream().anyMatch(medium -> medium.sha256()
                        .filter(hash -> takesBack(revocation, "medium", hash)).isPresent());
    }

    private static boolean takesBack(JsonNode revocation, String scope, String target) {
        return revocation.path("scope").asText().equals(scope) && folded(revocation.path("target").asText()).equals(folded(target));
    }

    private static String folded(String name) {
        return name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
