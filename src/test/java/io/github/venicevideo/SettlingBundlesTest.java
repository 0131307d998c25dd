package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.heic;
import static io.github.venicevideo.SampleMedia.png;
import static io.github.venicevideo.SampleMedia.seen;
import static io.github.venicevideo.SampleMedia.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.home.Looks;
import io.github.venicevideo.sandbox.call.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bundle is taken once, and whole, however slowly it comes. */
@Timeout(300)
class SettlingBundlesTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void prepare() throws Exception {
        station = Station.in(folder);
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void aReadyFileTakesABundleAtOnceAndOthersStayUntilTheySettle() throws Exception {
        station.with("venice.drop.settle", "1h").with("venice.drop.settle-prompt-only", "1h").startImpatient();
        station.drop("unsettled", Map.of("prompt.txt", "Not yet"));
        station.dropReady("ready", Map.of("prompt.txt", "Now"));

        station.awaitDone("ready");

        assertThat(station.drop().resolve("unsettled/prompt.txt")).exists();
        assertThat(station.sandbox().requests(Call.QUEUE)).hasSize(1);

        Files.createFile(station.drop().resolve("unsettled/.ready"));
        station.awaitDone("unsettled");
    }

    @Test
    void aPictureThatComesAfterItsPromptGoesWithIt() throws Exception {
        station.with("venice.drop.settle-prompt-only", "1h").startImpatient();
        byte[] picture = heic(250_000);
        Path share = Files.createDirectories(station.drop().resolve("from my phone"));
        Files.writeString(share.resolve("prompt.txt"), "The lagoon");
        await().during(Duration.ofMillis(600)).atMost(Station.PATIENCE)
                .until(() -> station.sandbox().requests(Call.QUEUE).isEmpty() && Files.exists(share));

        Files.write(share.resolve("IMG_1234.HEIC"), picture);
        JsonNode job = station.awaitDone("from my phone");

        assertThat(station.accepted(job).model()).isEqualTo("seedance-2-0-image-to-video");
        assertThat(station.accepted(job).request().path("image_url").asText()).isEqualTo(seen("image/heic", picture));
        assertThat(station.accepted(job).media("/image_url")).isEqualTo(picture);
        assertThat(station.sandbox().requests(Call.QUEUE)).hasSize(1);
    }

    @Test
    void aSlowCopyGoesOutOnceAndWhole() throws Exception {
        ShiftedClock clock = new ShiftedClock();
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceClock", clock);
        station.with("venice.drop.settle", "2h").with("venice.drop.settle-prompt-only", "2h").startImpatient(context);
        byte[] first = png("first");
        byte[] second = png("second");
        Path share = Files.createDirectories(station.drop().resolve("slow"));
        copySlowly(first, share.resolve("reference_image_1.png"), clock);
        Files.writeString(share.resolve("prompt.txt"), "Slowly");
        copySlowly(second, share.resolve("reference_image_2.png"), clock);
        assertThat(share).isDirectory();

        clock.advance(Duration.ofHours(2));
        JsonNode job = station.awaitDone("slow");

        assertThat(station.accepted(job).media("/reference_image_urls/0")).isEqualTo(first);
        assertThat(station.accepted(job).media("/reference_image_urls/1")).isEqualTo(second);
        assertThat(station.sandbox().requests(Call.QUEUE)).hasSize(1);
    }

    @Test
    void aZipThatEndsTooEarlyIsRefusedAndNeverSent() throws Exception {
        station.startImpatient();
        byte[] zip = zip(Map.of("prompt.txt", "Half", "image.png", png("half")));
        station.dropFile("half.zip", Arrays.copyOf(zip, zip.length / 2));

        JsonNode job = station.awaitFailed("half");

        assertThat(job.path("reason").asText()).isEqualTo("invalid-bundle");
        assertThat(station.text("failed/half/ERROR.txt")).contains("half.zip").contains("Nothing");
        assertThat(station.sandbox().requests(Call.QUEUE)).isEmpty();
    }

    @Test
    void aBundleThatIsTakenAwayAgainLeavesNothingBehind() throws Exception {
        ShiftedClock clock = new ShiftedClock();
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("veniceClock", clock);
        station.with("venice.drop.settle-prompt-only", "1h").startImpatient(context);
        station.drop("gone", Map.of("prompt.txt", "Gone"));
        station.dropReady("seen", Map.of("prompt.txt", "By now the other was seen too"));
        station.awaitDone("seen");
        Files.move(station.drop().resolve("gone"), folder.resolve("elsewhere"));
        clock.advance(Duration.ofHours(2));
        station.dropReady("after", Map.of("prompt.txt", "After it"));

        station.awaitDone("after");

        assertThat(station.ledger().jobs().all()).extracting(job -> job.bundle()).containsExactly("seen", "after");
        assertThat(station.home().resolve(".work")).isEmptyDirectory();
    }

    /** An hour passes after each third, and the drop folder is looked through in it. */
    private void copySlowly(byte[] whole, Path file, ShiftedClock clock) throws Exception {
        Looks looks = station.context().getRegistry().lookupByNameAndType("veniceLooks", Looks.class);
        int size = whole.length / 3 + 1;
        for (int from = 0; from < whole.length; from += size) {
            Files.write(file, Arrays.copyOfRange(whole, from, Math.min(whole.length, from + size)),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            clock.advance(Duration.ofHours(1));
            await().atMost(Station.PATIENCE).until(() -> looks.overdue().isEmpty());
        }
    }
}
