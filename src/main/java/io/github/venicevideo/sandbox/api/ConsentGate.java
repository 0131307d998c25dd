package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.Media;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Contract section Consent: asks when a face is submitted whose bytes were not attested under the present policy. */
public final class ConsentGate {

    private static final String DOCS = "https://docs.venice.ai/overview/guides/seedance-consent";

    private final Jobs jobs;
    private volatile ConsentPolicy policy = ConsentPolicy.INITIAL;

    public ConsentGate(Jobs jobs) {
        this.jobs = jobs;
    }

    public void policy(ConsentPolicy changed) {
        policy = changed;
    }

    /**
     * @param request already valid: consents, if any, are the exact three
     * @return keys of the media that this request attests, to be recorded when it is accepted
     * @throws ApiError 409 when consent is needed
     */
    List<String> check(Model model, JsonNode request, List<Media> media) {
        if (model.refusesPersons() && media.stream().anyMatch(Media::face)) {
            throw ApiError.coded(422, "CONTENT_POLICY_VIOLATION",
                    "The submitted media shows a person. This model does not take media that show persons.");
        }
        if (request.has("consents") && model.strict() && !model.asksForConsent()) {
            Problems problems = new Problems();
            problems.add("consents", "This model does not take consents");
            problems.throwIfAny();
        }
        if (!model.asksForConsent()) {
            return List.of();
        }
        Set<String> roles = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        boolean ask = false;
        for (Media medium : media) {
            String role = role(medium);
            if (!medium.face() || role == null) {
                continue;
            }
            roles.add(role);
            // What is behind a URL can change: it is asked anew each time.
            if (medium.isUrl() || !jobs.isAttested(key(medium))) {
                ask = true;
                if (!medium.isUrl()) {
                    unknown.add(key(medium));
                }
            }
        }
        if (ask && !request.has("consents")) {
            throw needsConsent(roles);
        }
        return unknown;
    }

    private String key(Media medium) {
        return medium.sha256() + "@" + policy.version();
    }

    private static String role(Media medium) {
        return switch (medium.field()) {
            case "image_url" -> "image";
            case "end_image_url" -> "end_image";
            case "reference_image_urls" -> "reference_image";
            case "reference_video_urls" -> "reference_video";
            case "video_url" -> "video";
            default -> null;
        };
    }

    private ApiError needsConsent(Set<String> roles) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String message = "The submitted media shows a human face. Confirm that you may use it, then submit again.";
        body.putObject("error").put("code", "needs_consent").put("message", message);
        body.put("consent_flow", "seedance");
        roles.forEach(body.putArray("face_media_roles")::add);
        ConsentPolicy asked = policy;
        body.putObject("consent").put("consent_version", asked.version()).put("policy_text", asked.text());
        body.put("docs_url", DOCS);
        return ApiError.of(409, message, body);
    }
}
