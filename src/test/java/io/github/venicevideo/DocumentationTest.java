package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.Bundle;
import io.github.venicevideo.intake.BundleReader;
import io.github.venicevideo.intake.DropDefaults;
import io.github.venicevideo.intake.IgnoredNames;
import io.github.venicevideo.intake.ModelDefaults;
import io.github.venicevideo.intake.ProblemCode;
import io.github.venicevideo.ledger.JobState;
import io.github.venicevideo.ledger.ParkedAnswer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

/** What the pages say is so. */
class DocumentationTest {

    private static final Path README = Path.of("README.md");
    private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");
    private static final Path ARCHITECTURE = Path.of("docs/architecture.md");
    private static final Path BUNDLES = Path.of("docs/bundles.md");
    private static final Path RELIABILITY = Path.of("docs/reliability.md");
    private static final Path PROBLEMS = Path.of("docs/problems.md");
    private static final Path MAIN = Path.of("src/main/java/io/github/venicevideo");
    private static final Path TESTS = Path.of("src/test/java/io/github/venicevideo");

    /** What the README may tell people to type. Run a new one as it stands before it goes in here. */
    private static final List<String> COMMANDS = List.of(
            "mvn -q -DskipTests package && java -jar target/venice-video-routes.jar",
            "mvn verify",
            "mkdir venice-sandbox/drop/canal",
            "cp examples/bundles/2-image/image.jpg venice-sandbox/drop/canal/image.jpg",
            "echo \"The boat turns slowly into the canal\" > venice-sandbox/drop/canal/prompt.txt",
            "java -jar target/venice-video-routes.jar --validate examples/bundles/2-image",
            "VENICE_API_KEY=your-key java -jar target/venice-video-routes.jar",
            "mv venice-video/failed/canal venice-video/drop/",
            "curl -s http://127.0.0.1:8080/observe/health",
            "java -jar target/venice-video-routes.jar --status",
            "java -jar target/venice-video-routes.jar --backup ledger-copy.db",
            "mvn -q -DskipTests install");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @TempDir
    private Path folder;

    @Test
    void theSettingsTableIsWhatThePackagedFileSays() throws Exception {
        Map<String, String> packaged = new LinkedHashMap<>();
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(reader);
        }
        for (String line : Files.readAllLines(Path.of("application.properties"))) {
            if (line.startsWith("venice.")) {
                String key = line.substring(0, line.indexOf('='));
                packaged.put(key, properties.getProperty(key));
            }
        }
        List<List<String>> rows = table(README, "key");

        assertThat(rows.stream().map(row -> codes(row.get(0)).get(0) + "=" + codes(row.get(1)).stream().findFirst().orElse("")))
                .containsExactlyElementsOf(packaged.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).matches("[A-Z].{10,}\\."));
        assertThat(packaged).hasSameSizeAs(properties);
    }

    @Test
    void everyCommandIsKnown() throws IOException {
        List<String> commands = blocks(README, "sh").stream().flatMap(String::lines).toList();

        assertThat(commands).containsExactlyInAnyOrderElementsOf(COMMANDS);
        assertThat(Files.readString(Path.of(".ci/run"))).containsPattern("(?m)^mvn( -\\S+)* verify$");
    }

    @TestFactory
    Stream<DynamicTest> theReaderTakesEachFileNameForTheFieldBesideIt() throws IOException {
        return table(BUNDLES, "file in the folder").stream().map(row -> DynamicTest.dynamicTest(row.get(0), () -> {
            String field = codes(row.get(1)).get(0);
            Map<String, byte[]> files = new LinkedHashMap<>();
            for (String name : alternatives(field, codes(row.get(0)))) {
                files.put(name.replace(".*", "." + extension(name)), content(name));
            }
            alongWith(field).forEach(files::putIfAbsent);

            JsonNode value = read(field, files).request().fields().path(field);

            assertThat(value.isMissingNode()).isFalse();
            long named = codes(row.get(0)).size();
            if (field.endsWith("_urls")) {
                assertThat(value).hasSize((int) named);
            } else if (field.equals("elements")) {
                assertThat(value.get(0).properties()).hasSize((int) named);
            }
        }));
    }

    @Test
    void everyTestThatAFaultIsSaidToBeShownByIsThere() throws IOException {
        List<String> named = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`").matcher(Files.readString(RELIABILITY)).results()
                .map(match -> match.group(1)).distinct().toList();
        List<String> there;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            there = files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", "")).toList();
        }

        assertThat(named).isNotEmpty().isSubsetOf(there);
    }

    @Test
    void everyFileNameThatTheReaderKnowsIsWrittenDown() throws IOException {
        String table = table(BUNDLES, "file in the folder").toString();

        Stream<String> examples = Pattern.compile("\"([a-z0-9_]+\\.(?:txt|\\*))\"")
                .matcher(Files.readString(MAIN.resolve("intake/Slot.java"))).results().map(match -> match.group(1));

        assertThat(examples).isNotEmpty().allSatisfy(example -> assertThat(table).contains("`" + example + "`"));
    }

    @Test
    void theExamplesOfABundleCanBeRead() throws Exception {
        for (String yaml : blocks(BUNDLES, "yaml")) {
            assertThat(readFile("request.yaml", yaml).request().fields().path("prompt").asText()).isNotEmpty();
        }
        for (String consents : blocks(BUNDLES, "json")) {
            assertThat(readFile("request.json", "{\"prompt\": \"A gondola\", \"consents\": " + consents + "}")
                    .request().fields().has("consents")).isTrue();
        }
    }

    @Test
    void whatIsSaidToBeIgnoredIs() throws IOException {
        assertThat(codes(section(BUNDLES, "Ignored names")))
                .contains("job.json")
                .allSatisfy(name -> assertThat(IgnoredNames.isIgnored(Path.of(name))).isTrue());
    }

    @Test
    void everyProblemIsExplained() throws IOException {
        Path page = Files.exists(PROBLEMS) ? PROBLEMS : BUNDLES;
        String text = Files.readString(page);

        assertThat(ProblemCode.values()).allSatisfy(code ->
                assertThat(text).contains("`" + code.code() + "`").contains(code.says()));
        if (page.equals(PROBLEMS)) {
            assertThat(Files.readString(BUNDLES)).contains("(problems.md)");
        }
    }

    @Test
    void theStatesAreTheLedgers() throws IOException {
        assertThat(table(ARCHITECTURE, "state").stream().map(row -> codes(row.get(0)).get(0)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(JobState.values()).map(JobState::toString).toList());
    }

    @Test
    void theReasonsAreThoseInTheCode() throws IOException {
        String code = sources();
        List<List<String>> rows = table(ARCHITECTURE, "reason");

        assertThat(rows).allSatisfy(row -> {
            assertThat(code).contains("\"" + codes(row.get(0)).get(0) + "\"");
            JobState.of(row.get(1));
        });
        assertThat(rows.stream().flatMap(row -> Stream.of(row.get(3).split(", "))).filter(answer -> !answer.isEmpty()).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ParkedAnswer.values()).map(ParkedAnswer::toString).toList());
    }

    @Test
    void everyRouteFileAndPackageIsNamed() throws IOException {
        List<List<String>> stages = table(ARCHITECTURE, "route file");
        List<String> packages = new ArrayList<>(table(ARCHITECTURE, "shared package").stream()
                .map(row -> codes(row.get(0)).get(0)).toList());
        stages.forEach(row -> packages.addAll(codes(row.get(1))));

        assertThat(stages.stream().map(row -> codes(row.get(0)).get(0)))
                .containsExactlyInAnyOrderElementsOf(VeniceVideo.ROUTE_FILES.stream().map(file -> "routes/" + file).toList())
                .allSatisfy(file -> assertThat(Path.of(file)).isRegularFile());
        assertThat(packages).containsExactlyInAnyOrderElementsOf(folders(MAIN));
    }

    @Test
    void everyDependencyHasItsReason() throws Exception {
        List<List<String>> rows = table(ARCHITECTURE, "artifact");

        assertThat(rows.stream().map(row -> codes(row.get(0)).get(0))).containsExactlyInAnyOrderElementsOf(dependencies());
        assertThat(rows).allSatisfy(row -> assertThat(row.get(1)).matches("[A-Z].{10,}\\."));
    }

    @Test
    void everyClassThatIsNamedIsThere() throws IOException {
        for (Path page : pages()) {
            assertThat(codes(Files.readString(page)).stream().filter(code -> code.endsWith(".java"))).as(page.toString())
                    .allSatisfy(name -> assertThat(Files.exists(MAIN.resolve(name)) || Files.exists(TESTS.resolve(name)))
                            .as(name).isTrue());
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            List<String> links = Pattern.compile("\\]\\(([^)]+)\\)").matcher(prose(page)).results()
                    .map(match -> match.group(1)).filter(link -> !link.startsWith("https://")).toList();
            assertThat(links).as(page.toString()).allSatisfy(link -> {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page : page.toAbsolutePath().resolveSibling(parts[0]).normalize();
                assertThat(target).exists();
                if (parts.length == 2) {
                    assertThat(anchors(target)).contains(parts[1]);
                }
            });
        }
    }

    private Bundle read(String name, Map<String, byte[]> files) throws Exception {
        Path work = folder.resolve("work-" + name);
        Path dropped = Files.createDirectories(work.resolve("dropped").resolve("bundle"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(dropped.resolve(file.getKey()), file.getValue());
        }
        return new BundleReader().read(work, dropped, defaults());
    }

    private Bundle readFile(String name, String text) throws Exception {
        Path work = Files.createTempDirectory(folder, "work");
        Path file = Files.createDirectories(work.resolve("dropped")).resolve(name);
        Files.writeString(file, text);
        return new BundleReader().read(work, file, defaults());
    }

    /** The packaged ones, with a model for each kind of bundle. */
    private static DropDefaults defaults() {
        return new DropDefaults(Map.of("duration", "5s"), new ModelDefaults("seedance-2-0-text-to-video",
                "seedance-2-0-image-to-video", "seedance-2-0-reference-to-video", "some-model", "some-model", "some-model",
                "topaz-video-upscale"));
    }

    /** Two names of one place are two ways to say it: one is enough, and both are an error. */
    private static List<String> alternatives(String field, List<String> names) {
        return field.endsWith("prompt") ? names.subList(0, 1) : names;
    }

    private static Map<String, byte[]> alongWith(String field) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (!field.equals("prompt")) {
            files.put("prompt.txt", content("prompt.txt"));
        }
        if (field.equals("reference_audio_urls") || field.equals("reference_document_urls")) {
            files.put("reference_image_1.png", content("reference_image_1.*"));
        }
        if (field.equals("end_image_url") || field.equals("audio_url")) {
            files.put("image.png", content("image.*"));
        }
        return files;
    }

    private static String extension(String name) {
        return name.contains("audio") ? "wav" : name.contains("video") ? "mp4" : name.contains("document") ? "pdf" : "png";
    }

    private static byte[] content(String name) {
        if (!name.endsWith(".*")) {
            return ("A gondola at dawn, " + name).getBytes(StandardCharsets.UTF_8);
        }
        return switch (extension(name)) {
            case "wav" -> SampleMedia.wav(3);
            case "mp4" -> SampleMedia.mp4(3);
            case "pdf" -> "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n".getBytes(StandardCharsets.US_ASCII);
            default -> SampleMedia.png(name);
        };
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(README, CONTRIBUTING));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }

    /** The cells of the table whose first heading is the given one, without its headings. */
    private static List<List<String>> table(Path page, String heading) throws IOException {
        List<List<String>> rows = prose(page).lines()
                .dropWhile(line -> !line.startsWith("| " + heading + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1)).map(String::strip).toList())
                .toList();
        assertThat(rows).as(page + " has a table of " + heading).isNotEmpty();
        return rows;
    }

    private static List<String> blocks(Path page, String language) throws IOException {
        List<String> blocks = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(Files.readString(page))
                .results().map(match -> match.group(1)).toList();
        assertThat(blocks).as(page + " has blocks of " + language).isNotEmpty();
        return blocks;
    }

    private static String section(Path page, String title) throws IOException {
        return Files.readString(page).lines()
                .dropWhile(line -> !line.equals("## " + title)).skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .collect(Collectors.joining("\n"));
    }

    private static String prose(Path page) throws IOException {
        return Files.readString(page).replaceAll("(?ms)^```.*?^```$", "");
    }

    private static List<String> codes(String text) {
        return CODE.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static List<String> anchors(Path page) throws IOException {
        return prose(page).lines().filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private static List<String> folders(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(DocumentationTest::holdsClasses).map(path -> path.getFileName().toString()).toList();
        }
    }

    private static boolean holdsClasses(Path folder) {
        String[] names = folder.toFile().list();
        return names != null && Stream.of(names).anyMatch(name -> name.endsWith(".java"));
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).map(DocumentationTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> dependencies() throws Exception {
        var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of("pom.xml").toFile());
        NodeList found = (NodeList) XPathFactory.newInstance().newXPath()
                .evaluate("/project/dependencies/dependency/artifactId", pom, XPathConstants.NODESET);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            names.add(found.item(i).getTextContent());
        }
        return names;
    }
}
