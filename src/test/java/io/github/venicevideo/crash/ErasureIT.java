package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Station;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.erasure.Erasure;
import io.github.venicevideo.erasure.ForgetUntil;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} after each step of forgetting somebody: asked for again, nothing is left, also of a job that was known to
 * be theirs only by a file that was gone by then, and nothing else is lost.
 */
@Timeout(300)
class ErasureIT {

    private static final String ADA = "Ada Lovelace";
    private static final String PROMPT = "The countess dances at dawn";
    private static final int STEPS = 6;

    @TempDir
    private static Path folder;
    private static Station station;
    private static JsonNode portrait;
    private static JsonNode landscape;

    @BeforeAll
    static void work() throws Exception {
        station = Station.quick(folder).start();
        station.dropReady("portrait", Map.of("prompt.txt", PROMPT, "image.png", Bundles.face(1)));
        station.dropReady("landscape", Map.of("prompt.txt", "A landscape"));
        portrait = station.awaitParked("portrait");
        landscape = station.awaitDone("landscape");
        Files.writeString(station.home().resolve("parked/portrait/answer-refused.json"), "{\"by\": \"" + ADA + "\"}");
        Files.createDirectories(station.home().resolve("consents/taken/one"));
        Files.writeString(station.home().resolve("consents/taken/one/answer.json"), "{\"by\": \"" + ADA + "\"}");
        station.stop();
        copy(station.home(), folder.resolve("before"));
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @ParameterizedTest(name = "after {0} steps")
    @ValueSource(ints = {2, 5})
    void whatWasCutOffIsDoneWhenItIsAskedForAgain(int steps) throws Exception {
        cutOffAfter(steps);
    }

    @Tag("soak")
    @ParameterizedTest(name = "after {0} steps")
    @ValueSource(ints = {1, 3, 4, 6})
    void soItIsAfterTheOtherSteps(int steps) throws Exception {
        cutOffAfter(steps);
    }

    private void cutOffAfter(int steps) throws Exception {
        DurableFiles.deleteTree(station.home());
        copy(folder.resolve("before"), station.home());
        assertThat(found(ADA)).isNotEmpty();
        try (Child child = Child.start(folder, List.of(), Map.of(), ForgetUntil.class, station.home().toString(), ADA,
                String.valueOf(steps))) {
            child.awaitLine(steps < STEPS ? "AT" : "THROUGH", Stage.PATIENCE);
            child.kill();
        }

        Ledger ledger = new Ledger(station.home().resolve(".ledger"), Clock.systemUTC());
        ledger.start();
        try {
            new Erasure(Home.at(station.home()), ledger, Settings.packaged())
                    .forget(new ForgetTarget(ForgetTarget.Kind.PERSON, ADA));

            assertThat(found(ADA)).isEmpty();
            assertThat(found(PROMPT)).isEmpty();
            assertThat(station.home().resolve("parked/portrait")).doesNotExist();
            assertThat(station.home().resolve("consents/taken/one")).doesNotExist();
            Job forgotten = ledger.jobs().find(portrait.path("job_id").asText()).orElseThrow();
            assertThat(forgotten.state()).isEqualTo(JobState.FAILED);
            assertThat(forgotten.bundle()).isEmpty();
            Job other = ledger.jobs().find(landscape.path("job_id").asText()).orElseThrow();
            assertThat(other.state()).isEqualTo(JobState.DELIVERED);
            assertThat(other.request().fields().path("prompt").asText()).isEqualTo("A landscape");
            assertThat(station.home().resolve("done/landscape/bundle/prompt.txt")).isRegularFile();
            assertThat(station.video("landscape")).isNotEmptyFile();
            assertThat(ledger.consentReport().check(Optional.empty()).broken()).isEmpty();
        } finally {
            ledger.stop();
        }
    }

    private static List<Path> found(String word) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(station.home())) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(word)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
