package io.github.venicevideo.venice;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The API judged this request and will not take it: the job fails, nothing was accepted
 * (contract, "Errors", 400, 404, 413, 415, 422, and what concerns the model of 401 and 403).
 *
 * @param code the API's code, such as {@code MODEL_NOT_FOUND}, or {@code HTTP_422}
 * @param status HTTP status
 * @param message what the server said
 * @param fields messages by request field, such as {@code elements[0].video_url}; the empty name is the whole request
 * @param suggestedPrompt a prompt that the provider would accept
 * @param recommendedModel a model that would do it
 * @param creditsRefunded whether the price was given back, where told
 */
public record Refused(String code, int status, String message, Map<String, List<String>> fields,
                      Optional<String> suggestedPrompt, Optional<String> recommendedModel,
                      Optional<Boolean> creditsRefunded) implements QueueOutcome, QuoteOutcome {

    static Refused of(ApiError error) {
        return new Refused(error.code(), error.status(), error.message(), error.fields(), error.suggestedPrompt(),
                error.recommendedModel(), error.creditsRefunded());
    }

    /** What the API said, field by field, for people; lines where it said much. */
    public String sentence() {
        StringBuilder sentence = new StringBuilder("Venice refused the request (" + status + " " + code + "): " + message);
        fields.forEach((field, errors) -> sentence.append("\n- ").append(field.isEmpty() ? "request" : field)
                .append(": ").append(String.join("; ", errors)));
        suggestedPrompt.ifPresent(prompt -> sentence.append("\nA prompt that would be accepted: ").append(prompt));
        recommendedModel.ifPresent(model -> sentence.append("\nA model that would do it: ").append(model));
        return sentence.toString();
    }

    @Override
    public String key() {
        return "refused";
    }
}
