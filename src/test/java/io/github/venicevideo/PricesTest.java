package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prices that cannot be had at once, or do not stay what they were. */
@Timeout(300)
class PricesTest {

    private static final String REFUSED = "{\"error\": \"Invalid request parameters\","
            + " \"details\": {\"duration\": {\"_errors\": [\"Required\"]}}}";

    private static final String ASKED = "seedance-2-0-text-to-video-basic";
    private static final String TAKEN = "wan-2-7-text-to-video";

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void prepare() throws Exception {
        station = Station.quick(folder);
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void aQuoteOfNothingUnderALimitIsNoPriceAndTheAnswerNamesAnAmount() throws Exception {
        station.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 0}"));
        station.with("venice.budget.per-day", "1").start().dropReady("gondola", Map.of("prompt.txt", "A gondola"));

        JsonNode parked = station.awaitParked("gondola");
        assertThat(parked.path("reason").asText()).isEqualTo("no-price");
        assertThat(parked.path("message").asText()).contains("costs nothing").contains("Nothing was sent");
        assertThat(station.sandbox().requests(Call.QUOTE)).hasSizeGreaterThan(1);
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();

        answer("gondola", "");
        await().atMost(Station.PATIENCE).until(() -> Files.exists(station.home().resolve("parked/gondola/answer-error.txt")));
        assertThat(station.text("parked/gondola/answer-error.txt")).contains("amount_usd");
        answer("gondola", "0.75");

        assertThat(station.awaitDone("gondola").path("price_usd").decimalValue()).isEqualByComparingTo("0.75");
        assertThat(station.ledger().spend().spent(LocalDate.now())).isEqualTo(750_000);
    }

    @Test
    void aQuestionThatIsRefusedHoldsNothingUpWithoutALimit() throws Exception {
        station.sandbox().faults().every(Call.QUOTE, Fault.json(400, REFUSED));
        station.start().dropReady("gondola", Map.of("prompt.txt", "A gondola"));

        assertThat(station.awaitDone("gondola").has("price_usd")).isFalse();
        assertThat(station.sandbox().requests(Call.QUOTE)).hasSize(1);
    }

    @Test
    void theFormThatAModelTakesIsRemembered() throws Exception {
        station.sandbox().faults().when(Call.QUOTE, asked -> !asked.json().has("input_height"), Fault.json(400, REFUSED));
        station.start().dropReady("first", Map.of("video.mp4", SampleMedia.clip("first")));
        station.awaitDone("first");
        station.dropReady("second", Map.of("video.mp4", SampleMedia.clip("second")));
        station.awaitDone("second");

        List<JsonNode> asked = station.sandbox().requests(Call.QUOTE).stream().map(request -> request.json()).toList();
        assertThat(asked).extracting(question -> question.path("duration").asText()).containsExactly("Auto", "3", "3");
        assertThat(asked.get(0).has("video_url")).isTrue();
        assertThat(asked.get(1).has("video_url")).isFalse();
        assertThat(asked.get(1).path("input_height").asInt()).isEqualTo(96);
    }

    /** More than 48 pictures in a second cost twice, and the guide's form does not tell the API how many there are. */
    @Test
    void aFastClipIsPricedAtWhatItCosts(@TempDir Path today) throws Exception {
        try (Station strict = today(today)) {
            strict.sandbox().faults().when(Call.QUOTE, asked -> !asked.json().has("input_height"), Fault.json(400, REFUSED));
            strict.start().dropReady("slow", Map.of("video.mp4", SampleMedia.clip("slow", 12, 36)));
            JsonNode slow = strict.awaitDone("slow");
            BigDecimal before = strict.sandbox().balance();
            strict.dropReady("fast", Map.of("video.mp4", SampleMedia.clip("fast", 60, 180)));

            assertThat(strict.awaitDone("fast").path("price_usd").decimalValue())
                    .isEqualByComparingTo(slow.path("price_usd").decimalValue().multiply(BigDecimal.valueOf(2)))
                    .isEqualByComparingTo(before.subtract(strict.sandbox().balance()));
        }
    }

    @Test
    void anApprovalHoldsUpToThePriceThatItNamed() throws Exception {
        ShiftedClock clock = new ShiftedClock();
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceClock", clock);
        station.sandbox().faults().next(1, Call.QUOTE, Fault.json(200, "{\"quote\": 0.5}"));
        station.sandbox().faults().next(1, Call.QUOTE, Fault.json(200, "{\"quote\": 0.9}"));
        station.with("venice.budget.per-job", "0.40").start(context).dropReady("gondola", Map.of("prompt.txt", "A gondola"));
        String first = station.awaitParked("gondola").path("message").asText();

        clock.advance(Duration.ofHours(2));
        answer("gondola", "");
        await().atMost(Station.PATIENCE).ignoreExceptions().until(() -> !first.equals(
                station.awaitParked("gondola").path("message").asText()));
        JsonNode dearer = station.awaitParked("gondola");
        assertThat(dearer.path("message").asText()).contains("0.90 USD now").contains("up to 0.50 USD");
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();

        answer("gondola", "");
        assertThat(station.awaitDone("gondola").path("price_usd").decimalValue()).isEqualByComparingTo("0.9");
        assertThat(station.sandbox().requests(Call.QUOTE)).hasSize(2);
    }

    @Test
    void aModelThatIsGoneFailsWithWhatIsListedInstead() throws Exception {
        station.sandbox().faults().every(Call.QUOTE, Fault.json(410, "{\"error\": \"This model was retired.\"}"));
        station.start().dropReady("gondola", Map.of("prompt.txt", "A gondola"));

        JsonNode failed = station.awaitFailed("gondola");
        assertThat(failed.path("reason").asText()).isEqualTo("refused");
        assertThat(failed.path("message").asText()).contains("retired").contains("Listed are");
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();
    }

    @Test
    void whatAnotherModelTookIsSettledAtWhatThatCosts(@TempDir Path today) throws Exception {
        try (Station remapped = remapped(today)) {
            remapped.dropReady("gondola", Map.of("prompt.txt", "A gondola"));

            JsonNode job = remapped.awaitDone("gondola");
            assertThat(job.path("model").asText()).isEqualTo(TAKEN);
            assertThat(job.path("model_asked").asText()).isEqualTo(ASKED);
            String id = job.path("job_id").asText();
            awaitSettled(remapped, id, priceOfTheFirst(remapped));
            assertThat(remapped.ledger().jobs().history(id)).anySatisfy(entry ->
                    assertThat(entry.message().orElse("")).contains("taken by " + TAKEN));
        }
    }

    @Test
    void soIsWhatAPersonAdoptsFromAnotherModel(@TempDir Path today) throws Exception {
        try (Station remapped = remapped(today)) {
            remapped.sandbox().faults().next(1, Call.QUEUE, Fault.acceptThenDrop());
            remapped.dropReady("gondola", Map.of("prompt.txt", "A gondola"));
            remapped.awaitParked("gondola");

            Path form = remapped.home().resolve("parked/gondola/answer-form.json");
            ObjectNode filled = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(form));
            filled.put("answer", "adopt").put("by", "Ada Tester").put("model", TAKEN).put("queue_id", queueId(remapped, "A gondola"));
            Path written = Files.write(form.resolveSibling("form.part"), Json.pretty(filled));
            Files.move(written, form.resolveSibling("answer.json"), StandardCopyOption.ATOMIC_MOVE);

            awaitSettled(remapped, remapped.awaitDone("gondola").path("job_id").asText(), priceOfTheFirst(remapped));
        }
    }

    /** The ledger that knew the price is gone; that it was accepted lies beside the bundle. */
    @Test
    void soIsWhatALostLedgerDoesNotKnowThePriceOf(@TempDir Path today) throws Exception {
        try (Station remapped = remapped(today)) {
            remapped.sandbox().faults().every(Call.RETRIEVE, Fault.error(503));
            remapped.dropReady("gondola", Map.of("prompt.txt", "A gondola"));
            await().atMost(Station.PATIENCE).until(() -> remapped.ledger().jobs().all().stream().anyMatch(job ->
                    job.bundle().equals("gondola") && job.state() == JobState.GENERATING));
            remapped.stop();
            try (Stream<Path> files = Files.walk(remapped.home().resolve(".ledger"))) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
            Files.delete(remapped.home().resolve(".ledger.json"));
            remapped.sandbox().faults().clear();
            remapped.sandbox().faults().every(Call.QUOTE, Fault.json(200, "{\"quote\": 0.5}"));
            remapped.startImpatient();

            awaitSettled(remapped, remapped.awaitDone("gondola").path("job_id").asText(), 0);
        }
    }

    private static Station today(Path folder) throws Exception {
        return Station.in(folder, SandboxOptions.forTests(folder.resolve("sandbox")).withMedian(Duration.ofMillis(20))
                .withWorld(SandboxOptions.World.TODAY));
    }

    /** Its default model for prompts is taken from the listing after a first job, and calls go to another one. */
    private static Station remapped(Path folder) throws Exception {
        Station remapped = today(folder).startImpatient();
        remapped.dropReady("first", Map.of("prompt.txt", "The first"));
        remapped.awaitDone("first");
        remapped.sandbox().model(ASKED, entry -> ((ObjectNode) entry.path("model_spec")).putObject("deprecation")
                .put("autoRemap", true).put("replacementModelId", TAKEN).put("removesAt", "2026-01-01T00:00:00Z"));
        remapped.sandbox().faults().when(Call.QUOTE, question -> question.json().path("model").asText().equals(ASKED),
                Fault.json(200, "{\"quote\": 0.3}"));
        remapped.sandbox().faults().when(Call.QUOTE, question -> question.json().path("model").asText().equals(TAKEN),
                Fault.json(200, "{\"quote\": 0.5}"));
        return remapped;
    }

    private static String queueId(Station station, String prompt) {
        return station.sandbox().accepted().stream().filter(job -> job.request().path("prompt").asText().equals(prompt))
                .findFirst().orElseThrow().queueId();
    }

    private static long priceOfTheFirst(Station station) throws Exception {
        return MicroUsd.ofPrice(Json.mapper().readTree(station.text("done/first/job.json")).path("price_usd").decimalValue());
    }

    private static void awaitSettled(Station station, String id, long before) {
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().find(id).orElseThrow().price()
                .filter(price -> price == 500_000).isPresent());
        assertThat(station.ledger().spend().spent(LocalDate.now())).isEqualTo(before + 500_000);
    }

    private void answer(String bundle, String amount) throws Exception {
        Path form = station.home().resolve("parked").resolve(bundle).resolve("answer-form.json");
        ObjectNode filled = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(form));
        filled.put("answer", "approve").put("by", "Ada Tester");
        if (!amount.isEmpty()) {
            filled.put("amount_usd", amount);
        }
        Path written = Files.write(form.resolveSibling("form.part"), Json.pretty(filled));
        Files.move(written, form.resolveSibling("answer.json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
