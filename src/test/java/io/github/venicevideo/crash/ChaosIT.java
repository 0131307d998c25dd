package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything goes wrong at once: the API fails at every call in every way, and the program is killed every few seconds.
 * Afterwards what the sandbox remembers is held against what we have: no bundle is lost, none was paid for twice, every
 * accepted job whose id is known is delivered byte for byte, and the rest is parked with a reason. Then a person answers
 * what is parked, and every bundle is delivered, each paid for once.
 *
 * <p>{@code -Dchaos.seed=7} makes another run; {@code -Psoak} the long ones, {@code -Dchaos.storms=3} fewer of them.
 */
class ChaosIT {

    private static final Set<End> LEFT_TO_A_PERSON = Set.of(End.IN_DOUBT, End.parked("unverified"));
    private static final Duration SHORTEST_LIFE = Duration.ofMillis(500);
    private static final int LIFE_SPREAD_MILLIS = 3_500;

    /** One kill in so many comes while the program starts. */
    private static final int KILLS_PER_START = 4;
    private static final Duration REST = Duration.ofMinutes(3);

    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int LONG_RUNS = Integer.getInteger("chaos.storms", 10);

    @TempDir
    private Path folder;

    static List<Long> seeds() {
        return new Random(SEED).longs(LONG_RUNS, 0, 1_000_000).boxed().toList();
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void aMinuteOfIt() throws Exception {
        run(SEED, 24, 4);
    }

    @Tag("soak")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aLongStorm(long seed) throws Exception {
        run(seed, 100, 25);
    }

    private void run(long seed, int bundles, int kills) throws Exception {
        Random random = new Random(seed);
        SandboxOptions options = SandboxOptions.forTests(folder.resolve("sandbox")).withSpread(0.35, seed)
                .withLatency(Duration.ofMillis(20));
        try (Stage stage = Stage.in(folder, options)) {
            for (int i = 0; i < bundles; i++) {
                stage.drop("drop", name(i), files(i));
            }
            Trouble.everywhere(stage.sandbox().faults(), random);
            for (int kill = 0; kill < kills; kill++) {
                boolean whileItStarts = random.nextInt(KILLS_PER_START) == 0;
                Child child = whileItStarts ? stage.launch() : stage.start();
                child.await(line -> false, SHORTEST_LIFE.plusMillis(random.nextInt(LIFE_SPREAD_MILLIS)));
                child.kill();
            }
            stage.sandbox().faults().clear();
            rest(stage, bundles);
            Aftermath aftermath = stage.aftermath();
            Map<String, Integer> ends = new TreeMap<>();
            for (int i = 0; i < bundles; i++) {
                End end = End.of(aftermath.job(name(i)));
                assertThat(end.equals(End.DELIVERED) || LEFT_TO_A_PERSON.contains(end))
                        .as("%s ended as %s", name(i), end).isTrue();
                aftermath.check(name(i), prompt(i), end);
                ends.merge(end.toString(), 1, Integer::sum);
                answer(stage, aftermath.job(name(i)), end, prompt(i));
            }
            aftermath.checkHome();

            rest(stage, bundles);
            Aftermath answered = stage.aftermath();
            for (int i = 0; i < bundles; i++) {
                answered.check(name(i), prompt(i), End.DELIVERED);
            }
            assertThat(stage.sandbox().accepted()).as("paid for").hasSize(bundles);
            System.out.println("Seed " + seed + ": " + bundles + " bundles, " + kills + " kills: " + ends
                    + ", then all delivered and each paid for once");
        }
    }

    /** A start that is left alone until nothing is left to be done. */
    private static void rest(Stage stage, int bundles) throws IOException, InterruptedException {
        Child child = stage.start();
        stage.awaitQuiet(bundles, REST);
        child.kill();
    }

    /** What a person does who looks into the provider's list of jobs. */
    private static void answer(Stage stage, Job job, End end, String prompt) throws IOException {
        if (end.equals(End.DELIVERED)) {
            return;
        }
        Path bundle = Path.of(job.folder().orElseThrow());
        ObjectNode form = (ObjectNode) Json.mapper().readTree(bundle.resolve("answer-form.json").toFile());
        Optional<AcceptedJob> paid = stage.sandbox().accepted().stream()
                .filter(accepted -> accepted.request().path("prompt").asText().equals(prompt)).findFirst();
        form.put("by", "Ada Example");
        if (end.equals(End.parked("unverified"))) {
            form.put("answer", "retry");
        } else if (paid.isPresent()) {
            form.put("answer", "adopt");
            form.put("queue_id", paid.get().queueId());
            paid.get().downloadUrl().ifPresent(url -> form.put("download_url", url));
        } else {
            form.put("answer", "resubmit");
        }
        Files.writeString(bundle.resolve("answer.json"), form.toString());
    }

    private static Map<String, byte[]> files(int i) throws IOException {
        return switch (i % 4) {
            case 0 -> Bundles.text(prompt(i), Bundles.PRIVATE_MODEL);
            case 1 -> Bundles.image(prompt(i), Bundles.jpeg(300_000 + i));
            default -> Bundles.text(prompt(i));
        };
    }

    private static String name(int i) {
        return "chaos" + i;
    }

    private static String prompt(int i) {
        return "Storm number " + i;
    }
}
