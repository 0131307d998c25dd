package io.github.venicevideo.intake.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.rules.Similar;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Words that a designer understands. */
class ProblemTest {

    @Test
    void aSentenceSaysWhereWhatAndWhatToDo() {
        assertThat(Problem.of(ProblemCode.WRONG_TYPE, "request.json", "audio", "yes", "true or false", "Mend it.")
                .sentence()).isEqualTo("request.json, audio: \"yes\" is of the wrong kind. Allowed: true or false. Mend it.");
        assertThat(Problem.of(ProblemCode.EMPTY_FILE, "image.png", "", "", "", "").sentence())
                .isEqualTo("image.png: is empty.");
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyCodeHasWords(ProblemCode code) {
        assertThat(code.code()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(Problem.of(code, "f", "", "", "", "").sentence()).isEqualTo("f: " + code.says() + ".");
    }

    @Test
    void codesAreUnique() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::code)).doesNotHaveDuplicates();
    }

    @Test
    void aCodeOfALaterVersionStillMakesASentence() {
        assertThat(new Problem("from-elsewhere", "f", "", "", "", "").sentence()).isEqualTo("f: is not accepted.");
    }

    @ParameterizedTest
    @CsvSource({"prompt, prompt, 0", "promt, prompt, 1", "propmt, prompt, 1", "model, mode, 1", "abc, '', 3"})
    void distancesAreTypingMistakes(String a, String b, int mistakes) {
        assertThat(Similar.distance(a, b)).isEqualTo(mistakes);
        assertThat(Similar.distance(b, a)).isEqualTo(mistakes);
    }
}
