package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.face;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.venice.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A face waits for a person; nothing is ever agreed to in their place. */
@Timeout(300)
class ConsentIsAskedTest {

    private static final String POLICY = "I confirm:\n\n1. that I have the right to use this person's image;\n"
            + "2. that \"screening\" may happen.\n\n" + "And so on, at length. ".repeat(300) + "\nThe end.";

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        station = Station.in(folder).startImpatient();
        station.sandbox().policy("v9", POLICY);
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void aPolicyTextIsSpelledOutForWhoeverReadsItInATerminal() throws Exception {
        station.sandbox().policy("v9", "First line\n\u001b[31mred \u202ebackwards");
        station.dropReady("coloured", Map.of("prompt.txt", "A portrait", "image.png", face("Berta")));

        station.awaitParked("coloured");

        assertThat(station.text("parked/coloured/ACTION.md")).contains("First line\n\\u001B[31mred \\u202Ebackwards");
    }

    @Test
    void aFaceIsParkedWithTheWholePolicyAndStaysParkedOverARestart() throws Exception {
        station.dropReady("portrait", Map.of("prompt.txt", "A portrait", "image.png", face("Anna"),
                "answer.json", "{\"answer\": \"approve\", \"by\": \"the bundle itself\"}"));

        JsonNode job = station.awaitParked("portrait");

        assertThat(job.path("reason").asText()).isEqualTo("needs-consent");
        assertThat(job.path("policy_text").asText()).isEqualTo(POLICY);
        assertThat(job.path("consent_version").asText()).isEqualTo("v9");
        assertThat(job.at("/face_media_roles/0").asText()).isEqualTo("image");
        assertThat(station.text("parked/portrait/ACTION.md")).contains(POLICY).contains("answer-form.json");
        JsonNode form = Json.mapper().readTree(station.text("parked/portrait/answer-form.json"));
        assertThat(form.path("job_id")).isEqualTo(job.path("job_id"));
        assertThat(form.path("reason").asText()).isEqualTo("needs-consent");
        assertThat(form.path("answer").asText()).isEmpty();
        assertThat(form.path("by").asText()).isEmpty();
        assertThat(station.home().resolve("parked/portrait/bundle/image.png")).hasBinaryContent(face("Anna"));
        assertThat(station.home().resolve("parked/portrait/answer.json")).doesNotExist();

        station.stop();
        station.startImpatient();
        station.dropReady("landscape", Map.of("prompt.txt", "A landscape"));
        station.awaitDone("landscape");

        assertThat(station.posted("A portrait")).hasSize(1);
        assertThat(station.sandbox().requests(Call.QUEUE)).allMatch(post -> !post.json().has("consents"));
        assertThat(station.sandbox().accepted()).hasSize(1);
    }
}
