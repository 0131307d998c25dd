package io.github.venicevideo.venice.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.CleanText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer that is no success says, whatever the shape of its body (contract, "Errors").
 * All texts are one line, without control characters, and bounded: they land in files that people read.
 *
 * @param status HTTP status
 * @param readable whether the body is a whole JSON object that says something: somebody judged the request
 * @param apiShape whether it is in the API's own error shape, with {@code error} as text or object
 * @param code the API's code or type, such as {@code INVALID_MODEL}; {@code HTTP_422} where it gives none
 * @param message a sentence, never empty
 * @param fields messages by request field; the empty name is the request as a whole
 * @param suggestedPrompt a prompt that the provider would accept
 * @param recommendedModel a model that would do it
 * @param creditsRefunded whether the price was given back, where told
 */
public record ApiError(int status, boolean readable, boolean apiShape, String code, String message,
                       Map<String, List<String>> fields, Optional<String> suggestedPrompt,
                       Optional<String> recommendedModel, Optional<Boolean> creditsRefunded) {

    private static final int MAX_PROMPT = 20_000;
    private static final int MAX_EXCERPT = 300;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern CODE_AS_MESSAGE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<>]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern TITLE = Pattern.compile("<title[^>]{0,200}>([^<]{1,300})", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG = Pattern.compile("<[^>]{0,1000}>");

    public static ApiError of(Answer answer) {
        return answer.json().filter(ApiError::speaks).map(body -> of(answer.status(), body))
                .orElseGet(() -> unreadable(answer));
    }

    private static boolean speaks(JsonNode body) {
        return apiShape(body) || Texts.first(body, "message", "detail", "code").isPresent();
    }

    private static boolean apiShape(JsonNode body) {
        JsonNode error = body.path("error");
        return error.isObject() ? !error.isEmpty() : Texts.first(body, "error").isPresent();
    }

    static ApiError of(int status, JsonNode body) {
        JsonNode error = body.path("error");
        Optional<String> text = Texts.first(body, "error").or(() -> Texts.first(error, "message", "error"))
                .or(() -> Texts.first(body, "message", "detail"));
        String code = Texts.first(error, "code").or(() -> Texts.first(body, "code")).or(() -> Texts.first(error, "type"))
                .filter(c -> CODE.matcher(c).matches())
                .or(() -> text.filter(t -> CODE_AS_MESSAGE.matcher(t).matches() && t.length() <= 64))
                .orElse("HTTP_" + status);
        String message = text.filter(t -> !t.equals(code)).or(() -> Texts.first(body, "message")).or(() -> text)
                .map(CleanText::of).filter(t -> !t.isEmpty()).orElse(code);
        return new ApiError(status, true, apiShape(body), code, message, FieldErrors.of(body),
                either(body, "suggested_prompt").map(p -> CleanText.of(p, MAX_PROMPT)),
                either(body, "recommended_model").map(CleanText::of),
                refunded(body).or(() -> refunded(error)));
    }

    private static Optional<String> either(JsonNode body, String field) {
        return Texts.first(body, field).or(() -> Texts.first(body.path("error"), field));
    }

    private static Optional<Boolean> refunded(JsonNode holder) {
        JsonNode value = holder.path("credits_refunded");
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    private static ApiError unreadable(Answer answer) {
        String excerpt = excerpt(answer.body());
        String message = "HTTP " + answer.status() + (excerpt.isEmpty()
                ? " without an explanation"
                : " with something other than an answer of the API: " + excerpt);
        return new ApiError(answer.status(), false, false, "HTTP_" + answer.status(), message, Map.of(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String excerpt(String body) {
        // A finished video's address may be among it, and whoever has that has the video.
        String start = ADDRESS.matcher(body.substring(0, Math.min(body.length(), 8_192))).replaceAll("…");
        Matcher title = TITLE.matcher(start);
        return CleanText.of(title.find() ? title.group(1) : TAG.matcher(start).replaceAll(" "), MAX_EXCERPT);
    }
}
