package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.FaultRule;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A failed bundle is tried again by putting it back into the drop folder, in whichever way; what was paid for is not paid again. */
@Order(1)
@Timeout(300)
class ReturnedBundlesTest {

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).with("venice.delivery.include-bundle", "true").startImpatient();
    }

    @AfterEach
    void disarm() {
        station.sandbox().faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    static Stream<Arguments> ways() {
        return Stream.of(Arguments.of("whole", "", false), Arguments.of("whole-copied", "", true),
                Arguments.of("part", "bundle", false), Arguments.of("part-copied", "bundle", true));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatWasPaidForIsAskedAboutAgain(String name, String part, boolean copied) throws Exception {
        byte[] picture = SampleMedia.png(name);
        JsonNode failed = expired(() -> station.dropReady(name, Map.of("prompt.txt", name, "image.png", picture)), name);

        putBack(station.home().resolve("failed").resolve(name).resolve(part), part.isEmpty() ? "again " + name : copied ? name : part, copied);

        isTheSame(failed, name);
        assertThat(station.home().resolve("videos").resolve(name).resolve("image.png")).hasBinaryContent(picture);
        assertThat(station.home().resolve("done").resolve(name).resolve("bundle/prompt.txt")).hasContent(name);
        assertThat(station.home().resolve("failed").resolve(name)).doesNotExist();
    }

    static Stream<Arguments> files() {
        return Stream.of(Arguments.of("text", ".txt", ""), Arguments.of("text-alone", ".txt", "bundle/text-alone.txt"),
                Arguments.of("zip", ".zip", ""), Arguments.of("zip-alone", ".zip", "bundle/zip-alone.zip"),
                Arguments.of("json-bundle", ".json", "bundle"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aSingleFileToo(String name, String ending, String part) throws Exception {
        byte[] content = switch (ending) {
            case ".zip" -> zip(name);
            case ".json" -> ("{\"prompt\": \"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
            default -> name.getBytes(StandardCharsets.UTF_8);
        };
        JsonNode failed = expired(() -> station.dropFile(name + ending, content), name);
        Path back = station.home().resolve("failed").resolve(name).resolve(part);

        putBack(back, part.endsWith(ending) ? name + ending : part.isEmpty() ? "again " + name : part, false);

        isTheSame(failed, name);
    }

    @Test
    void aBundleThatFailsAgainIsNotWrappedAgain() throws Exception {
        Map<String, String> broken = Map.of("request.json", "{\"prompt\": \"Wrapped\", \"resolution\": \"1p\"}");
        station.dropReady("wrapped", broken);
        station.awaitFailed("wrapped");
        putBack(station.home().resolve("failed/wrapped"), "wrapped again", false);
        station.awaitFailed("wrapped again");

        assertThat(station.home().resolve("failed/wrapped again/bundle").toFile().list()).containsExactlyInAnyOrder("request.json", ".ready");
    }

    @Test
    void aNewOneIsPaidForWhereAPersonTakesAwayWhatItWas() throws Exception {
        expired(() -> station.dropReady("anew", Map.of("prompt.txt", "Anew")), "anew");
        Files.delete(station.home().resolve("failed/anew/job.json"));

        putBack(station.home().resolve("failed/anew"), "anew again", false);

        assertThat(station.awaitParked("anew again").path("reason").asText()).isEqualTo("duplicate");
    }

    private static JsonNode expired(Drop drop, String name) throws Exception {
        FaultRule rule = station.sandbox().faults().every(Call.RETRIEVE, Fault.invalidRequestId());
        drop.put();
        JsonNode failed = station.awaitFailed(name);
        rule.disarm();
        return failed;
    }

    private static void putBack(Path what, String name, boolean copied) throws Exception {
        if (copied) {
            Path copy = folder.resolve("copy of " + name);
            DurableFiles.copyTree(what, copy);
            Files.move(copy, station.drop().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.move(what, station.drop().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void isTheSame(JsonNode failed, String name) {
        JsonNode done = station.awaitDone(name);
        assertThat(done.path("job_id")).isEqualTo(failed.path("job_id"));
        assertThat(done.path("queue_id")).isEqualTo(failed.path("queue_id"));
        assertThat(station.posted(name)).hasSize(1);
        assertThat(station.video(name)).isNotEmptyFile();
    }

    private static byte[] zip(String prompt) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("prompt.txt"));
            zip.write(prompt.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private interface Drop {
        void put() throws Exception;
    }
}
