package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.drop.Drop;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.intake.rules.DropDefaultsReader;
import io.github.venicevideo.intake.rules.RulesTest;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.request.MediaUrlRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples are right: read with the packaged defaults and the catalogue, nothing is wrong with any of them. */
class ExampleBundlesTest {

    private static final Path EXAMPLES = Path.of("examples/bundles");

    @TempDir
    private Path work;

    static Stream<String> examples() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    private Bundle read(String example) throws Exception {
        Path dropped = work.resolve("dropped").resolve(example);
        DurableFiles.copyTree(EXAMPLES.resolve(example), dropped);
        Drop drop = new Drops(Settings.packaged(), work).all().get(0);
        return new BundleReader(ReadLimits.DEFAULT, new MediaUrlRule(List.of()), () -> Optional.of(RulesTest.sandboxes()))
                .read(work, dropped, DropDefaultsReader.of(drop));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsRightAndSmall(String example) throws Exception {
        assertThat(read(example).warnings()).isEmpty();
        try (Stream<Path> files = Files.walk(EXAMPLES.resolve(example))) {
            assertThat(files.filter(Files::isRegularFile)).allSatisfy(file -> assertThat(Files.size(file)).isLessThan(60_000));
        }
    }

    @Test
    void theFourWorkflowsAndTheOtherKindsAreThere() throws Exception {
        assertThat(read("4-seedance-reference").request().fields().path("prompt").asText()).startsWith("Refer to ");
        assertThat(read("5-seedance-edit").request().fields().path("prompt").asText()).startsWith("Strictly edit <Video 1>");
        assertThat(read("6-seedance-extend").request().fields().path("prompt").asText()).startsWith("Extend <Video 1>");
        assertThat(read("7-seedance-stitch").request().fields().path("prompt").asText()).contains("followed by <Video 2>");
        assertThat(read("8-upscaling").request().fields()).hasToString(
                "{\"model\":\"topaz-video-upscale\",\"upscale_factor\":2,\"video_url\":\"\"}");
        assertThat(read("9-elements").request().fields().path("elements")).hasSize(1);
        assertThat(read("10-keyframes").request().fields().path("keyframes")).hasSize(3);
        assertThat(read("11-private-model").request().fields().path("model").asText()).isEqualTo("wan-2-2-a14b-image-to-video");
    }
}
