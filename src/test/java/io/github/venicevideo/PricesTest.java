package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.Call;
import io.github.venicevideo.sandbox.Fault;
import io.github.venicevideo.sandbox.SandboxOptions;
import io.github.venicevideo.venice.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prices that cannot be had at once, or do not stay what they were. */
@Timeout(150)
class PricesTest {

    private static final String REFUSED = "{\"error\": \"Invalid request parameters\","
            + " \"details\": {\"duration\": {\"_errors\": [\"Required\"]}}}";

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
        String asked = "seedance-2-0-text-to-video-basic";
        String taken = "wan-2-7-text-to-video";
        try (Station remapped = Station.in(today, SandboxOptions.forTests(today.resolve("sandbox"))
                .withMedian(Duration.ofMillis(20)).withWorld(SandboxOptions.World.TODAY)).startImpatient()) {
            remapped.dropReady("first", Map.of("prompt.txt", "The first"));
            remapped.awaitDone("first");
            remapped.sandbox().model(asked, entry -> ((ObjectNode) entry.path("model_spec")).putObject("deprecation")
                    .put("autoRemap", true).put("replacementModelId", taken).put("removesAt", "2026-01-01T00:00:00Z"));
            remapped.sandbox().faults().when(Call.QUOTE, question -> question.json().path("model").asText().equals(asked),
                    Fault.json(200, "{\"quote\": 0.3}"));
            remapped.sandbox().faults().when(Call.QUOTE, question -> question.json().path("model").asText().equals(taken),
                    Fault.json(200, "{\"quote\": 0.5}"));
            remapped.dropReady("gondola", Map.of("prompt.txt", "A gondola"));

            JsonNode job = remapped.awaitDone("gondola");
            assertThat(job.path("model").asText()).isEqualTo(taken);
            assertThat(job.path("model_asked").asText()).isEqualTo(asked);
            String id = job.path("job_id").asText();
            await().atMost(Station.PATIENCE).untilAsserted(() ->
                    assertThat(remapped.ledger().jobs().find(id).orElseThrow().price()).contains(500_000L));
            assertThat(remapped.ledger().jobs().history(id)).anySatisfy(entry ->
                    assertThat(entry.message().orElse("")).contains("taken by " + taken));
        }
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
