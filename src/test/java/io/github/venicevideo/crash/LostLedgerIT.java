package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledger is deleted while jobs are in flight; the work folder knows enough. */
class LostLedgerIT {

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void nothingIsSentTwiceAndNothingPaidIsLost() throws Exception {
        Map<String, String> stops = new LinkedHashMap<>();
        stops.put("making", "before:ask-retrieve");
        stops.put("private", "before:call-download-link");
        stops.put("fetched", "after:rename-video");
        stops.put("undelivered", "before:commit-delivered-to");
        stops.put("acknowledged", "after:keep-answer");
        stops.put("unsent", "after:write-intent");
        stops.put("unanswered", "before:keep-answer");
        stops.put("received", "before:commit-submitting");
        stops.put("claimed", "after:claim-bundle");
        List<String> names = new ArrayList<>(stops.keySet());
        names.addAll(List.of("face", "finished"));
        Map<String, End> ends = new LinkedHashMap<>();
        stops.keySet().forEach(name -> ends.put(name, End.DELIVERED));
        ends.put("unsent", End.IN_DOUBT);
        ends.put("unanswered", End.IN_DOUBT);
        ends.put("face", End.parked("needs-consent"));
        try (Stage stage = Stage.in(folder)) {
            stage.station().with("venice.drops", String.join(",", names));
            for (String name : names) {
                stage.drop(name, name, files(name));
            }
            Child child = stage.start(stops.entrySet().stream()
                    .map(stop -> stop.getValue() + "@" + stop.getKey()).toList(), List.of());
            for (Map.Entry<String, String> stop : stops.entrySet()) {
                child.awaitLine(StopPoints.AT + stop.getValue() + "@" + stop.getKey(), Stage.PATIENCE);
            }
            await().atMost(Stage.PATIENCE).until(() ->
                    stage.ledger().isQuiet("face") && stage.ledger().isQuiet("finished"));
            child.kill();
            int paid = stage.sandbox().accepted().size();
            DurableFiles.deleteTree(stage.home().resolve(".ledger"));

            Child last = stage.start();
            // With the one whose job.json alone tells of it, so that the same content is known as a duplicate.
            stage.awaitQuiet(names.size());
            last.kill();

            try {
                Aftermath aftermath = stage.aftermath().withALostLedger();
                for (Map.Entry<String, End> end : ends.entrySet()) {
                    aftermath.check(end.getKey(), prompt(end.getKey()), end.getValue());
                }
                aftermath.checkHome();
                assertThat(aftermath.job("finished").state()).isEqualTo(JobState.DELIVERED);
                // What was in flight was paid before; only what had not been sent is paid now.
                assertThat(stage.sandbox().accepted()).hasSize(paid + List.of("received", "claimed").size());
                assertThat(stage.home().resolve("videos/finished.mp4")).exists();
                assertThat(stage.home().resolve("done/finished/job.json")).exists();
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + child.output() + last.output(), e);
            }
        }
    }

    private static Map<String, byte[]> files(String name) throws IOException {
        return switch (name) {
            case "private" -> Bundles.text(prompt(name), Bundles.PRIVATE_MODEL);
            case "face" -> Bundles.image(prompt(name), Bundles.face(0));
            default -> Bundles.text(prompt(name));
        };
    }

    private static String prompt(String name) {
        return "A prompt for " + name;
    }
}
