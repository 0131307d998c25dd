package io.github.venicevideo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the build makes for others: the distribution as an operator unpacks it, and the library as it is published. */
class DistributionIT {

    private static final Path TARGET = Path.of("target");
    /** Each may be used, changed and passed on in a product; of alternatives one is enough. */
    private static final Set<String> LICENCES = Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "FreeBSD", "ISC", "MIT", "MIT-0",
            "CC0-1.0", "EPL-2.0");

    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void theProgramStartsFromTheUnpackedZipAndSoonerTheSecondTime() throws Exception {
        Path unpacked = unpack();
        Path home = Files.createDirectory(folder.resolve("the home"));

        run(unpacked, home, "");

        assertThat(archives(home)).as("made when it ended").hasSize(1);
        run(unpacked, home, "-Xlog:class+load:file=" + folder.toRealPath().resolve("loaded"));
        assertThat(Files.readAllLines(folder.resolve("loaded")).stream().filter(line -> line.contains("(top)")).count())
                .as("classes out of the archive").isGreaterThan(2_000);
        assertThat(archives(home)).hasSize(1);
    }

    @Test
    void theZipHoldsWhatAnOperatorNeeds() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + zip().toUri()), Map.of("enablePosixFileAttributes", "true"));
                Stream<Path> roots = Files.list(zip.getPath("/"))) {
            Path root = roots.toList().get(0);
            assertThat(Files.getPosixFilePermissions(root.resolve("bin/venice-video"))).contains(PosixFilePermission.OTHERS_EXECUTE);
            assertThat(List.of("venice-video-routes.jar", "application.properties", "LICENSE", "NOTICE", "README.md",
                    "Containerfile", "systemd/venice-video.service", "routes/1-intake.camel.yaml", "lib")).map(root::resolve)
                    .allSatisfy(path -> assertThat(path).exists());
        }
    }

    @Test
    void thePublishedJarIsALibrary() throws Exception {
        Path published = TARGET.resolve("published/venice-video-routes.jar");
        assumeThat(published).exists();
        try (JarFile jar = new JarFile(published.toFile())) {
            Manifest manifest = jar.getManifest();
            assertThat(manifest.getMainAttributes().getValue("Class-Path")).isNull();
            assertThat(manifest.getMainAttributes().getValue("Main-Class")).isNull();
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
            assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
        }
    }

    @Test
    void everyPartHasALicenceThatAllowsIt() throws Exception {
        Path bom = TARGET.resolve("bom.json");
        assumeThat(bom).exists();
        List<String> refused = new ArrayList<>();
        for (JsonNode part : Json.mapper().readTree(bom.toFile()).path("components")) {
            if (licences(part.path("licenses")).noneMatch(LICENCES::contains)) {
                refused.add(part.path("purl").asText() + " " + part.path("licenses"));
            }
        }
        assertThat(refused).isEmpty();
    }

    private static Stream<String> licences(JsonNode licences) {
        return StreamSupport.stream(licences.spliterator(), false).flatMap(licence ->
                Stream.of(licence.at("/license/id").asText(), licence.at("/license/name").asText(), licence.path("expression").asText()));
    }

    private void run(Path unpacked, Path home, String option) throws Exception {
        try (Child program = Child.of(folder, Map.of("VENICE_HOME", home.toString(), "VENICE_CONSOLE_PORT", "0", "JAVA_HOME",
                System.getProperty("java.home"), "JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + option),
                List.of("sh", unpacked.resolve("bin/venice-video").toString()))) {
            program.awaitText("Drop bundles into", Stage.PATIENCE);
            program.terminate();
            assertThat(program.awaitExit(Stage.PATIENCE)).as(program.output()).isEqualTo(Child.TERMINATED);
        }
    }

    private static List<Path> archives(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private Path unpack() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(zip()); Stream<Path> files = Files.walk(zip.getPath("/"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path to = folder.resolve("unpacked").resolve(zip.getPath("/").relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        try (Stream<Path> unpacked = Files.list(folder.resolve("unpacked"))) {
            return unpacked.toList().get(0);
        }
    }

    private static Path zip() throws IOException {
        assumeThat(TARGET).isDirectory();
        try (Stream<Path> files = Files.list(TARGET)) {
            List<Path> zips = files.filter(file -> file.toString().endsWith(".zip")).toList();
            assumeThat(zips).as("the distribution, which the build makes before").hasSize(1);
            return zips.get(0);
        }
    }
}
