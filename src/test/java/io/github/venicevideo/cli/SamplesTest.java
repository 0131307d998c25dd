package io.github.venicevideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples are those of {@code examples/bundles}, dropped only where nothing is. */
class SamplesTest {

    private static final Path EXAMPLES = Path.of("examples/bundles");

    @TempDir
    private Path drop;

    @Test
    void everySampleIsDroppedAsItLiesInTheExamplesAndReady() throws Exception {
        new Samples().dropInto(drop);

        assertThat(filesIn(drop).filter(file -> !file.endsWith(".ready")).toList())
                .containsExactlyInAnyOrderElementsOf(Samples.FILES);
        for (String file : Samples.FILES) {
            assertThat(drop.resolve(file)).hasSameBinaryContentAs(EXAMPLES.resolve(file));
            assertThat(drop.resolve(file).resolveSibling(".ready")).exists();
        }
    }

    @Test
    void everyFileOfASampleIsListed() throws Exception {
        List<String> bundles = Samples.FILES.stream().map(file -> file.substring(0, file.indexOf('/'))).distinct().toList();

        assertThat(filesIn(EXAMPLES).filter(file -> bundles.contains(file.substring(0, file.indexOf('/')))).toList())
                .containsExactlyInAnyOrderElementsOf(Samples.FILES);
    }

    @Test
    void whereAnythingLiesNothingIsDropped() throws Exception {
        Files.writeString(drop.resolve("mine.txt"), "My own");

        new Samples().dropInto(drop);

        assertThat(filesIn(drop)).containsExactly("mine.txt");
    }

    private static Stream<String> filesIn(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/')).toList().stream();
        }
    }
}
