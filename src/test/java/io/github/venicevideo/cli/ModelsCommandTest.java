package io.github.venicevideo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.ShiftedClock;
import io.github.venicevideo.sandbox.Sandbox;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --models}: what there is to choose from. */
@Timeout(180)
class ModelsCommandTest {

    @TempDir
    private static Path folder;
    private static Sandbox sandbox;
    private static final ShiftedClock CLOCK = new ShiftedClock();
    @TempDir
    private Path home;
    private int status;

    @BeforeAll
    static void start() throws Exception {
        CLOCK.advance(Duration.between(Instant.now(), Instant.parse("2026-08-22T12:00:00Z")));
        sandbox = Sandbox.start(SandboxOptions.forTests(folder.resolve("sandbox")).withWorld(SandboxOptions.World.TODAY).withClock(CLOCK));
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    private String run(Clock clock, String... operands) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandSettings start = CommandSettings.of(Settings.packaged().with(Map.of("venice.api.key", "test-key",
                "venice.api.url", sandbox.apiUrl(), "venice.home", home.toString())), new Properties());
        status = new ModelsCommand(clock).run(start, List.of(operands), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode model(JsonNode listing, String id) {
        for (JsonNode model : listing.path("models")) {
            if (model.path("id").asText().equals(id)) {
                return model;
            }
        }
        throw new AssertionError(id + " is not among " + listing);
    }

    @Test
    void whatIsListedWithItsPrices() throws Exception {
        JsonNode listing = Json.mapper().readTree(run(CLOCK, "--json", "--price"));

        assertThat(status).isZero();
        assertThat(listing.path("models")).hasSize(24);
        assertThat(listing.path("age_seconds").asLong()).isLessThan(60);
        JsonNode text = model(listing, "seedance-2-0-text-to-video-basic");
        assertThat(text.path("kind").asText()).isEqualTo("text");
        assertThat(text.path("default_for")).extracting(JsonNode::asText).containsExactly("text");
        assertThat(text.path("durations")).hasSize(12);
        assertThat(text.path("default_job")).hasToString(
                "{\"model\":\"seedance-2-0-text-to-video-basic\",\"duration\":\"5s\",\"aspect_ratio\":\"16:9\"}");
        assertThat(text.path("price_usd").decimalValue()).isPositive();
        assertThat(model(listing, "sora-2-text-to-video").path("removes_at").asText()).isEqualTo("2026-09-24T00:00:00Z");
        assertThat(model(listing, "sora-2-text-to-video").path("default_job").path("duration").asText()).isEqualTo("4s");
        assertThat(model(listing, "wan-2-7-video-to-video").path("default_job").path("duration").asText()).isEqualTo("Auto");
        assertThat(listing.path("models")).filteredOn(model -> model.has("price_usd")).hasSizeGreaterThan(20);
    }

    @Test
    void forPeople() throws Exception {
        assertThat(run(CLOCK)).contains("24 models, as " + sandbox.apiUrl() + " listed them", "wan-2-7-video-to-video (video)",
                "  default for venice.defaults.model.upscale", "Note: sora-2-image-to-video is removed on 2026-09-24, and no replacement")
                .doesNotContain(" USD for ");
        assertThat(sandbox.requests(Call.QUEUE)).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void fromTheKeptCatalogueWithItsAge() throws Exception {
        assertThat(run(CLOCK, "--offline")).startsWith("No catalogue of models is known here");
        assertThat(status).isEqualTo(1);
        Files.writeString(home.resolve(CatalogueCache.FILE), "{\"api\":\"" + Api.at(sandbox.apiUrl()).name() + "\",\"heard\":"
                + CLOCK.instant().minus(Duration.ofHours(50)).toEpochMilli() + ",\"answer\":{\"data\":[{\"id\":\"kept-text-to-video\"}]}}");
        int asked = sandbox.requests().size();

        assertThat(run(CLOCK, "--offline")).contains("1 model, as ", "2 days ago, at 2026-08-20T", "kept-text-to-video (text)");
        assertThat(status).isZero();
        assertThat(sandbox.requests()).hasSize(asked);
    }

    @Test
    void whatItDoesNotUnderstand() {
        assertThatThrownBy(() -> run(CLOCK, "--prices")).isInstanceOf(UsageException.class).hasMessageContaining("--price");
        assertThatThrownBy(() -> run(CLOCK, "--offline", "--price")).isInstanceOf(UsageException.class);
    }
}
