package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.face;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No list tells which models ask for consent: their answers do. */
@Timeout(300)
class ConsentIsLearntTest {

    private static final String ASKS = "seedance-2-0-image-to-video";
    private static final Predicate<LoggedRequest> WITH_CONSENTS = request -> request.json().has("consents");
    private static final Fault NONE_TAKEN = Fault.json(400, "{\"error\": \"Invalid request parameters\","
            + " \"details\": {\"consents\": {\"_errors\": [\"This model does not take consents\"]}}}");

    @TempDir
    private Path folder;
    private final ShiftedClock clock = new ShiftedClock();
    private Station station;
    private ConsentStation people;

    @BeforeEach
    void start() throws Exception {
        station = Station.quick(folder).with("venice.defaults.model.image", ASKS);
        people = new ConsentStation(station);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceClock", clock);
        station.with("venice.consent.valid-for", "2h").startImpatient(context);
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void aModelThatHasAskedIsToldAhead() throws Exception {
        assertThat(asks()).isEmpty();
        people.drop("first", "First", Map.of("image.png", face("Anna")));
        station.awaitParked("first");
        assertThat(asks()).contains(true);
        people.approve("first", "Ada Lovelace");
        station.awaitDone("first");

        people.assertPosted("First", false, true);
    }

    @Test
    void aModelThatTakesNoConsentsIsSentTheSameWithout() throws Exception {
        station.sandbox().faults().when(Call.QUEUE, WITH_CONSENTS, NONE_TAKEN);
        people.drop("first", "First", Map.of("image.png", face("Anna")));
        station.awaitParked("first");
        people.approve("first", "Ada Lovelace");

        JsonNode failed = station.awaitFailed("first");

        assertThat(failed.path("message").asText()).contains("does not take consents");
        people.assertPosted("First", false, true, false, true);
        assertThat(station.sandbox().accepted()).isEmpty();
    }

    @Test
    void whatHasRunOutIsAskedAboutWhateverTheModel() throws Exception {
        people.drop("first", "First", Map.of("image.png", face("Anna")));
        station.awaitParked("first");
        people.approve("first", "Ada Lovelace");
        station.awaitDone("first");

        clock.advance(Duration.ofHours(3));
        station.dropReady("later", Map.of("image.png", face("Anna"), "request.json",
                "{\"model\": \"wan-2-7-image-to-video\", \"prompt\": \"Later\", \"duration\": \"5s\"}"));

        assertThat(station.awaitParked("later").path("asked_because").asText()).isEqualTo("expired");
        assertThat(station.posted("Later")).isEmpty();
    }

    @Test
    void aRefusalOfPersonsSaysWhichWayThereIs(@TempDir Path today) throws Exception {
        try (Station basic = Station.in(today, SandboxOptions.forTests(today.resolve("sandbox")).withMedian(Duration.ofMillis(20))
                .withWorld(SandboxOptions.World.TODAY)).with("venice.defaults.model.image", ASKS + "-basic")) {
            basic.startImpatient().dropReady("first", Map.of("prompt.txt", "First", "image.png", face("Anna")));

            JsonNode failed = basic.awaitFailed("first");

            assertThat(failed.path("reason").asText()).isEqualTo("refused");
            assertThat(failed.path("message").asText()).contains("never ask for consent", "such as " + ASKS + ".");
            basic.dropReady("second", Map.of("prompt.txt", "Second", "image.png", face("Anna")));
            assertThat(basic.awaitFailed("second").path("reason").asText()).isEqualTo("refused");
        }
    }

    private Optional<Boolean> asks() {
        return station.ledger().consentModels().asks(station.sandbox().apiUrl(), ASKS);
    }
}
