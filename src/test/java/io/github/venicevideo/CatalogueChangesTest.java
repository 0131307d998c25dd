package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.ledger.job.NewJob;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.VideoRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models come and go: a bundle that was made, or paid for, is the same bundle afterwards. */
@Timeout(300)
class CatalogueChangesTest {

    private static final String FIRST = "seedance-2-0-text-to-video-basic";

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        station = Station.in(folder, SandboxOptions.forTests(folder.resolve("sandbox")).withMedian(Duration.ofMillis(20))
                .withWorld(SandboxOptions.World.TODAY));
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    private void startAnewWithANewCatalogue() throws Exception {
        station.stop();
        Files.delete(station.home().resolve(".catalogue.json"));
        station.startImpatient();
    }

    @Test
    void whatWasMadeIsADuplicateThoughAnotherModelWouldMakeItNow() throws Exception {
        station.startImpatient();
        station.dropReady("first", Map.of("prompt.txt", "A gondola"));
        JsonNode first = station.awaitDone("first");
        station.sandbox().model(FIRST, entry -> entry.withObject("model_spec").put("offline", true));
        startAnewWithANewCatalogue();

        station.dropReady("again", Map.of("prompt.txt", "A gondola"));
        station.dropReady("other", Map.of("prompt.txt", "Another gondola"));

        assertThat(first.path("model").asText()).isEqualTo(FIRST);
        assertThat(station.awaitParked("again").path("duplicate_of")).isEqualTo(first.path("job_id"));
        assertThat(station.awaitDone("other").path("model").asText()).isEqualTo("wan-2-7-text-to-video");
    }

    @Test
    void whatIsPaidForIsFetchedThoughTheDefaultsAreOthersNow() throws Exception {
        FaultRule expired = station.sandbox().faults().every(Call.RETRIEVE, Fault.invalidRequestId());
        station.with("venice.defaults.model.text", "wan-2-7-text-to-video").startImpatient();
        station.dropReady("paid", Map.of("prompt.txt", "Paid for"));
        JsonNode failed = station.awaitFailed("paid");
        expired.disarm();
        station.sandbox().model("wan-2-7-text-to-video", entry -> entry.withObject("model_spec").put("offline", true));
        startAnewWithANewCatalogue();
        station.stop();
        station.with("venice.defaults.model.text", "wan-2-7-text-to-video," + FIRST).startImpatient();

        Files.move(station.home().resolve("failed/paid"), station.drop().resolve("paid"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(station.awaitDone("paid").path("job_id")).isEqualTo(failed.path("job_id"));
        assertThat(station.posted("Paid for")).hasSize(1);
    }

    /** The hash is one that a ledger of then has for this bundle, which got what was the default. */
    @Test
    void aLedgerOfTheTimeWhenThereWasOneDefault() throws Exception {
        station.startImpatient();
        station.ledger().newJobs().record(List.of(new NewJob("20261101-120000-abcdefgh", "earlier", "drop", Optional.empty(), JobState.PARKED,
                Optional.of("in-doubt"), Optional.of("It may have been accepted."), Optional.empty(), "sandbox",
                new VideoRequest(Json.mapper().createObjectNode().put("model", "seedance-2-0-text-to-video"), List.of()),
                JobOptions.none(), "ec564d84945a3ce50c8806669b5e8dd5da601d909accd5bd2d4adf3449b50848", Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty())));

        station.dropReady("again", Map.of("prompt.txt", Files.readAllBytes(Path.of("examples/bundles/1-text/prompt.txt"))));

        JsonNode job = station.awaitParked("again");
        assertThat(job.path("reason").asText()).isEqualTo("duplicate");
        assertThat(job.path("duplicate_of").asText()).isEqualTo("20261101-120000-abcdefgh");
    }

    @Test
    void whatIsNotListedIsAskedForAndWhatIsRemovedIsNot() throws Exception {
        station.sandbox().model("wan-2-7-text-to-video", entry -> entry.withObject("model_spec").putObject("deprecation")
                .put("removesAt", "2026-11-01T00:00:00Z").put("replacementModelId", "wan-3-0-text-to-video").put("autoRemap", true));
        station.startImpatient();
        station.dropReady("unlisted", Map.of("request.json",
                "{\"model\": \"seedance-2-0-text-to-video\", \"prompt\": \"Not listed\", \"duration\": \"5s\"}"));
        station.dropReady("removed", Map.of("request.json", "{\"model\": \"wan-2-7-text-to-video\", \"prompt\": \"Removed\"}"));

        HealthCheck.Result health = HealthCheckRegistry.get(station.context()).getCheck("venice-models").orElseThrow().call();
        assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health.getMessage()).isEmpty();
        assertThat(station.awaitDone("unlisted").path("notes")).singleElement()
                .satisfies(note -> assertThat(note.asText()).contains("seedance-2-0-text-to-video is not listed"));
        assertThat(station.awaitFailed("removed").at("/fields/0/code").asText()).isEqualTo("unknown-model");
        assertThat(station.text("failed/removed/ERROR.txt")).contains("removed on 2026-11-01", "use wan-3-0-text-to-video instead");
        assertThat(station.posted("Removed")).isEmpty();
        assertThat(station.sandbox().requests(Call.QUOTE)).noneMatch(asked -> asked.json().path("model").asText().startsWith("wan"));
    }

    @Test
    void whatIsNotForThisRegionFailsBeforeAnythingIsSent() throws Exception {
        station.sandbox().model("wan-2-7-text-to-video", entry -> entry.withObject("model_spec").putArray("regionRestrictions").add("EU"));
        List<JsonNode> told = new CopyOnWriteArrayList<>();
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("listener", (Processor) exchange ->
                told.add(Json.mapper().readTree(exchange.getMessage().getBody(String.class))));
        station.with("venice.events.uri", "bean:listener").startImpatient(context);
        station.dropReady("elsewhere", Map.of("request.json", "{\"model\": \"wan-2-7-text-to-video\", \"prompt\": \"Elsewhere\"}"));
        station.dropReady("here", Map.of("prompt.txt", "Here"));

        JsonNode failed = station.awaitFailed("elsewhere");
        assertThat(failed.path("reason").asText()).isEqualTo("refused");
        assertThat(failed.path("message").asText()).contains("not available in your region", "Listed are, spelt most like it: wan-");
        assertThat(failed.path("notes")).singleElement().satisfies(note ->
                assertThat(note.asText()).contains("wan-2-7-text-to-video is not there for every region", "EU"));
        assertThat(station.posted("Elsewhere")).isEmpty();
        await().atMost(Station.PATIENCE).until(() -> told.stream().anyMatch(event -> event.path("notes").equals(failed.path("notes"))));
        station.awaitDone("here");
    }

    @Test
    void whereNoneOfTheDefaultsIsThereTheSentenceNamesWhatIs() throws Exception {
        station.with("venice.defaults.model.text", "gone-text-to-video, seedance-2-0-text-to-video").startImpatient();
        station.dropReady("none", Map.of("prompt.txt", "By nobody"));

        station.awaitFailed("none");
        HealthCheck.Result health = HealthCheckRegistry.get(station.context()).getCheck("venice-models").orElseThrow().call();

        assertThat(station.text("failed/none/ERROR.txt")).contains("a prompt alone (gone-text-to-video, seedance-2-0-text-to-video)",
                "set venice.defaults.model.text. The API lists ", "wan-2-7-text-to-video", FIRST).doesNotContain("sora-2-text-to-video");
        assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health.getMessage().orElseThrow()).contains("No default is left for a prompt alone", "venice.defaults.model.text");
    }
}
