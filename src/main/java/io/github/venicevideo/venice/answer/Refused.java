package io.github.venicevideo.venice.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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

    private static final Pattern NO_MODEL = Pattern.compile("(no such|unknown|invalid|unsupported) model|model .{0,200}(not found"
            + "|unknown|does not exist|not available|unavailable|retired)", Pattern.CASE_INSENSITIVE);

    static Refused of(ApiError error) {
        return new Refused(error.code(), error.status(), error.message(), error.fields(), error.suggestedPrompt(),
                error.recommendedModel(), error.creditsRefunded());
    }

    /** Whether it is the model that cannot be had: unknown, gone, or not for this region or account. */
    public boolean isAboutModel() {
        return switch (status) {
            case 401, 403, 404, 410, 451 -> true;
            default -> code.contains("MODEL") || fields.containsKey("model") || NO_MODEL.matcher(message).find();
        };
    }

    /** Whether it is the consents that went along, and nothing else is said to be wrong. */
    public boolean isAboutConsents() {
        return status == 400 && !fields.isEmpty()
                && fields.keySet().stream().allMatch(field -> field.equals("consents") || field.startsWith("consents."));
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
}
