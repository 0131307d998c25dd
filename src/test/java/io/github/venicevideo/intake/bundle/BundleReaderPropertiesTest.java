package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.intake.rules.RulesTest;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.MediaUrlRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever is dropped: it is read, or refused with reasons; nothing else is thrown, read or written. */
class BundleReaderPropertiesTest {

    private Path root;
    private Path work;
    private Path secret;

    @BeforeTry
    void aSecretBesideTheJob() throws IOException {
        root = Files.createTempDirectory("bundle-properties");
        work = Files.createDirectories(root.resolve("job"));
        Files.createDirectories(work.resolve("dropped"));
        secret = Files.write(root.resolve("secret.png"), Samples.PNG);
    }

    @AfterTry
    void clear() throws IOException {
        DurableFiles.deleteTree(root);
    }

    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void anyBytesUnderAnyNames(@ForAll long seed) throws IOException {
        Path folder = Files.createDirectories(work.resolve("dropped/gondola"));
        new Chaos(seed).files().forEach((name, bytes) -> place(folder, name, bytes));

        read(folder);
    }

    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void anyZip(@ForAll long seed) throws IOException {
        Chaos chaos = new Chaos(seed);
        byte[] zip = chaos.torn(Samples.zip(chaos.files()));

        read(Files.write(work.resolve("dropped/gondola.zip"), zip));
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void aZipWithNamesOfAnyBytes(@ForAll @Size(min = 1, max = 4) List<@StringLength(min = 1, max = 24) @CharRange(from = '\1', to = '\u00ff') String> names)
            throws IOException {
        Map<String, byte[]> files = new java.util.LinkedHashMap<>();
        files.put("prompt.txt", Samples.utf8("p"));
        names.forEach(name -> files.put(name, Samples.PNG));

        read(Files.write(work.resolve("dropped/gondola.zip"), NamedZip.of("ISO-8859-1", files.keySet().toArray(String[]::new))));
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void anyManifest(@ForAll long seed) throws IOException {
        byte[] manifest = Samples.utf8(new Chaos(seed).object(3));

        read(Files.write(work.resolve("dropped/gondola.json"), manifest));
        read(Files.write(work.resolve("dropped/gondola.yaml"), manifest));
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void anyBytes(@ForAll @Size(max = 300) byte[] bytes, @ForAll @StringLength(max = 100) String text) throws IOException {
        for (String name : List.of("gondola.json", "gondola.yaml", "gondola.txt", "gondola.zip", "gondola.md")) {
            read(Files.write(work.resolve("dropped").resolve(name), bytes));
            read(Files.write(work.resolve("dropped").resolve(name), Samples.utf8(text)));
        }
    }

    private void read(Path dropped) throws IOException {
        Set<Path> outside = outside();
        try {
            Bundle bundle = new BundleReader(ReadLimits.DEFAULT, new MediaUrlRule(List.of()),
                    () -> Optional.of(RulesTest.sandboxes())).read(work, dropped, BundleDrop.DEFAULTS);
            for (Media medium : bundle.request().media()) {
                assertThat(work.resolve(medium.path()).toRealPath()).startsWith(work.toRealPath());
            }
            assertThat(bundle.request().fields().toString()).doesNotContain("secret");
        } catch (InvalidBundleException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(EveryProblemTest::isWhole);
        }
        assertThat(outside()).isEqualTo(outside);
        assertThat(secret).hasBinaryContent(Samples.PNG);
    }

    private Set<Path> outside() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.startsWith(work.resolve("unpacked"))).collect(Collectors.toSet());
        }
    }

    private static void place(Path folder, String name, byte[] bytes) {
        try {
            Path file = folder.resolve(name).normalize();
            if (file.startsWith(folder) && !file.equals(folder)) {
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            }
        } catch (IOException | InvalidPathException e) {
            // a name that this file system does not take cannot be dropped either
        }
    }
}
