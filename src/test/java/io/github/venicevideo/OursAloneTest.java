package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever may drop may drop, and nothing else: what lies in a bundle is written to, believed and obeyed by nobody. All is dropped, and
 * done, by another user where the build may switch users.
 */
@Timeout(120)
class OursAloneTest {

    private static final String OF_NO_USE = "printf '{\"prompt\": \"Of no use\", \"resolution\": \"1p\"}' > ";

    @TempDir
    private Path folder;
    private Path lent;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        station = Station.quick(folder).with("venice.budget.per-job", "4").startImpatient();
        lent = Files.createDirectory(folder.resolve("lent"));
        OtherUser.letInto(lent);
        OtherUser.letInto(station.drop());
        mode(station.drop(), "rwxrwxrwx");
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void linksWithOurFilesNamesAreNotWrittenThrough() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.properties"), "venice.budget.per-day=5");
        Path ledger = station.home().resolve(".ledger/ledger.db");

        drop("links", OF_NO_USE + "request.json; for name in answer-error.txt ACTION.md job.json; do ln -s '"
                + secret + "' $name; done; ln -s '" + ledger + "' ERROR.txt");
        JsonNode job = station.awaitFailed("links");

        assertThat(job.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(secret).hasContent("venice.budget.per-day=5");
        assertThat(station.ledger().jobs().find(job.path("job_id").asText())).isPresent();
        assertThat(Files.isSymbolicLink(station.home().resolve("failed/links/job.json"))).isFalse();
        assertThat(station.text("failed/links/ERROR.txt")).contains("resolution");
    }

    @Test
    void pipesWithOurFilesNamesHoldNobodyUp() throws Exception {
        drop("pipes", OF_NO_USE + "request.json; mkfifo job.json ERROR.txt answer.json");
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
        lend("answer.json", answer.formatted(""));
        drop("own", "echo My own > prompt.txt; cp '" + lent + "/answer.json' .");
        String own = station.awaitParked("own").path("job_id").asText();

        assertThat(station.home().resolve("parked/own/answer.json")).doesNotExist();
        lend("answer.json", answer.formatted(own));
        String said = OtherUser.runAsFarAsMayBe(station.home(), "cp '" + lent + "/answer.json' parked/own/bundle/; cp '" + lent
                + "/answer.json' parked/own/ && rm parked/own/answer.json; ls parked/own");
        if (OtherUser.isThere()) {
            // It was theirs, and is no longer.
            assertThat(said).contains("Permission denied").doesNotContain("job.json");
            Files.writeString(station.home().resolve("parked/own/bundle/answer.json"), answer.formatted(own));
        }
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
        mode(station.home().resolve("parked"), "rwxrwxrwx");
        lend("job.json", station.text("parked/waiting/job.json"));
        lend("answer.json", approved(station.text("parked/waiting/answer-form.json")));

        assertThat(OtherUser.runAsFarAsMayBe(station.home().resolve("parked"), "mkdir forged && cp '" + lent + "'/* forged/ && ln -s '" + lent
                + "' linked")).isEmpty();
        station.dropReady("later", Map.of("prompt.txt", "Later than two looks"));
        station.awaitParked("later");

        assertThat(station.ledger().jobs().find(job.path("job_id").asText()).orElseThrow().state().toString()).isEqualTo("parked");
        assertThat(station.home().resolve("parked/forged/answer.json")).exists();
    }

    @Test
    void anAnswerThatIsALinkOrAPipeIsRefused() throws Exception {
        station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 5.5}"));
        station.dropReady("waiting", Map.of("prompt.txt", "Waiting"));
        station.awaitParked("waiting");
        Path parked = station.home().resolve("parked/waiting");
        Path elsewhere = lend("elsewhere.json", approved(station.text("parked/waiting/answer-form.json")));
        mode(station.home().resolve("parked"), "rwxr-xr-x");
        mode(parked, "rwxrwxrwx");

        assertThat(OtherUser.runAsFarAsMayBe(parked, "ln -s '" + elsewhere + "' answer.json")).isEmpty();
        await().atMost(Station.PATIENCE).until(() -> Files.exists(parked.resolve("answer-error.txt")));

        assertThat(parked.resolve("answer-error.txt")).content().contains("answer.json is no plain file");
        Files.delete(parked.resolve("answer-error.txt"));
        assertThat(OtherUser.runAsFarAsMayBe(parked, "mkfifo answer.json")).isEmpty();
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

        lend("request.json", "{\"prompt\": \"My own\"}");
        ObjectNode forged = Json.mapper().createObjectNode().put("job_id", "made-up").put("state", "failed")
                .put("queue_id", victim.path("queue_id").asText()).put("model", victim.path("model").asText())
                .put("content_hash", mine.path("content_hash").asText());
        lend("job.json", forged.toString());
        drop("forged", "cp '" + lent + "'/*.json .");

        JsonNode parked = station.awaitParked("forged");
        assertThat(parked.path("reason").asText()).isEqualTo("in-doubt");
        assertThat(parked.path("message").asText()).contains("did not sign").contains("Nothing was sent");
        assertThat(parked.has("queue_id")).isFalse();
        lend("job.json", forged.put("job_id", victim.path("job_id").asText()).toString());
        drop("forged again", "cp '" + lent + "'/*.json .");
        assertThat(station.awaitParked("forged again").path("reason").asText()).isEqualTo("duplicate");
        assertThat(station.sandbox().requests(Call.QUEUE)).hasSize(paid);
        assertThat(station.video("forged")).doesNotExist();
        assertThat(station.video("forged again")).doesNotExist();
    }

    /** @param made what is in it: a line of shell, in its folder */
    private void drop(String bundle, String made) throws Exception {
        assertThat(OtherUser.runAsFarAsMayBe(station.drop(), "mkdir .made && cd .made && " + made + "; touch .ready; cd .. && mv .made '"
                + bundle + "'")).isEmpty();
    }

    private Path lend(String name, String text) throws Exception {
        Path file = Files.writeString(lent.resolve(name), text);
        mode(file, "rw-r--r--");
        return file;
    }

    private static String approved(String form) throws Exception {
        return ((ObjectNode) Json.mapper().readTree(form)).put("answer", "approve").put("by", "Mallory").toString();
    }

    private static void mode(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
