package io.github.venicevideo.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.venice.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person is asked about a job. It is kept with the job while it is parked, and whoever answers, answers this.
 *
 * @param roles which inputs hold a face, as the provider says
 * @param media what it is about
 * @param docsUrl the provider's page on it; may be empty
 * @param because why it is asked
 */
record Question(Policy policy, List<String> roles, List<FaceMedium> media, String docsUrl, Because because) {

    /** Why a person is asked. */
    enum Because {
        /** The provider saw a face that nobody attested under its present text. */
        FACE,
        /** Consent went out, and the provider asks all the same. */
        AGAIN,
        /** Consent was taken back. */
        REVOKED,
        /** What was attested has run out. */
        EXPIRED,
        /** The provider has another text since. */
        POLICY,
        /** The provider speaks of inputs that cannot be told apart here, so that all media are meant. */
        UNCLEAR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The digests that are known. */
    Set<String> hashes() {
        return media.stream().flatMap(medium -> medium.sha256().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether attestations on record can answer it: those of every medium, whose bytes are all known. */
    boolean canBeAnsweredByRecord() {
        return because != Because.AGAIN && because != Because.UNCLEAR && !media.isEmpty()
                && media.stream().allMatch(medium -> medium.sha256().isPresent());
    }

    /** As the job's detail, for {@code job.json}, the form and the page. */
    String json() {
        ObjectNode detail = Json.mapper().createObjectNode();
        detail.put("consent_flow", policy.flow());
        roles.forEach(detail.putArray("face_media_roles")::add);
        detail.put("consent_version", policy.version());
        detail.put("policy_text", policy.text());
        detail.put("policy_hash", policy.hash());
        detail.put("docs_url", docsUrl);
        detail.put("asked_because", because.toString());
        var list = detail.putArray("media");
        for (FaceMedium medium : media) {
            ObjectNode entry = list.addObject().put("field", medium.field()).put("role", medium.role())
                    .put("name", medium.name());
            medium.sha256().ifPresent(hash -> entry.put("sha256", hash));
        }
        return detail.toString();
    }

    /** The question that a job waits with; empty when it waits for something else. */
    static Optional<Question> of(Job job) {
        if (!Reason.NEEDS_CONSENT.isOf(job)) {
            return Optional.empty();
        }
        try {
            JsonNode detail = Json.mapper().readTree(job.detail().orElse("{}"));
            List<String> roles = new ArrayList<>();
            detail.path("face_media_roles").forEach(role -> roles.add(role.asText()));
            List<FaceMedium> media = new ArrayList<>();
            detail.path("media").forEach(entry -> media.add(new FaceMedium(entry.path("field").asText(),
                    entry.path("role").asText(), entry.path("name").asText(), entry.hasNonNull("sha256")
                            ? Optional.of(entry.path("sha256").asText()) : Optional.empty())));
            return Optional.of(new Question(new Policy(detail.path("consent_flow").asText(),
                    detail.path("consent_version").asText(), detail.path("policy_text").asText()), roles, media,
                    detail.path("docs_url").asText(),
                    Because.valueOf(detail.path("asked_because").asText("unclear").toUpperCase(Locale.ROOT))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The question of job " + job.id() + " cannot be read", e);
        }
    }
}
