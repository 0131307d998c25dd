package io.github.venicevideo.venice.answer;

import static io.github.venicevideo.venice.answer.AnswerSamples.answer;
import static io.github.venicevideo.venice.answer.AnswerSamples.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row of the contract's "Errors" and "Where sources disagree", in every shape of body, for every call. */
class ContractErrorsTest {

    private static final String HTML = "<html><head><title>%d</title></head><body>cloudflare</body></html>";

    @ParameterizedTest(name = "{0} {1}: queue {3}, retrieve {4}, quote {5}, complete {6}")
    @CsvSource(delimiter = '|', textBlock = """
            400 | INVALID_MODEL          | no such model                       | refused         | retry           | refused         | not-deleted
            400 | CORRUPTED_IMAGE        | the image is broken                 | refused         | retry           | no-price        | not-deleted
            400 | IMAGE_TOO_SMALL        | the image is too small              | refused         | retry           | no-price        | not-deleted
            400 | INVALID_AUDIO_FORMAT   | no audio                            | refused         | retry           | no-price        | not-deleted
            400 | INVALID_VIDEO_FORMAT   | no video                            | refused         | retry           | no-price        | not-deleted
            400 | INVALID_REQUEST        | Request ID is invalid.              | refused         | expired         | no-price        | not-deleted
            401 | UNAUTHORIZED           | authentication failed               | account-trouble | account-trouble | account-trouble | account-trouble
            403 | UNAUTHORIZED           | no access                           | account-trouble | account-trouble | account-trouble | account-trouble
            403 | API_ACCESS_DISABLED    | access is disabled                  | account-trouble | account-trouble | account-trouble | account-trouble
            402 | INSUFFICIENT_BALANCE   | insufficient balance                | account-trouble | account-trouble | account-trouble | account-trouble
            402 | SPEND_LIMIT            | spend limit reached                 | account-trouble | account-trouble | account-trouble | account-trouble
            403 | REGION                 | model unavailable in your region    | refused         | retry           | refused         | not-deleted
            401 | PRO_ONLY_MODEL         | this model needs pro                | refused         | retry           | refused         | not-deleted
            404 | MODEL_NOT_FOUND        | specified model not found           | refused         | expired         | refused         | deleted
            413 | PAYLOAD_TOO_LARGE      | too large                           | refused         | retry           | no-price        | not-deleted
            415 | UNSUPPORTED_MEDIA_TYPE | not json                            | refused         | retry           | no-price        | not-deleted
            422 | CONTENT_POLICY_VIOLATION | not allowed                       | refused         | failed          | no-price        | not-deleted
            429 | RATE_LIMIT_EXCEEDED    | slow down                           | wait            | wait            | wait            | wait
            429 | MODEL_OVERLOADED       | busy                                | wait            | wait            | wait            | wait
            500 | INFERENCE_FAILED       | it broke                            | in-doubt        | retry           | retry           | retry
            502 | BAD_GATEWAY            | it broke                            | in-doubt        | retry           | retry           | retry
            503 | UNAVAILABLE            | at capacity                         | wait            | retry           | retry           | retry
            504 | TIMEOUT                | it broke                            | in-doubt        | retry           | retry           | retry
            504 | REQUEST_TIMEOUT        | it took too long                    | in-doubt        | retry           | retry           | retry
            503 | MODEL_OFFLINE          | down                                | wait            | retry           | retry           | retry
            503 | MODEL_AT_CAPACITY      | busy                                | wait            | retry           | retry           | retry
            422 | VIDEO_DURATION_TOO_LONG | too long                           | refused         | failed          | no-price        | not-deleted
            422 | IMAGE_TOO_LARGE        | too large                           | refused         | failed          | no-price        | not-deleted
            415 | INVALID_CONTENT_TYPE   | not json                            | refused         | retry           | no-price        | not-deleted
            404 | MEDIA_NOT_FOUND        | no such medium                      | refused         | expired         | refused         | deleted
            402 | API_KEY_USD_SPEND_LIMIT_EXCEEDED | spent                     | account-trouble | account-trouble | account-trouble | account-trouble
            402 | API_KEY_DIEM_SPEND_LIMIT_EXCEEDED | spent                    | account-trouble | account-trouble | account-trouble | account-trouble
            401 | AUTHENTICATION_FAILED  | who are you                         | account-trouble | account-trouble | account-trouble | account-trouble
            401 | AUTHENTICATION_FAILED_INACTIVE_KEY | it is inactive          | account-trouble | account-trouble | account-trouble | account-trouble
            """)
    void aReadableError(int status, String code, String message, String queue, String retrieve, String quote,
            String complete) {
        List<String> shapes = List.of(
                "{\"error\": \"%2$s\"}",
                "{\"error\": \"%2$s\", \"details\": {\"field\": {\"_errors\": [\"no\"]}}, \"issues\": []}",
                "{\"error\": {\"message\": \"%2$s\", \"type\": \"some_type\", \"code\": \"%1$s\"}}",
                "{\"code\": \"%1$s\", \"error\": \"%2$s\"}",
                "{\"error\": \"%2$s\", \"suggested_prompt\": \"a calmer one\"}");
        for (String shape : shapes) {
            String body = shape.formatted(code, message);
            assertThat(outcomes(json(status, body))).as(body).containsExactly(queue, retrieve, quote, complete);
            assertThat(outcomes(answer(status, "text/plain", body))).as("as text: %s", body)
                    .containsExactly(queue, retrieve, quote, complete);
        }
    }

    @ParameterizedTest(name = "{0}: queue {1}, retrieve {2}, quote {3}, complete {4}")
    @CsvSource(delimiter = '|', textBlock = """
            200 | in-doubt        | retry           | retry           | retry
            301 | in-doubt        | retry           | retry           | retry
            302 | in-doubt        | retry           | retry           | retry
            307 | in-doubt        | retry           | retry           | retry
            400 | in-doubt        | retry           | retry           | retry
            401 | account-trouble | account-trouble | account-trouble | account-trouble
            402 | account-trouble | account-trouble | account-trouble | account-trouble
            403 | account-trouble | account-trouble | account-trouble | account-trouble
            404 | in-doubt        | retry           | retry           | retry
            408 | in-doubt        | retry           | retry           | retry
            409 | in-doubt        | retry           | retry           | retry
            413 | refused         | retry           | retry           | retry
            415 | refused         | retry           | retry           | retry
            422 | in-doubt        | retry           | retry           | retry
            429 | wait            | wait            | wait            | wait
            500 | in-doubt        | retry           | retry           | retry
            502 | in-doubt        | retry           | retry           | retry
            503 | in-doubt        | retry           | retry           | retry
            504 | in-doubt        | retry           | retry           | retry
            """)
    void anAnswerThatSaysNothing(int status, String queue, String retrieve, String quote, String complete) {
        Map<String, Answer> shapes = Map.of(
                "a page", answer(status, "text/html", HTML.formatted(status)),
                "a page that calls itself JSON", json(status, HTML.formatted(status)),
                "nothing", json(status, ""),
                "half an answer", json(status, "{\"error\": {\"message\": \"it bro"),
                "an answer without an end", json(status, "{\"error\": \"" + "x".repeat(Answer.MAX_BYTES) + "\"}"),
                "something else", json(status, "[1, 2]"));
        shapes.forEach((name, answer) ->
                assertThat(outcomes(answer)).as(name).containsExactly(queue, retrieve, quote, complete));
    }

    @Test
    void theResetIsToldInSecondsOrMillisecondsAndRetryAfterAsNumberOrDate() {
        long seconds = AnswerSamples.NOW.getEpochSecond() + 30;
        for (Map.Entry<String, String> header : Map.of("x-ratelimit-reset-requests", Long.toString(seconds),
                "X-RateLimit-Reset-Requests", Long.toString(seconds * 1000), "Retry-After", "30").entrySet()) {
            QueueOutcome outcome = QueueAnswer.of(json(429, "{\"error\": \"slow\"}", header.getKey(), header.getValue()), "m");
            assertThat(outcome).isEqualTo(new Wait(AnswerSamples.NOW.plusSeconds(30), true, "slow"));
        }
    }

    @Test
    void anExpiredJobIs404OrARequestIdThatIsInvalid() {
        assertThat(RetrieveAnswer.of(json(404, "{\"error\": \"not found\"}")).key()).isEqualTo("expired");
        assertThat(RetrieveAnswer.of(json(400, "{\"error\": \"Request ID is invalid.\"}")).key()).isEqualTo("expired");
        assertThat(RetrieveAnswer.of(json(400, "{\"error\": {\"message\": \"Request ID is invalid.\"}}")).key())
                .isEqualTo("expired");
    }

    @Test
    void creditsAndRecommendationsArePassedOn() {
        assertThat(RetrieveAnswer.of(json(422, """
                {"error": {"message": "no", "type": "provider_content_policy", "credits_refunded": true,
                 "recommended_model": "other"}}"""))).isEqualTo(new RetrieveOutcome.Failed("provider_content_policy", "no",
                Optional.of(true), Optional.of("other")));
    }

    private static List<String> outcomes(Answer answer) {
        return List.of(QueueAnswer.of(answer, "m").key(), RetrieveAnswer.of(answer).key(), QuoteAnswer.of(answer).key(),
                CompleteAnswer.of(answer).key());
    }
}
