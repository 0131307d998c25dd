package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten bundles, {@code kill -9} somewhere in the middle, with odd seeds once more, then a start that is left alone. */
class TenBundlesIT {

    private static final int BUNDLES = 10;
    /** A plain job has two or three requests. */
    private static final int MOST_REQUESTS = 12;

    private static final int AT_ONCE = 2;

    @TempDir
    private Path folder;
    private ExecutorService executor;

    private static LongStream seeds() {
        long first = Long.getLong("crash.seed", 1);
        return LongStream.range(first, first + (Boolean.getBoolean("crash.all") ? 10 : 1));
    }

    @BeforeEach
    void begin() {
        executor = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    @Tag("soak")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void allEndWell() throws Exception {
        List<Future<?>> runs = new ArrayList<>();
        for (long seed : seeds().toArray()) {
            runs.add(executor.submit(() -> {
                run(seed, folder.resolve("seed" + seed));
                return seed;
            }));
        }
        for (Future<?> run : runs) {
            run.get();
        }
    }

    private static void run(long seed, Path folder) throws IOException, InterruptedException {
        Random random = new Random(seed);
        SandboxOptions options = SandboxOptions.forTests(folder.resolve("sandbox")).withSpread(0.35, seed)
                .withLatency(Duration.ofMillis(80));
        try (Stage stage = Stage.in(folder, options)) {
            stage.station().with("venice.submit.workers", "3");
            for (int i = 0; i < BUNDLES; i++) {
                stage.drop("drop", name(i), files(i));
            }
            for (int kill = 0; kill <= seed % 2; kill++) {
                int enough = stage.sandbox().requests().size() + random.nextInt(MOST_REQUESTS);
                Child child = stage.start();
                await().atMost(Stage.PATIENCE).pollInterval(Duration.ofMillis(5))
                        .until(() -> stage.sandbox().requests().size() >= enough || stage.ledger().isQuiet(BUNDLES));
                if (kill == 0) {
                    assertThat(stage.ledger().isQuiet(BUNDLES)).as("through before the first kill").isFalse();
                }
                child.kill();
            }
            Set<String> unanswered = Aftermath.unanswered(stage.home());
            Child last = stage.start();
            stage.awaitQuiet(BUNDLES);
            last.kill();

            Aftermath aftermath = stage.aftermath();
            for (int i = 0; i < BUNDLES; i++) {
                boolean inDoubt = unanswered.contains(aftermath.job(name(i)).id());
                aftermath.check(name(i), prompt(i), inDoubt ? End.IN_DOUBT : End.DELIVERED);
            }
            aftermath.checkHome();
            assertThat(stage.sandbox().accepted()).hasSizeLessThanOrEqualTo(BUNDLES);
        }
    }

    private static Map<String, byte[]> files(int i) throws IOException {
        return switch (i % 3) {
            case 0 -> Bundles.text(prompt(i));
            case 1 -> Bundles.image(prompt(i), Bundles.jpeg(500_000));
            default -> Bundles.text(prompt(i), Bundles.PRIVATE_MODEL);
        };
    }

    private static String name(int i) {
        return "ten" + i;
    }

    private static String prompt(int i) {
        return "Gondola number " + i;
    }
}
