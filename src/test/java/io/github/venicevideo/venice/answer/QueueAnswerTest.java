package io.github.venicevideo.venice.answer;

import static io.github.venicevideo.venice.answer.AnswerSamples.HTML;
import static io.github.venicevideo.venice.answer.AnswerSamples.NOW;
import static io.github.venicevideo.venice.answer.AnswerSamples.answer;
import static io.github.venicevideo.venice.answer.AnswerSamples.html;
import static io.github.venicevideo.venice.answer.AnswerSamples.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueAnswerTest {

    /** Every row of the contract's error table, in every shape that a body may have. */
    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {"model": "m", "queue_id": "q-1"}                                        | accepted
            200 | {"queue_id": "123e4567-e89b-12d3-a456-426614174000", "new": [1]}         | accepted
            200 | {"model": "m", "queue_id": 42}                                           | accepted
            201 | {"model": "m", "queue_id": "q-1"}                                        | accepted
            200 | {"model": "m"}                                                           | in-doubt
            200 | {"model": "m", "queue_id": ""}                                           | in-doubt
            200 | {"model": "m", "queue_id": null}                                         | in-doubt
            200 | {"model": "m", "queue_id": {"id": "x"}}                                  | in-doubt
            200 | {"model": "m", "queue_id": "../../etc"}                                  | in-doubt
            200 | {"model": "m", "queue_id": "a?b=c"}                                      | in-doubt
            200 | {"model": "m", "queue_id": ".."}                                         | in-doubt
            200 | {"model": "m", "queue_id": "q-1"                                         | in-doubt
            200 | {"model": "m", "queue_id": "q-1"} trailing                               | in-doubt
            200 | {"error": "odd"}                                                         | in-doubt
            200 | []                                                                       | in-doubt
            200 | `                                                                       `| in-doubt
            400 | {"error": "Invalid request", "details": {"duration": {"_errors": ["no"]}}} | refused
            400 | {"code": "INVALID_MODEL", "error": "no such model"}                      | refused
            400 | {"error": {"message": "bad", "code": "CORRUPTED_IMAGE"}}                 | refused
            400 | {"error": "IMAGE_TOO_SMALL"}                                             | refused
            400 | {"error": {"type": "INVALID_AUDIO_FORMAT", "message": "no"}}             | refused
            400 | {"code": "INVALID_VIDEO_FORMAT", "error": "no"}                          | refused
            400 | {"error": "Bad req                                                       | in-doubt
            401 | {"error": "Authentication failed"}                                       | account-trouble
            401 | `                                                                       `| account-trouble
            401 | {"code": "PRO_ONLY_MODEL", "error": "This needs Pro"}                    | refused
            401 | {"error": "This model is only available to Pro users"}                   | refused
            402 | {"code": "INSUFFICIENT_BALANCE", "error": "Insufficient USD balance"}    | account-trouble
            402 | {"error": "API key spend limit reached for this model"}                  | account-trouble
            403 | {"code": "UNAUTHORIZED", "error": "no access to any model"}              | account-trouble
            403 | {"error": {"code": "API_ACCESS_DISABLED", "message": "disabled"}}        | account-trouble
            403 | {"error": "Daily spending limit exceeded"}                               | account-trouble
            403 | {"error": "This model is not available in your region"}                  | refused
            403 | <html>blocked by the firewall</html>                                     | account-trouble
            404 | {"code": "MODEL_NOT_FOUND", "error": "Specified model not found"}        | refused
            404 | <html>Not found</html>                                                   | in-doubt
            408 | {"error": "timed out"}                                                   | in-doubt
            409 | {"error": "conflict"}                                                    | refused
            409 | <html></html>                                                            | in-doubt
            413 | {"code": "PAYLOAD_TOO_LARGE", "error": "too large"}                      | refused
            413 | <html>413 Request Entity Too Large</html>                                | refused
            415 | {"error": "Unsupported media type"}                                      | refused
            422 | {"error": "Policy", "suggested_prompt": "a calmer one"}                  | refused
            422 | {"error": {"code": "CONTENT_POLICY_VIOLATION", "message": "no"}}         | refused
            429 | {"code": "RATE_LIMIT_EXCEEDED", "error": "slow down"}                    | wait
            429 | {"error": {"code": "MODEL_OVERLOADED", "message": "busy model"}}         | wait
            429 | <html>Too many</html>                                                    | wait
            429 | {"error": "Insufficient balance"}                                        | account-trouble
            500 | {"error": "Inference failed"}                                            | in-doubt
            500 | <html></html>                                                            | in-doubt
            502 | {"error": "bad gateway"}                                                 | in-doubt
            503 | {"error": "The model is at capacity"}                                    | wait
            503 | {"error": {"message": "At capacity"}}                                    | wait
            503 | {"message": "Service Unavailable"}                                       | in-doubt
            503 | <html></html>                                                            | in-doubt
            503 | `                                                                       `| in-doubt
            504 | {"error": "gateway timeout"}                                             | in-doubt
            301 | {"error": "moved"}                                                       | in-doubt
            0   | {}                                                                       | in-doubt
            599 | {"error": "?"}                                                           | in-doubt
            """)
    void namesEveryAnswer(int status, String body, String outcome) {
        assertThat(QueueAnswer.of(json(status, body.strip()), "sent").key()).isEqualTo(outcome);
    }

    @Test
    void keepsWhatAnAcceptedJobNeeds() {
        assertThat(QueueAnswer.of(json(200, """
                {"model": "private-1", "queue_id": "q.1_A-b", "download_url": "https://d.example/v?sig=a%2Fb"}"""), "sent"))
                .isEqualTo(new QueueOutcome.Accepted("private-1", "q.1_A-b",
                        Optional.of(new DownloadUrl("https://d.example/v?sig=a%2Fb"))))
                .asString().doesNotContain("d.example");
        assertThat(QueueAnswer.of(json(200, "{\"queue_id\": \"q\"}"), "sent"))
                .isEqualTo(new QueueOutcome.Accepted("sent", "q", Optional.empty()));
    }

    @Test
    void readsTheConsentThatIsAskedFor() {
        String policy = "1. You confirm …\\n\\n2. Tab\\there  two  spaces ";
        assertThat(QueueAnswer.of(json(409, """
                {"error": {"code": "needs_consent", "message": "A face was found"}, "consent_flow": "seedance",
                 "face_media_roles": ["reference_image", "end_image", "../x", "end_image"],
                 "consent": {"consent_version": "v2.0", "policy_text": "%s"}, "docs_url": "https://docs.example/c"}
                """.formatted(policy)), "sent"))
                .isEqualTo(new QueueOutcome.NeedsConsent("seedance", List.of("reference_image", "end_image"), "v2.0",
                        "1. You confirm …\n\n2. Tab\there  two  spaces ", "https://docs.example/c", "A face was found"));
    }

    @Test
    void asksForConsentEvenWhenTheServerForgotHalfOfIt() {
        assertThat(QueueAnswer.of(json(409, """
                {"error": {"code": "needs_consent"}, "docs_url": "javascript:alert(1)", "face_media_roles": "image"}"""), "m"))
                .isEqualTo(new QueueOutcome.NeedsConsent("", List.of(), "", "", "", "needs_consent"));
    }

    @Test
    void passesOnWhatARefusalSays() {
        assertThat(QueueAnswer.of(json(422, """
                {"error": {"message": "Rejected", "type": "provider_content_policy", "credits_refunded": true,
                 "recommended_model": "wan-2-7"}, "suggested_prompt": "two cats"}"""), "m"))
                .isEqualTo(new Refused("provider_content_policy", 422, "Rejected", Map.of(), Optional.of("two cats"),
                        Optional.of("wan-2-7"), Optional.of(true)));
    }

    @Test
    void waitsAsLongAsToldAndNoLongerThanTenMinutes() {
        assertThat(QueueAnswer.of(json(429, "{\"error\": \"slow\"}", "Retry-After", "7"), "m"))
                .isEqualTo(new Wait(NOW.plusSeconds(7), true, "slow"));
        assertThat(QueueAnswer.of(json(429, "{\"error\": \"slow\"}", "x-ratelimit-reset-requests", "99999999999999"), "m"))
                .isEqualTo(new Wait(NOW.plusSeconds(600), true, "slow"));
        assertThat(QueueAnswer.of(json(429, "{\"error\": \"slow\"}", "Retry-After", "0"), "m"))
                .isEqualTo(new Wait(NOW.plusSeconds(1), true, "slow"));
        assertThat(QueueAnswer.of(json(503, "{\"error\": \"busy\"}", "x-ratelimit-reset-requests", "40"), "m"))
                .as("the window says nothing about the trouble").isEqualTo(new Wait(NOW.plusSeconds(15), false, "busy"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 409, 422, 500, 502, 503, 504})
    void doesNotTrustAPageAtAll(int status) {
        assertThat(QueueAnswer.of(html(status), "m"))
                .isInstanceOfSatisfying(QueueOutcome.InDoubt.class, doubt -> {
                    assertThat(doubt.status()).isEqualTo(status);
                    assertThat(doubt.message()).contains("502 Bad Gateway");
                });
    }

    @Test
    void doesNotTrustAnAnswerThatGoesOnForever() {
        String endless = "{\"model\": \"m\", \"queue_id\": \"q\", \"x\": \"" + "x".repeat(Answer.MAX_BYTES) + "\"}";
        assertThat(QueueAnswer.of(json(200, endless), "m").key()).isEqualTo("in-doubt");
        assertThat(QueueAnswer.of(answer(200, "text/plain", HTML), "m").key()).isEqualTo("in-doubt");
    }
}
