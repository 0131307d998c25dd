package io.github.venicevideo.venice.answer;

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

class ApiErrorTest {

    @ParameterizedTest(name = "-> {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"error": "Invalid request"}                                    | HTTP_400          | Invalid request
            {"error": {"message": "bad", "type": "t", "code": "INVALID_MODEL"}} | INVALID_MODEL | bad
            {"error": {"message": "bad", "type": "provider_content_policy"}} | provider_content_policy | bad
            {"error": {"code": "needs_consent", "message": "face"}}         | needs_consent     | face
            {"code": "PAYLOAD_TOO_LARGE", "error": "too large"}             | PAYLOAD_TOO_LARGE | too large
            {"error": "PRO_ONLY_MODEL"}                                     | PRO_ONLY_MODEL    | PRO_ONLY_MODEL
            {"error": "INVALID_MODEL", "message": "No such model"}          | INVALID_MODEL     | No such model
            {"code": "bad code!", "error": "x"}                             | HTTP_400          | x
            {"error": {"code": "ONLY_CODE"}}                                | ONLY_CODE         | ONLY_CODE
            {"message": "gateway"}                                          | HTTP_400          | gateway
            {"detail": "other"}                                             | HTTP_400          | other
            {"error": {"x": 1}}                                             | HTTP_400          | HTTP_400
            {"error": ""}                                                   | HTTP_400          | HTTP 400 with something other than an answer of the API: {"error": ""}
            {"error": "half                                                 | HTTP_400          | HTTP 400 with something other than an answer of the API: {"error": "half
            [1]                                                             | HTTP_400          | HTTP 400 with something other than an answer of the API: [1]
            `                                                              `| HTTP_400          | HTTP 400 without an explanation
            """)
    void readsEveryShape(String body, String code, String message) {
        ApiError error = ApiError.of(json(400, body.strip()));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void showsDetailsByField() {
        ApiError error = ApiError.of(json(400, """
                {"error": "Invalid", "details": {"_errors": ["Whole thing"], "prompt": {"_errors": ["Too long", "Too dull"]},
                  "elements": {"0": {"frontal_image_url": {"_errors": ["Required"]}}}, "duration": "Not offered", "n": ["a"]},
                 "issues": [{"path": ["elements", 0, "frontal_image_url"], "message": "Required"},
                            {"path": ["audio"], "message": "Not configurable"}, {"message": "Pathless"}, 7]}"""));

        assertThat(error.fields()).isEqualTo(Map.of(
                "", List.of("Whole thing", "Pathless"),
                "prompt", List.of("Too long", "Too dull"),
                "elements[0].frontal_image_url", List.of("Required"),
                "duration", List.of("Not offered"),
                "n", List.of("a"),
                "audio", List.of("Not configurable")));
    }

    @Test
    void readsAdviceWhereverItStands() {
        ApiError outside = ApiError.of(json(422, "{\"error\": \"x\", \"suggested_prompt\": \"calm\", \"credits_refunded\": false}"));
        ApiError inside = ApiError.of(json(422, "{\"error\": {\"message\": \"x\", \"recommended_model\": \"m2\", \"credits_refunded\": true}}"));

        assertThat(outside.suggestedPrompt()).contains("calm");
        assertThat(outside.creditsRefunded()).contains(false);
        assertThat(inside.recommendedModel()).contains("m2");
        assertThat(inside.creditsRefunded()).contains(true);
        assertThat(inside.suggestedPrompt()).isEqualTo(Optional.empty());
    }

    @Test
    void takesThePageTitleForAMessage() {
        assertThat(ApiError.of(html(502)).message())
                .isEqualTo("HTTP 502 with something other than an answer of the API: 502 Bad Gateway");
        assertThat(ApiError.of(answer(502, "text/html", "<p>Out <b>of</b> order</p>")).message()).endsWith("Out of order");
    }

    @Test
    void cleansAndBoundsWhatPeopleWillRead() {
        ApiError error = ApiError.of(json(400, "{\"error\": \"a\\u0000b\\u001b[31m\\r\\nc\\u202ed " + "x".repeat(5_000) + "\"}"));

        assertThat(error.message()).startsWith("a b [31m c d xxx").endsWith("x…").hasSize(2_000);
    }

    @Test
    void boundsDetails() {
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            nested.append("\"f").append(i).append("\": {\"_errors\": [\"").append("e".repeat(900)).append("\"]},");
        }
        String deep = "{\"d\":".repeat(300) + "1" + "}".repeat(300);
        ApiError error = ApiError.of(json(400, "{\"error\": \"x\", \"details\": {" + nested + "\"deep\": " + deep + "}}"));

        assertThat(error.fields()).hasSize(50);
        assertThat(error.fields().get("f0").get(0)).hasSize(500);
    }

    @Test
    void survivesABodyThatOnlyWantsToHurt() {
        assertThat(ApiError.of(json(400, "{\"error\":".repeat(5_000))).readable()).isFalse();
        assertThat(ApiError.of(answer(500, "text/html", "<".repeat(100_000))).message()).hasSizeLessThan(500);
    }
}
