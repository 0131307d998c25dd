package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.api.JobState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program with a raised budget is killed once it has let go on what the former one held. */
class RaisedBudgetIT {

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void whatWasHeldIsSentOnceAndWithinTheBudget() throws Exception {
        try (Stage stage = Stage.in(folder)) {
            stage.station().with("venice.budget.per-job", "0.001");
            for (String name : List.of("first", "second")) {
                stage.drop("drop", name, Bundles.text("A prompt for " + name));
            }
            stage.start();
            stage.awaitQuiet(2);
            stage.child().kill();
            assertThat(stage.sandbox().accepted()).isEmpty();

            stage.station().without("venice.budget.per-job").with("venice.budget.per-day", "100");
            Child raised = stage.start(List.of("after:free-held@*", "before:resume-held@*"), List.of());
            raised.awaitLine(StopPoints.AT + "after:free-held@*", Stage.PATIENCE);
            raised.kill();
            stage.start();
            await().atMost(Stage.PATIENCE).until(() -> stage.sandbox().accepted().size() == 2);
            stage.awaitQuiet(2);
            stage.child().kill();

            assertThat(stage.sandbox().accepted()).hasSize(2);
            Aftermath aftermath = stage.aftermath();
            for (String name : List.of("first", "second")) {
                assertThat(aftermath.job(name).state()).isEqualTo(JobState.DELIVERED);
                aftermath.check(name, "A prompt for " + name, End.DELIVERED);
            }
        }
    }
}
