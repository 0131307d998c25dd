package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was parked finds its way back, whatever its folder is called by then. */
@Timeout(300)
class ParkedBundlesTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        station = Station.in(folder).with("venice.budget.per-job", "0.001").start();
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void aRenamedBundleIsSentWithItsPictureWhenItIsApproved() throws Exception {
        byte[] picture = SampleMedia.png("renamed");
        station.drop("gondola", Map.of("prompt.txt", "A gondola moves", "image.png", picture));
        station.awaitParked("gondola");
        Path renamed = station.home().resolve("parked/another name");
        Files.move(station.home().resolve("parked/gondola"), renamed);

        approve(renamed);

        JsonNode job = station.awaitDone("gondola");
        assertThat(station.accepted(job).media("/image_url")).isEqualTo(picture);
    }

    @Test
    void aBundleThatWasTakenAwayIsNotPaidFor() throws Exception {
        station.drop("gondola", Map.of("prompt.txt", "A gondola stays"));
        String jobId = station.awaitParked("gondola").path("job_id").asText();

        DurableFiles.deleteTree(station.home().resolve("parked/gondola"));
        station.ledger().parkedJobs().approvedToSend(station.ledger().jobs().find(jobId).orElseThrow(),
                "approved elsewhere", Optional.empty());

        assertThat(station.awaitFailed("gondola").path("reason").asText()).isEqualTo("bundle-gone");
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();
    }

    @Test
    void theActionPageTellsTheWaysOfAnsweringThatAreOn() throws Exception {
        station.drop("first", Map.of("prompt.txt", "By a file"));
        station.awaitParked("first");
        assertThat(station.text("parked/first/ACTION.md")).contains("rename it to `answer.json`").doesNotContain("/api/jobs");

        station.stop();
        station.with("venice.console.port", "0").start();
        station.drop("second", Map.of("prompt.txt", "Either way"));
        String jobId = station.awaitParked("second").path("job_id").asText();
        assertThat(station.text("parked/second/ACTION.md")).contains("rename it to `answer.json`, or send it",
                "`POST /api/jobs/" + jobId + "/answer`");

        station.stop();
        station.with("venice.answers.files", "false").start();
        station.drop("third", Map.of("prompt.txt", "By a call"));
        station.awaitParked("third");
        assertThat(station.text("parked/third/ACTION.md")).contains("/api/jobs", "An `answer.json` is not taken here")
                .doesNotContain("rename it");

        station.stop();
        station.with("venice.console.port", "off").start();
        station.drop("fourth", Map.of("prompt.txt", "In no way"));
        station.awaitParked("fourth");
        assertThat(station.text("parked/fourth/ACTION.md")).contains("There is no way of answering here now", "venice.console.port")
                .doesNotContain("/api/jobs", "rename it");
    }

    private void approve(Path bundle) throws Exception {
        Path form = bundle.resolve("answer-form.json");
        ObjectNode filled = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(form));
        filled.put("answer", "approve").put("by", "Ada Tester");
        Files.write(form, Json.pretty(filled));
        Files.move(form, form.resolveSibling("answer.json"), StandardCopyOption.ATOMIC_MOVE);
        await().atMost(Station.PATIENCE).until(() -> Files.notExists(bundle));
    }
}
