package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.home.DurableFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that calls under references of its own, does not hear the answers, and calls again at once, before the program
 * has looked through its work folder. {@link CrashPointsIT} has the calls that are cut off elsewhere.
 */
class ReferenceIT {

    private static final String PLACED = "order-1";
    private static final String PAID = "order-2";
    private static final List<String> REFERENCES = List.of(PLACED, PAID);
    private static final List<String> CALLS = REFERENCES.stream()
            .map(reference -> "submit|" + reference + "|" + prompt(reference)).toList();

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void oneReferenceIsOneJobAndOnePaymentEvenWhenTheLedgerIsLost() throws Exception {
        try (Stage stage = Stage.in(folder)) {
            List<String> stops = List.of("before:record-jobs@" + PLACED, "before:ask-retrieve@" + PAID);
            Child first = stage.start(stops, CALLS);
            for (String stop : stops) {
                first.awaitLine(StopPoints.AT + stop, Stage.PATIENCE);
            }
            first.kill();
            DurableFiles.deleteTree(stage.home().resolve(".ledger"));

            // What is recorded must not be on the wire when it is killed: that would be in doubt, rightly.
            Child second = stage.start(List.of("before:each-leftover@*", "before:write-intent@" + PLACED), CALLS);
            List<String> answers = REFERENCES.stream().map(reference -> answer(second, reference)).toList();
            second.kill();
            Child last = stage.start(List.of(), CALLS);
            List<String> sameAnswers = REFERENCES.stream().map(reference -> answer(last, reference)).toList();
            stage.awaitQuiet(REFERENCES.size());
            last.kill();

            assertThat(answers).isEqualTo(sameAnswers);
            Aftermath aftermath = stage.aftermath().withALostLedger();
            assertThat(answers).containsExactlyElementsOf(REFERENCES.stream()
                    .map(reference -> aftermath.job(reference).id()).toList());
            for (String reference : REFERENCES) {
                aftermath.check(reference, prompt(reference), End.DELIVERED);
            }
            aftermath.checkHome();
            assertThat(stage.sandbox().accepted()).hasSize(REFERENCES.size());
        }
    }

    private static String answer(Child child, String reference) {
        String start = "ANSWER " + reference + " ";
        try {
            return child.awaitLine(start, Stage.PATIENCE).substring(start.length());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String prompt(String reference) {
        return "A gondola for " + reference;
    }
}
