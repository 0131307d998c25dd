package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.job.HistoryEntry;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.Hold;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may have been accepted is never sent again by itself: a person answers, with a file beside the bundle. */
@Timeout(300)
class InDoubtTest {

    @TempDir
    private static Path folder;
    private static Station station;
    private static ShiftedClock clock;

    @BeforeAll
    static void start() throws Exception {
        clock = new ShiftedClock();
        station = Station.quick(folder).startImpatient(prepared());
    }

    private static CamelContext prepared() {
        CamelContext prepared = new DefaultCamelContext();
        prepared.getRegistry().bind("veniceClock", Clock.class, clock);
        return prepared;
    }

    @AfterEach
    void disarm() {
        station.sandbox().faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    static Stream<Arguments> answersThatLeaveDoubt() {
        return Stream.of(
                Arguments.of("dropped", Fault.acceptThenDrop()),
                Arguments.of("bad-gateway", Fault.acceptThenAnswer(Fault.html(502))),
                Arguments.of("gateway-timeout", Fault.acceptThenAnswer(Fault.html(504))),
                Arguments.of("server-error", Fault.error(500)),
                Arguments.of("unavailable-page", Fault.html(503)),
                Arguments.of("no-queue-id", Fault.json(200, "{\"status\": \"ok\"}")));
    }

    @ParameterizedTest
    @MethodSource("answersThatLeaveDoubt")
    void withoutAUsableAnswerItIsParkedAfterOnePost(String name, Fault fault) throws Exception {
        JsonNode job = parked(name, fault);

        assertThat(job.path("reason").asText()).isEqualTo("in-doubt");
        assertThat(station.posted(name)).hasSize(1);
        assertThat(station.text("parked/" + name + "/ACTION.md"))
                .contains("may have been accepted and charged").contains("`resubmit`", "`adopt`", "`reject`");
        JsonNode form = Json.mapper().readTree(station.text("parked/" + name + "/answer-form.json"));
        assertThat(form.path("choices")).extracting(JsonNode::asText).containsExactly("resubmit", "adopt", "reject");
    }

    @Test
    void itIsNotSentAgainAfterARestartEitherAndWhatHadAnAnswerGoesOn() throws Exception {
        parked("restarted", Fault.acceptThenDrop());
        String id = parked("answered", Fault.acceptThenDrop()).path("job_id").asText();
        AcceptedJob accepted = acceptedAs("answered");

        station.stop();
        WorkFolder work = new WorkFolder(station.home().resolve(".work").resolve(id));
        Intent.read(work).orElseThrow().answered(accepted.request().path("model").asText(), accepted.queueId(), Optional.empty())
                .write(work);
        station.startImpatient(prepared());
        station.dropReady("after the restart", Map.of("prompt.txt", "after the restart"));
        station.awaitDone("after the restart");

        assertThat(station.awaitDone("answered").path("queue_id").asText()).isEqualTo(accepted.queueId());
        assertThat(station.posted("answered")).hasSize(1);
        assertThat(station.posted("restarted")).hasSize(1);
        assertThat(station.home().resolve("parked/restarted/ACTION.md")).exists();
    }

    @Test
    void aClockThatIsSetForwardWhileARequestIsOnTheWireLeavesItToWhoeverSendsIt() throws Exception {
        Hold answer = station.sandbox().faults().hold(Call.QUEUE, Hold.Point.BEFORE_ANSWER);
        station.dropReady("on the wire", Map.of("prompt.txt", "on the wire"));
        assertThat(answer.awaitHeld(Station.PATIENCE)).isTrue();

        clock.advance(Duration.ofMinutes(5));
        station.dropReady("beside it", Map.of("prompt.txt", "beside it"));
        station.awaitDone("beside it");
        answer.release();
        JsonNode job = station.awaitDone("on the wire");

        assertThat(station.posted("on the wire")).hasSize(1);
        assertThat(station.ledger().jobs().history(job.path("job_id").asText())).extracting(HistoryEntry::state)
                .doesNotContain(JobState.PARKED);
    }

    @Test
    void resubmitSendsItOnceMore() throws Exception {
        parked("resubmitted", Fault.error(500));

        answer("resubmitted", form -> form.put("answer", "resubmit").put("by", "Anna"));
        JsonNode job = station.awaitDone("resubmitted");

        assertThat(station.posted("resubmitted")).hasSize(2);
        assertThat(job.path("state").asText()).isEqualTo("delivered");
        assertThat(station.video("resubmitted")).isNotEmptyFile();
        assertThat(station.home().resolve("parked/resubmitted")).doesNotExist();
        assertThat(station.ledger().jobs().history(job.path("job_id").asText()))
                .anyMatch(entry -> entry.message().orElse("").equals("Anna answered resubmit"));
    }

    @Test
    void adoptAsksForTheVideoOfAKnownQueueId() throws Exception {
        parked("adopted", Fault.acceptThenDrop());
        AcceptedJob accepted = acceptedAs("adopted");

        answer("adopted", form -> form.put("answer", "adopt").put("by", "Anna").put("queue_id", accepted.queueId()));
        JsonNode job = station.awaitDone("adopted");

        assertThat(station.posted("adopted")).hasSize(1);
        assertThat(job.path("queue_id").asText()).isEqualTo(accepted.queueId());
        assertThat(station.video("adopted")).isNotEmptyFile();
    }

    @Test
    void aQueueIdOfAnotherJobIsNeitherBelievedNorAdopted() throws Exception {
        station.dropReady("owner", Map.of("prompt.txt", "owner"));
        JsonNode owner = station.awaitDone("owner");
        String queueId = owner.path("queue_id").asText();

        JsonNode echoed = parked("echoed", Fault.json(200, "{\"model\": \"seedance-2-0-text-to-video\", \"queue_id\": \"" + queueId + "\"}"));

        assertThat(echoed.path("reason").asText()).isEqualTo("in-doubt");
        assertThat(echoed.has("queue_id")).isFalse();
        assertThat(station.posted("echoed")).hasSize(1);
        answer("echoed", form -> form.put("answer", "adopt").put("by", "Anna").put("queue_id", queueId));
        Path error = station.home().resolve("parked/echoed/answer-error.txt");
        Awaitility.await().atMost(Station.PATIENCE).until(() -> Files.exists(error));
        assertThat(error).content().contains(queueId).contains(owner.path("job_id").asText());
        assertThat(station.ledger().jobs().find(owner.path("job_id").asText()).orElseThrow().queueId()).contains(queueId);
    }

    @Test
    void rejectEndsIt() throws Exception {
        parked("rejected", Fault.error(500));

        answer("rejected", form -> form.put("answer", "reject").put("by", "Anna"));
        JsonNode job = station.awaitFailed("rejected");

        assertThat(job.path("reason").asText()).isEqualTo("rejected");
        assertThat(station.posted("rejected")).hasSize(1);
        assertThat(station.home().resolve("parked/rejected")).doesNotExist();
        assertThat(station.home().resolve("failed/rejected/answer-form.json")).doesNotExist();
    }

    @Test
    void adoptTakesThePrivateModelsLinkAndLeavesItNowhere() throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, Fault.acceptThenDrop());
        station.dropReady("private", Map.of("request.json", """
                {"model": "wan-2-2-a14b-text-to-video", "prompt": "private", "duration": "5s"}"""));
        station.awaitParked("private");
        AcceptedJob accepted = acceptedAs("private");
        String url = accepted.downloadUrl().orElseThrow();

        answer("private", form -> form.put("answer", "adopt").put("by", "Anna").put("queue_id", accepted.queueId())
                .put("download_url", url));
        JsonNode job = station.awaitDone("private");

        assertThat(station.posted("private")).hasSize(1);
        assertThat(station.accepted(job).videoSha256()).contains(job.at("/video/sha256").asText());
        assertThat(station.home().resolve("parked/private")).doesNotExist();
        try (Stream<Path> files = Files.walk(station.home().resolve("done/private"))) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().noneMatch(file -> holds(file, url));
        }
    }

    @Test
    void jobsThatAreParkedForOneReasonCanBeAnsweredTogether() throws Exception {
        parked("first of two", Fault.error(500));
        parked("second of two", Fault.error(500));
        Path other = station.home().resolve("parked/first of two");
        assertThat(station.text("parked/second of two/ACTION.md")).contains("answers all that wait for the same reason", "USD");
        answer("second of two", form -> form.put("answer", "resubmit").put("by", "Anna")
                .put("apply_to", "all-with-this-reason"));
        Path refused = station.home().resolve("parked/second of two/answer-error.txt");
        Awaitility.await().atMost(Station.PATIENCE).until(() -> Files.exists(refused) && Files.exists(refused.resolveSibling("answer-refused.json")));
        String told = Files.readString(refused);
        assertThat(told).contains("this would pay for all that wait as in-doubt");
        assertThat(station.posted("first of two")).hasSize(1);
        parked("later than both", Fault.error(500));

        JsonNode confirm = Json.mapper().readTree("{" + told.substring(told.indexOf("\"confirm\""), told.indexOf(". What is parked later")) + "}");
        ObjectNode agreed = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(refused.resolveSibling("answer-refused.json")));
        Files.write(refused.resolveSibling("answer-form.json"), Json.pretty(agreed));
        answer("second of two", form -> form.put("confirm", confirm.path("confirm").asText()));

        station.awaitDone("first of two");
        station.awaitDone("second of two");
        assertThat(other).doesNotExist();
        assertThat(station.posted("first of two")).hasSize(2);
        assertThat(station.posted("second of two")).hasSize(2);
        assertThat(station.posted("later than both")).as("nobody was told of it").hasSize(1);
        answer("later than both", form -> form.put("answer", "reject").put("by", "Anna"));
        // Those that other tests left in doubt were sent again too; they are not to meet the next test's faults.
        station.awaitQuiet();
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Stream<Arguments> answersThatAreNone() {
        return Stream.of(
                Arguments.of("nobody", "by is empty", (Consumer<ObjectNode>) form -> form.put("answer", "resubmit")),
                Arguments.of("no-answer", "answer is \"\"", (Consumer<ObjectNode>) form -> form.put("by", "Anna")),
                Arguments.of("other-word", "answer is \"approve\"",
                        (Consumer<ObjectNode>) form -> form.put("answer", "approve").put("by", "Anna")),
                Arguments.of("other-job", "job_id is \"1\"",
                        (Consumer<ObjectNode>) form -> form.put("answer", "resubmit").put("by", "Anna").put("job_id", "1")),
                Arguments.of("no-id", "queue_id is \"\"",
                        (Consumer<ObjectNode>) form -> form.put("answer", "adopt").put("by", "Anna")),
                Arguments.of("bad-scope", "apply_to is \"everything\"", (Consumer<ObjectNode>) form ->
                        form.put("answer", "resubmit").put("by", "Anna").put("apply_to", "everything")),
                Arguments.of("adopt-all", "a queue_id belongs to one job", (Consumer<ObjectNode>) form ->
                        form.put("answer", "adopt").put("by", "Anna").put("queue_id", "q-1")
                                .put("apply_to", "all-with-this-reason")),
                Arguments.of("bad-link", "the download_url cannot be used", (Consumer<ObjectNode>) form ->
                        form.put("answer", "adopt").put("by", "Anna").put("queue_id", "q-1")
                                .put("download_url", "http://10.0.0.1/video?secret")),
                Arguments.of("long-model", "model has more than 200 characters", (Consumer<ObjectNode>) form ->
                        form.put("answer", "adopt").put("by", "Anna").put("queue_id", "q-1").put("model", "m".repeat(201))),
                Arguments.of("bad-id", "queue_id is \"../x\"", (Consumer<ObjectNode>) form ->
                        form.put("answer", "adopt").put("by", "Anna").put("queue_id", "../x")));
    }

    @ParameterizedTest
    @MethodSource("answersThatAreNone")
    void anAnswerThatIsOnlyNearlyGivenIsPutAsideAndTheBundleWaits(String name, String says, Consumer<ObjectNode> filling)
            throws Exception {
        JsonNode job = parked(name, Fault.error(500));

        answer(name, filling);
        Path error = station.home().resolve("parked/" + name + "/answer-error.txt");
        Awaitility.await().atMost(Station.PATIENCE).until(() ->
                Files.exists(error) && Files.exists(error.resolveSibling("answer-refused.json")));

        assertThat(error).content().contains(says).contains("still waits");
        assertThat(station.ledger().jobs().find(job.path("job_id").asText()).orElseThrow().state()).hasToString("parked");
        assertThat(station.posted(name)).hasSize(1);
    }

    private static AcceptedJob acceptedAs(String prompt) {
        return station.sandbox().accepted().stream()
                .filter(job -> job.request().path("prompt").asText().equals(prompt)).findFirst().orElseThrow();
    }

    private static JsonNode parked(String name, Fault fault) throws Exception {
        station.sandbox().faults().next(1, Call.QUEUE, fault);
        station.dropReady(name, Map.of("prompt.txt", name));
        return station.awaitParked(name);
    }

    private static void answer(String bundle, Consumer<ObjectNode> filling) throws Exception {
        Path form = station.home().resolve("parked").resolve(bundle).resolve("answer-form.json");
        ObjectNode filled = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(form));
        filling.accept(filled);
        Files.write(form, Json.pretty(filled));
        // A test may have set the program's clock forward, and what was parked after an answer is not meant by it.
        Files.setLastModifiedTime(form, FileTime.from(clock.instant()));
        Files.move(form, form.resolveSibling("answer.json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
