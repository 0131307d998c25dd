package io.github.venicevideo.venice.answer;

import static io.github.venicevideo.venice.answer.AnswerSamples.html;
import static io.github.venicevideo.venice.answer.AnswerSamples.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteAndCompleteAnswerTest {

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"quote": 0.085}                        | priced
            200 | {"quote": -1}                           | retry
            200 | {"quote": "0.085"}                      | retry
            200 | {"quote": 1e9}                          | retry
            200 | {}                                      | retry
            200 | <html>                                  | retry
            200 | {"quote": 0}                            | no-price
            400 | {"error": "Invalid duration"}           | no-price
            400 | {"error": "no", "details": {"duration": {"_errors": ["Required"]}}} | no-price
            400 | {"error": "no", "details": {"model": {"_errors": ["unknown"]}}} | refused
            400 | {"code": "INVALID_MODEL", "error": "no"} | refused
            401 | {"error": "Authentication failed"}      | account-trouble
            402 | {"error": "Insufficient balance"}       | account-trouble
            403 | {"error": "model not in your region"}   | refused
            404 | {"code": "MODEL_NOT_FOUND", "error": "no"} | refused
            404 | <html>                                  | retry
            410 | {"error": "retired"}                    | refused
            422 | {"error": "no"}                         | no-price
            429 | {"error": "slow"}                       | wait
            500 | {"error": "x"}                          | retry
            503 | {"error": "x"}                          | retry
            """)
    void quotes(int status, String body, String outcome) {
        assertThat(QuoteAnswer.of(json(status, body)).key()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"0.085, 85000", "1, 1000000", "0.0000001, 1", "12.3456789, 12345679", "10000, 10000000000"})
    void roundsAPriceUpToMillionths(String usd, long micro) {
        assertThat(QuoteAnswer.of(json(200, "{\"quote\": " + usd + "}"))).isEqualTo(new QuoteOutcome.Priced(micro));
    }

    @Test
    @Timeout(180)
    void isNotHeldUpByAbsurdNumbers() {
        assertThat(QuoteAnswer.of(json(200, "{\"quote\": 1e999999999}")).key()).isEqualTo("retry");
        assertThat(QuoteAnswer.of(json(200, "{\"quote\": 1e-999999999}")).key()).isEqualTo("no-price");
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"success": true}                       | deleted
            200 | {"success": false}                      | not-deleted
            200 | {}                                      | not-deleted
            200 | x                                       | retry
            400 | {"error": "Request ID is invalid."}     | not-deleted
            404 | {"error": "not found"}                  | deleted
            401 | {"error": "Authentication failed"}      | account-trouble
            429 | {"error": "slow"}                       | wait
            500 | {"error": "x"}                          | retry
            """)
    void completes(int status, String body, String outcome) {
        assertThat(CompleteAnswer.of(json(status, body)).key()).isEqualTo(outcome);
    }

    @Test
    void aPageDeletesNothing() {
        assertThat(CompleteAnswer.of(html(404)).key()).isEqualTo("retry");
    }
}
