package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may drop may drop, and nothing else: what lies in a bundle is written to, believed and obeyed by nobody. */
@Timeout(120)
class OursAloneTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        station = Station.quick(folder).with("venice.budget.per-job", "4").startImpatient();
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void linksWithOurFilesNamesAreNotWrittenThrough() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.properties"), "venice.budget.per-day=5");
        Path ledger = station.home().resolve(".ledger/ledger.db");
        Path bundle = Files.createDirectory(folder.resolve("links"));
        Files.writeString(bundle.resolve("request.json"), "{\"prompt\": \"Of no use\", \"resolution\": \"1p\"}");
        for (String name : new String[] {"answer-error.txt", "ACTION.md", "job.json"}) {
            Files.createSymbolicLink(bundle.resolve(name), secret);
        }
        Files.createSymbolicLink(bundle.resolve("ERROR.txt"), ledger);
        Files.move(bundle, station.drop().resolve("links"), StandardCopyOption.ATOMIC_MOVE);

        JsonNode job = station.awaitFailed("links");

        assertThat(job.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(secret).hasContent("venice.budget.per-day=5");
        assertThat(station.ledger().jobs().find(job.path("job_id").asText())).isPresent();
        assertThat(Files.isSymbolicLink(station.home().resolve("failed/links/job.json"))).isFalse();
        assertThat(station.text("failed/links/ERROR.txt")).contains("resolution");
    }

    @Test
    void pipesWithOurFilesNamesHoldNobodyUp() throws Exception {
        Path bundle = Files.createDirectory(folder.resolve("pipes"));
        Files.writeString(bundle.resolve("request.json"), "{\"prompt\": \"Of no use\", \"resolution\": \"1p\"}");
        for (String name : new String[] {"job.json", "ERROR.txt", "answer.json"}) {
            pipe(bundle.resolve(name));
        }
        Files.move(bundle, station.drop().resolve("pipes"), StandardCopyOption.ATOMIC_MOVE);
        station.dropReady("after it", Map.of("prompt.txt", "After it"));

        assertThat(station.awaitFailed("pipes").path("reason").asText()).isEqualTo("invalid-bundle");
        station.awaitDone("after it");
    }

    @Test
    void anAnswerThatLiesInTheBundleIsNone() throws Exception {
        station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 5.5}"));
        station.dropReady("others", Map.of("prompt.txt", "Somebody else's"));
        station.awaitParked("others");
        String answer = "{\"answer\": \"approve\", \"by\": \"Mallory\", \"apply_to\": \"all-with-this-reason\", \"job_id\": \"%s\"}";
        station.dropReady("own", Map.of("prompt.txt", "My own", "answer.json", answer.formatted("")));
        String own = station.awaitParked("own").path("job_id").asText();

        assertThat(station.home().resolve("parked/own/answer.json")).doesNotExist();
        Files.writeString(station.home().resolve("parked/own/bundle/answer.json"), answer.formatted(own));
        station.dropReady("later", Map.of("prompt.txt", "Later than two looks"));
        station.awaitParked("later");

        assertThat(station.ledger().jobs().all()).allSatisfy(job -> assertThat(job.state().toString()).isEqualTo("parked"));
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();
    }

    @Test
    void aFolderThatSomebodyMakesInParkedIsNobodysToAnswerIn() throws Exception {
        station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 5.5}"));
        station.dropReady("waiting", Map.of("prompt.txt", "Waiting"));
        JsonNode job = station.awaitParked("waiting");
        Path forged = Files.createDirectory(station.home().resolve("parked/forged"));
        Files.copy(station.home().resolve("parked/waiting/job.json"), forged.resolve("job.json"));
        ObjectNode form = (ObjectNode) Json.mapper().readTree(station.text("parked/waiting/answer-form.json"));
        Files.write(forged.resolve("answer.json"), Json.pretty(form.put("answer", "approve").put("by", "Mallory")));
        Path linked = Files.createDirectory(folder.resolve("linked"));
        Files.copy(forged.resolve("answer.json"), linked.resolve("answer.json"));
        Files.createSymbolicLink(station.home().resolve("parked/linked"), linked);
        station.dropReady("later", Map.of("prompt.txt", "Later than two looks"));
        station.awaitParked("later");

        assertThat(station.ledger().jobs().find(job.path("job_id").asText()).orElseThrow().state().toString()).isEqualTo("parked");
        assertThat(forged.resolve("answer.json")).exists();
    }

    @Test
    void anAnswerThatIsALinkOrAPipeIsRefused() throws Exception {
        station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 5.5}"));
        station.dropReady("waiting", Map.of("prompt.txt", "Waiting"));
        station.awaitParked("waiting");
        Path parked = station.home().resolve("parked/waiting");
        ObjectNode form = (ObjectNode) Json.mapper().readTree(station.text("parked/waiting/answer-form.json"));
        Path elsewhere = folder.resolve("elsewhere.json");
        Files.write(elsewhere, Json.pretty(form.put("answer", "approve").put("by", "Mallory")));

        Files.createSymbolicLink(parked.resolve("answer.json"), elsewhere);
        await().atMost(Station.PATIENCE).until(() -> Files.exists(parked.resolve("answer-error.txt")));

        assertThat(parked.resolve("answer-error.txt")).content().contains("answer.json is no plain file");
        Files.delete(parked.resolve("answer-error.txt"));
        pipe(parked.resolve("answer.json"));
        await().atMost(Station.PATIENCE).until(() -> Files.exists(parked.resolve("answer-error.txt")));
        assertThat(elsewhere).exists();
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();
    }

    @Test
    void aForgedDocumentTakesNobodysVideo() throws Exception {
        FaultRule expired = station.sandbox().faults().every(Call.RETRIEVE, Fault.invalidRequestId());
        station.dropReady("victim", Map.of("prompt.txt", "The victim's"));
        JsonNode victim = station.awaitFailed("victim");
        station.dropReady("mine", Map.of("request.json", "{\"prompt\": \"My own\"}"));
        JsonNode mine = station.awaitFailed("mine");
        expired.disarm();
        int paid = station.sandbox().requests(Call.QUEUE).size();

        ObjectNode forged = Json.mapper().createObjectNode().put("job_id", "made-up").put("state", "failed")
                .put("queue_id", victim.path("queue_id").asText()).put("model", victim.path("model").asText())
                .put("content_hash", mine.path("content_hash").asText());
        station.dropReady("forged", Map.of("request.json", "{\"prompt\": \"My own\"}", "job.json", Json.pretty(forged)));

        JsonNode parked = station.awaitParked("forged");
        assertThat(parked.path("reason").asText()).isEqualTo("in-doubt");
        assertThat(parked.path("message").asText()).contains("did not sign").contains("Nothing was sent");
        assertThat(parked.has("queue_id")).isFalse();
        forged = forged.put("job_id", victim.path("job_id").asText());
        station.dropReady("forged again", Map.of("request.json", "{\"prompt\": \"My own\"}", "job.json", Json.pretty(forged)));
        assertThat(station.awaitParked("forged again").path("reason").asText()).isEqualTo("duplicate");
        assertThat(station.sandbox().requests(Call.QUEUE)).hasSize(paid);
        assertThat(station.video("forged")).doesNotExist();
        assertThat(station.video("forged again")).doesNotExist();
    }

    private static void pipe(Path path) throws Exception {
        Process mkfifo = null;
        try {
            mkfifo = new ProcessBuilder("mkfifo", path.toString()).start();
        } catch (IOException e) {
            assumeThat(mkfifo).as("There is no mkfifo here").isNotNull();
        }
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
