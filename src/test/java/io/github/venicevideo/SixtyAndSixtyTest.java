package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.png;
import static io.github.venicevideo.SampleMedia.sha256;
import static io.github.venicevideo.SampleMedia.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.BrokenBundles.Broken;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sixty broken bundles beside sixty good ones: each gets what is its own, and nothing of the machine goes along. */
@Timeout(300)
class SixtyAndSixtyTest {

    private static final int GOOD = 60;

    @TempDir
    private Path folder;

    @Test
    void eachGetsWhatIsItsOwn() throws Exception {
        byte[] secret = png("canary, which no request may hold");
        Path canary = Files.write(folder.toRealPath().resolve("canary.png"), secret);
        List<Broken> broken = BrokenBundles.around(canary);
        assertThat(broken).hasSize(60);
        assertThat(broken.stream().map(Broken::name)).doesNotHaveDuplicates();

        try (Station station = Station.quick(folder)) {
            for (int i = 0; i < GOOD; i++) {
                good(station, i);
                drop(station, broken.get(i));
            }
            station.startImpatient();
            List<Job> jobs = await().atMost(Station.PATIENCE.multipliedBy(2)).until(() -> station.ledger().jobs().all(), all ->
                    all.size() == GOOD + broken.size() && all.stream().allMatch(job -> job.filed() && job.state().isFinal()));

            assertThat(jobs.stream().filter(job -> job.state() == JobState.DELIVERED).map(Job::bundle))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, GOOD).mapToObj(i -> "good-" + i).toList());
            IntStream.range(0, GOOD).forEach(i -> assertThat(station.video("good-" + i)).isNotEmptyFile());
            assertThat(station.sandbox().accepted()).hasSize(GOOD);
            assertThat(station.sandbox().requests(Call.QUEUE)).hasSize(GOOD).allSatisfy(request ->
                    assertThat(request.json().path("prompt").asText()).startsWith("Good number "));
            assertThat(station.sandbox().requests()).extracting(LoggedRequest::json).allSatisfy(json ->
                    assertThat(String.valueOf(json)).doesNotContain(sha256(secret), "canary"));
            assertThat(station.sandbox().accepted()).extracting(AcceptedJob::request).allSatisfy(request ->
                    assertThat(request.toString()).doesNotContain(sha256(secret)));
            assertThat(canary).hasBinaryContent(secret);
            for (Broken bundle : broken) {
                isExplained(station, bundle);
            }
        }
    }

    /** For a designer: which file, which field, what is allowed, and what to do. For a program, the same. */
    private static void isExplained(Station station, Broken bundle) throws IOException {
        Path failed = station.home().resolve("failed").resolve(bundle.name());
        JsonNode job = Json.mapper().readTree(Files.readAllBytes(failed.resolve("job.json")));
        String error = Files.readString(failed.resolve("ERROR.txt"));

        assertThat(job.path("reason").asText()).as(bundle.name()).isEqualTo("invalid-bundle");
        assertThat(job.path("fields")).as(bundle.name()).anySatisfy(problem -> {
            assertThat(problem.path("code").asText()).isEqualTo(bundle.code());
            assertThat(problem.path("field").asText()).contains(bundle.field());
        }).allSatisfy(problem -> {
            assertThat(problem.path("file").asText()).isNotBlank();
            assertThat(problem.path("allowed").asText() + problem.path("hint").asText()).isNotBlank();
            assertThat(error).contains(problem.path("file").asText()).contains(problem.path("field").asText())
                    .contains(problem.path("allowed").asText()).contains(problem.path("hint").asText());
        });
        assertThat(error).as(bundle.name()).startsWith(bundle.name() + " has failed.")
                .contains("What it cost\nNothing", "What to do\nMend what is named above");
    }

    private static void good(Station station, int i) throws IOException {
        String name = "good-" + i;
        String prompt = "Good number " + i;
        switch (i % 6) {
            case 0 -> station.dropReady(name, Map.of("prompt.txt", prompt));
            case 1 -> station.dropReady(name, Map.of("prompt.md", prompt, "image.jpg", png(name)));
            case 2 -> station.dropFile(name + ".zip", zip(Map.of("prompt.txt", prompt, "IMG_1.png", png(name))));
            case 3 -> station.dropFile(name + ".json", Json.mapper().writeValueAsBytes(Map.of("prompt", prompt)));
            case 4 -> station.dropFile(name + ".yaml", ("prompt: " + prompt + "\nresolution: 480p\n").getBytes());
            default -> station.dropReady(name, Map.of("prompt.txt", prompt, "reference_image_1.png", png(name)));
        }
    }

    private void drop(Station station, Broken bundle) throws IOException {
        if (bundle.files().containsKey("")) {
            station.dropFile(bundle.entry(), bundle.files().get(""));
            return;
        }
        Path staged = Files.createTempDirectory(folder, "staged");
        for (Map.Entry<String, byte[]> file : new LinkedHashMap<>(bundle.files()).entrySet()) {
            Files.write(staged.resolve(file.getKey()), file.getValue());
        }
        bundle.prepared().in(staged);
        Files.createDirectories(station.drop());
        Files.move(staged, station.drop().resolve(bundle.entry()), StandardCopyOption.ATOMIC_MOVE);
    }
}
