package io.github.venicevideo.venice.answer;

import static io.github.venicevideo.venice.answer.AnswerSamples.NOW;
import static io.github.venicevideo.venice.answer.AnswerSamples.answer;
import static io.github.venicevideo.venice.answer.AnswerSamples.html;
import static io.github.venicevideo.venice.answer.AnswerSamples.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.ledger.job.Video;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetrieveAnswerTest {

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {"status": "PROCESSING", "average_execution_time": 145000, "execution_duration": 53200} | processing
            200 | {"status": "queued"}                                                 | processing
            200 | {"status": "running"}                                                | processing
            200 | {"status": "SOMETHING_NEW"}                                          | processing
            200 | {"status": "COMPLETED"}                                              | completed
            200 | {"status": "completed", "average_execution_time": "?"}               | completed
            200 | {"status": "failed"}                                                 | failed
            200 | {"status": "FAILED", "error": "no luck"}                             | failed
            200 | {"status": 7}                                                        | retry
            200 | {"error": "odd"}                                                     | retry
            200 | {"status": "COMPLE                                                   | retry
            200 | `                                                                   `| retry
            202 | {"status": "PROCESSING"}                                             | retry
            204 | `                                                                   `| retry
            302 | `                                                                   `| retry
            400 | {"error": "Request ID is invalid."}                                  | expired
            400 | {"error": {"message": "request id is INVALID"}}                      | expired
            400 | {"error": {"code": "REQUEST_ID_NOT_FOUND", "message": "No such id"}} | expired
            400 | {"code": "REQUEST_ID_NOT_FOUND", "error": "Gone"}                    | expired
            404 | {"error": {"code": "MEDIA_NOT_FOUND", "message": "No such media"}}   | expired
            503 | {"error": {"code": "MODEL_OFFLINE", "message": "Down"}}              | retry
            500 | {"error": {"code": "INFERENCE_FAILED", "message": "Down"}}           | retry
            504 | {"error": {"code": "REQUEST_TIMEOUT", "message": "Slow"}}            | retry
            400 | {"error": "Invalid request", "details": {"model": {"_errors": ["x"]}}} | retry
            401 | {"error": "Authentication failed"}                                   | account-trouble
            402 | {"error": "Insufficient balance"}                                    | account-trouble
            403 | {"code": "UNAUTHORIZED", "error": "no"}                              | account-trouble
            403 | {"error": "This model is not available in your region"}              | retry
            404 | {"error": "Media could not be found"}                                | expired
            404 | <html>proxy</html>                                                   | retry
            410 | {"error": "gone"}                                                    | expired
            422 | {"error": {"message": "no", "type": "provider_content_policy", "credits_refunded": true}} | failed
            422 | <html></html>                                                        | retry
            429 | {"code": "RATE_LIMIT_EXCEEDED", "error": "slow down"}                | wait
            500 | {"error": "Inference failed"}                                        | retry
            502 | <html></html>                                                        | retry
            503 | {"error": "at capacity"}                                             | retry
            504 | `                                                                   `| retry
            """)
    void namesEveryAnswer(int status, String body, String outcome) {
        assertThat(RetrieveAnswer.of(json(status, body.strip())).key()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "200, video/mp4, video", "200, Video/MP4; codecs=avc1, video", "200, video/webm, video",
        "200, application/octet-stream, video", "200, binary/octet-stream, video", "200, application/mp4, video",
        "200, text/html, retry", "200, image/png, retry", "200, '', retry", "500, video/mp4, retry", "206, video/mp4, retry"})
    void tellsAVideoByItsContentType(int status, String type, String outcome) {
        assertThat(RetrieveAnswer.of(new Answer(status, java.util.Map.of(), answer(status, type, "").contentType(), "",
                true, NOW.toEpochMilli())).key()).isEqualTo(outcome);
    }

    @Test
    void boundsTheTimesItIsTold() {
        assertThat(RetrieveAnswer.of(json(200, """
                {"status": "PROCESSING", "average_execution_time": 145000.7, "execution_duration": 53200}""")))
                .isEqualTo(new RetrieveOutcome.Processing(OptionalLong.of(145_000), OptionalLong.of(53_200)));
        assertThat(RetrieveAnswer.of(json(200, """
                {"status": "PROCESSING", "average_execution_time": 3, "execution_duration": -1}""")))
                .isEqualTo(new RetrieveOutcome.Processing(OptionalLong.of(1_000), OptionalLong.empty()));
        assertThat(RetrieveAnswer.of(json(200, """
                {"status": "PROCESSING", "average_execution_time": 1e300, "execution_duration": 1e999999}""")))
                .isEqualTo(new RetrieveOutcome.Processing(OptionalLong.of(3_600_000), OptionalLong.of(172_800_000)));
        assertThat(RetrieveAnswer.of(json(200, "{\"status\": \"PROCESSING\", \"average_execution_time\": \"145000\"}")))
                .isEqualTo(new RetrieveOutcome.Processing(OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void saysWhyItFailedAndWhatItCost() {
        assertThat(RetrieveAnswer.of(json(422, """
                {"error": {"message": "Rejected", "type": "provider_content_policy", "credits_refunded": true,
                 "recommended_model": "wan-2-7"}}""")))
                .isEqualTo(new RetrieveOutcome.Failed("provider_content_policy", "Rejected", Optional.of(true), Optional.of("wan-2-7")));
        assertThat(RetrieveAnswer.of(json(200, "{\"status\": \"Failed\"}")))
                .isEqualTo(new RetrieveOutcome.Failed("FAILED", "The provider says that it failed, without a reason.",
                        Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 422, 500, 502, 503})
    void neverEndsAPaidJobBecauseOfAPage(int status) {
        assertThat(RetrieveAnswer.of(html(status))).isInstanceOf(Retry.class);
    }

    @Test
    void honoursRetryAfter() {
        assertThat(RetrieveAnswer.of(json(503, "{\"error\": \"busy\"}", "retry-after", "Sun, 22 Nov 2026 12:00:30 GMT")))
                .isEqualTo(new Retry(503, Optional.of(NOW.plusSeconds(30)), "busy", true));
    }

    /** Whoever has the address of a video, has the video. */
    @Test
    void anAddressInAnAnswerThatCannotBeReadIsNotRepeated() {
        RetrieveOutcome outcome = RetrieveAnswer.of(answer(200, "application/json", "{\"url\": \"https://cdn.example.com/secret\", \"ready\": 1}"));

        assertThat(outcome).isInstanceOfSatisfying(Retry.class,
                retry -> assertThat(retry.message()).doesNotContain("secret"));
    }

    @Test
    void theAddressOfACompletedAnswerIsTaken() {
        assertThat(RetrieveAnswer.of(answer(200, "application/json", "{\"status\": \"completed\", \"url\": \"https://cdn.example.com/x\"}")))
                .isEqualTo(new RetrieveOutcome.Completed(Optional.of(new DownloadUrl("https://cdn.example.com/x"))));
    }
}
