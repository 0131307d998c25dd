package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.sandbox.call.Call;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same content is made once, unless somebody says otherwise. */
@Timeout(300)
class DuplicatesTest {

    private static final String REQUEST = "{\"prompt\":\"A gondola\",\"duration\":\"5s\"}";

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        station = Station.in(folder).start();
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void theSameContentUnderANewNameIsParked() throws Exception {
        station.drop("gondola", Map.of("request.json", REQUEST));
        String first = station.awaitDone("gondola").path("job_id").asText();

        station.drop("again", Map.of("prompt.txt", "A gondola"));

        assertThat(station.awaitParked("again").path("reason").asText()).isEqualTo("duplicate");
        assertThat(station.awaitParked("again").path("duplicate_of").asText()).isEqualTo(first);
        assertThat(station.text("parked/again/ACTION.md")).contains("The bundle gondola (job " + first + ", delivered) asks, or has asked,"
                + " for exactly the same video, which lies at " + station.video("gondola") + ", for ", " USD. Nothing was sent.");
        assertThat(station.sandbox().requests(Call.QUEUE)).hasSize(1);
    }

    @Test
    void newContentUnderTheSameNameIsANewJob() throws Exception {
        station.drop("gondola", Map.of("request.json", REQUEST));
        station.awaitDone("gondola");

        station.drop("gondola", Map.of("prompt.txt", "A gondola at night"));

        assertThat(station.awaitQuiet()).hasSizeLessThanOrEqualTo(2);
        org.awaitility.Awaitility.await().atMost(Station.PATIENCE).until(() -> station.sandbox().accepted().size() == 2);
    }

    @Test
    void takesAndWhatIsAllowedAreNoDuplicates() throws Exception {
        station.drop("takes", Map.of("request.json", "{\"prompt\":\"A gondola\",\"bundle\":{\"takes\":2}}"));
        station.awaitDone("takes");
        station.drop("allowed", Map.of("request.json", "{\"prompt\":\"A gondola\",\"bundle\":{\"allow_duplicate\":true}}"));
        station.awaitDone("allowed");

        org.awaitility.Awaitility.await().atMost(Station.PATIENCE).until(() -> station.sandbox().accepted().size() == 3);
    }
}
