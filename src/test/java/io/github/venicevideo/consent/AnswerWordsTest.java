package io.github.venicevideo.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerWordsTest {

    @ParameterizedTest
    @CsvSource({"yes, approve", "ok, approve", "no, reject", "cancel, reject"})
    void aWordThatIsOnlyLikeAnAnswerIsOfferedTheRightOne(String given, String meant) {
        assertThat(AnswerFile.meant(given, java.util.List.of(io.github.venicevideo.ledger.job.ParkedAnswer.APPROVE,
                io.github.venicevideo.ledger.job.ParkedAnswer.REJECT))).contains("\"" + meant + "\"");
    }
}
