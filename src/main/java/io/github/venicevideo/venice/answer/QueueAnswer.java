package io.github.venicevideo.venice.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.CleanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges the answers to {@code POST /video/queue} (contract, "Errors"). */
public final class QueueAnswer {

    /** Refusals about the body that proxies make themselves, in HTML, without passing the request on. */
    private static final Set<Integer> REFUSED_BEFORE_THE_API = Set.of(413, 414, 415, 431);
    private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,200}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MAX_MODEL = 200;

    private QueueAnswer() {
    }

    /** Judges an answer that came after the request was sent with this model. */
    public static QueueOutcome of(Answer answer, String modelSent) {
        if (answer.success()) {
            return accepted(answer, modelSent);
        }
        Optional<QueueOutcome> consent = needsConsent(answer);
        if (consent.isPresent()) {
            return consent.get();
        }
        ApiError error = ApiError.of(answer);
        Optional<AccountTrouble> trouble = AccountTrouble.of(error);
        if (trouble.isPresent()) {
            return trouble.get();
        }
        int status = answer.status();
        if (status == 429) {
            return Wait.untilReset(answer, error);
        }
        if (status == 503 && error.apiShape()) {
            return Wait.retryAfter(answer, error);
        }
        if (REFUSED_BEFORE_THE_API.contains(status) || (judged(status) && error.readable())) {
            return Refused.of(error);
        }
        return new QueueOutcome.InDoubt(status, error.message());
    }

    /** Client errors, but for the time-out, which says that somebody lost sight of the request. */
    private static boolean judged(int status) {
        return status >= 400 && status < 500 && status != 408;
    }

    private static QueueOutcome accepted(Answer answer, String modelSent) {
        Optional<JsonNode> body = answer.json();
        if (body.isEmpty()) {
            // Half of an acceptance may hold the download_url, which is a secret; a proxy's page says what is wrong.
            String said = answer.body().contains("download_url") ? "" : " " + ApiError.of(answer).message();
            return new QueueOutcome.InDoubt(answer.status(), "The answer could not be read." + said);
        }
        JsonNode id = body.get().path("queue_id");
        String queueId = id.isTextual() || id.isIntegralNumber() ? id.asText() : "";
        if (queueId.isEmpty()) {
            return new QueueOutcome.InDoubt(answer.status(), "The answer holds no queue_id.");
        }
        if (!ID.matcher(queueId).matches()) {
            return new QueueOutcome.InDoubt(answer.status(),
                    "The answer's queue_id cannot be used: " + CleanText.of(queueId, 100));
        }
        String model = Texts.first(body.get(), "model").map(m -> CleanText.of(m, MAX_MODEL)).orElse(modelSent);
        return new QueueOutcome.Accepted(model, queueId, Texts.first(body.get(), "download_url").map(DownloadUrl::new));
    }

    private static Optional<QueueOutcome> needsConsent(Answer answer) {
        if (answer.status() != 409) {
            return Optional.empty();
        }
        return answer.json().filter(QueueAnswer::asksForConsent).map(body -> new QueueOutcome.NeedsConsent(
                Texts.first(body, "consent_flow").filter(f -> NAME.matcher(f).matches()).orElse(""),
                roles(body.path("face_media_roles")),
                CleanText.of(body.path("consent").path("consent_version").asText(""), 100),
                body.path("consent").path("policy_text").asText(""),
                Texts.first(body, "docs_url").filter(u -> u.matches("https?://[!-~]{1,2000}")).orElse(""),
                ApiError.of(answer).message()));
    }

    private static boolean asksForConsent(JsonNode body) {
        return "needs_consent".equalsIgnoreCase(body.path("error").path("code").asText())
                || "needs_consent".equalsIgnoreCase(body.path("code").asText())
                || body.path("consent").path("policy_text").isTextual();
    }

    private static List<String> roles(JsonNode roles) {
        List<String> names = new ArrayList<>();
        for (JsonNode role : roles) {
            if (NAME.matcher(role.asText()).matches() && names.size() < 20 && !names.contains(role.asText())) {
                names.add(role.asText());
            }
        }
        return List.copyOf(names);
    }
}
