package io.github.venicevideo;

import static io.github.venicevideo.DocPages.DESIGNERS;
import static io.github.venicevideo.DocPages.DEVELOPERS;
import static io.github.venicevideo.DocPages.OPERATORS;
import static io.github.venicevideo.DocPages.README;
import static io.github.venicevideo.DocPages.blocks;
import static io.github.venicevideo.DocPages.codes;
import static io.github.venicevideo.DocPages.firstCodes;
import static io.github.venicevideo.DocPages.prose;
import static io.github.venicevideo.DocPages.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.venicevideo.api.JobState;
import io.github.venicevideo.assembly.RouteFiles;
import io.github.venicevideo.cli.Command;
import io.github.venicevideo.cli.CommandLine;
import io.github.venicevideo.cli.Commands;
import io.github.venicevideo.ledger.job.ParkedAnswer;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.settings.Setting;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.settings.SettingsCheck;
import io.github.venicevideo.settings.SettingsTable;
import io.github.venicevideo.venice.answer.CompleteOutcome;
import io.github.venicevideo.venice.answer.Outcome;
import io.github.venicevideo.venice.answer.QueueOutcome;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.answer.RetrieveOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** What the pages say is so. */
class DocumentationTest {

    private static final Path MAIN = Path.of("src/main/java/io/github/venicevideo");
    private static final Path TESTS = Path.of("src/test/java/io/github/venicevideo");

    /** What the pages may tell people to type. Run a new one as it stands before it goes in here, or have {@code ReadmeIT} do so. */
    private static final Set<String> COMMANDS = Set.of(
            "mvn -q -DskipTests package && java -XX:+ExitOnOutOfMemoryError -jar target/venice-video-routes.jar",
            "mvn verify",
            "mvn -q -DskipTests package",
            "unzip -q target/venice-video-routes-0.1.0-SNAPSHOT.zip -d /opt && mv /opt/venice-video-routes-0.1.0-SNAPSHOT /opt/venice-video",
            "useradd --system --home-dir /var/lib/venice-video --shell /usr/sbin/nologin venice-video",
            "mkdir /etc/venice-video && echo \"venice.budget.per-day=20\" > /etc/venice-video/application.properties",
            "(umask 077 && echo \"VENICE_API_KEY=your-key\" > /etc/venice-video/environment)",
            "cp /opt/venice-video/systemd/venice-video.service /etc/systemd/system/",
            "systemctl daemon-reload && systemctl enable --now venice-video",
            "groupadd designers && usermod -aG designers venice-video",
            "install -d -o venice-video -m 755 /srv/venice && install -d -o venice-video -g designers -m 2775 /srv/venice/drop",
            "mkdir /etc/systemd/system/venice-video.service.d",
            "printf '[Service]\\nReadWritePaths=/srv/venice\\n' > /etc/systemd/system/venice-video.service.d/paths.conf",
            "cd /var/lib/venice-video && set -a && . /etc/venice-video/environment",
            "runuser -u venice-video -- /opt/venice-video/bin/venice-video --config /etc/venice-video/application.properties --status",
            "mkdir venice-sandbox/drop/canal",
            "cp examples/bundles/2-image/image.jpg venice-sandbox/drop/canal/image.jpg",
            "echo \"The boat turns slowly into the canal\" > venice-sandbox/drop/canal/prompt.txt",
            "java -jar target/venice-video-routes.jar --validate examples/bundles/2-image",
            "VENICE_API_KEY=your-key java -XX:+ExitOnOutOfMemoryError -jar target/venice-video-routes.jar",
            "mv venice-video/failed/canal venice-video/drop/",
            "curl -s http://127.0.0.1:8080/observe/health",
            "java -jar target/venice-video-routes.jar --why canal",
            "java -jar target/venice-video-routes.jar --jobs --state parked",
            "java -jar target/venice-video-routes.jar --spend --csv",
            "java -jar target/venice-video-routes.jar --backup ledger-copy.db",
            "mvn dependency:copy-dependencies -DoutputDirectory=extra",
            "java -cp 'target/venice-video-routes.jar:extra/*' io.github.venicevideo.cli.VeniceVideoMain",
            "mvn -q -DskipTests install");

    private static final Pattern KEY = Pattern.compile("(?<![\\w.:{/@])venice\\.(?!ai\\b)[a-z][\\w.-]*(?:\\.?[*…])?");

    @Test
    void theSettingsTableIsTheOneInTheCode() throws Exception {
        List<Setting> table = Stream.concat(SettingsTable.ALL.stream(), SettingsTable.NAMED.stream()).toList();
        List<List<String>> rows = table(OPERATORS, "key");

        assertThat(rows.stream().map(row -> codes(row.get(0)).get(0) + "=" + codes(row.get(1)).stream().findFirst().orElse("")))
                .containsExactlyElementsOf(table.stream().map(setting -> setting.key() + "=" + setting.standard()).toList());
        assertThat(rows.stream().map(row -> row.get(2).replaceAll("\\[([^]]+)]\\([^)]+\\)", "$1")))
                .containsExactlyElementsOf(table.stream().map(Setting::sentence).toList())
                .allSatisfy(sentence -> assertThat(sentence).matches("[A-Z].{10,}\\."));
    }

    @Test
    void everySettingThatIsNamedIsThere() throws IOException {
        List<String> keys = Stream.concat(Stream.concat(SettingsTable.ALL.stream(), SettingsTable.NAMED.stream()).map(Setting::key),
                Stream.of("venice.drops.NAME.defaults.")).toList();
        for (Path page : DocPages.ALL) {
            List<String> named = KEY.matcher(String.join("\n", codes(prose(page))) + "\n" + String.join("\n", blocks(page, "properties")))
                    .results().map(match -> match.group()).distinct().toList();
            assertThat(named).as(page.toString()).allSatisfy(name -> assertThat(name.matches(".*[*…]")
                    ? keys.stream().anyMatch(key -> key.startsWith(name.replaceFirst("[*…]$", "")))
                    : SettingsTable.find(name).isPresent()).as(name).isTrue());
        }
    }

    @Test
    void everyExampleOfSettingsIsTaken() throws IOException {
        for (Path page : DocPages.ALL) {
            for (String block : blocks(page, "properties")) {
                Properties properties = DocPages.properties(block.replaceAll("=… .*", "=" + "0".repeat(64)));
                Map<String, String> settings = properties.stringPropertyNames().stream().filter(key -> key.startsWith("venice."))
                        .collect(Collectors.toMap(key -> key, properties::getProperty));

                assertThat(SettingsCheck.of(Settings.packaged().with(settings)).refusals()).as(page + ": " + block).isEmpty();
            }
        }
    }

    @Test
    void everyCommandIsKnown() throws IOException {
        for (Path page : DocPages.ALL) {
            assertThat(blocks(page, "sh").stream().flatMap(String::lines)).as(page.toString()).isSubsetOf(COMMANDS);
        }
        assertThat(Files.readString(Path.of(".ci/run"))).containsPattern("(?m)^mvn( -\\S+)* verify$");
    }

    @Test
    void everyOptionOfTheProgramIsExplainedAndNoOther() throws IOException {
        String usage = CommandLine.usage();
        List<String> cells = table(OPERATORS, "command").stream().flatMap(row -> codes(row.get(0)).stream()).toList();

        assertThat(cells.stream().map(cell -> cell.split(" ")[0]))
                .containsExactlyElementsOf(Commands.ALL.stream().map(Command::option).toList());
        assertThat(cells).filteredOn(cell -> !cell.endsWith("…")).allSatisfy(cell -> assertThat(usage).contains("  " + cell));
        for (Path page : DocPages.ALL) {
            assertThat(codes(prose(page)).stream().flatMap(code -> Pattern.compile("(?<!\\S)--[a-z-]+[a-z]").matcher(code).results())
                    .map(match -> match.group())).as(page.toString()).allSatisfy(option -> assertThat(usage).contains(option));
        }
    }

    @Test
    void everyPathOfTheConsoleIsServed() throws IOException {
        List<String> served;
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            served = files.flatMap(file -> Pattern.compile("value: \"?(/(?:api|observe)/[^\\s\"]+)").matcher(text(file)).results())
                    .map(match -> match.group(1).replaceAll("\\{.*?}", "ID")).toList();
        }
        for (Path page : DocPages.ALL) {
            assertThat(codes(prose(page)).stream().flatMap(code -> Pattern.compile("(?<![\\w.])/(?:api|observe)/[\\w/{}-]+").matcher(code).results())
                    .map(match -> match.group().replaceAll("\\{.*?}", "ID"))).as(page.toString()).isSubsetOf(served);
        }
    }

    @Test
    void everyHealthCheckAndMetricIsExplained() throws IOException {
        assertThat(firstCodes(OPERATORS, "check")).containsExactlyInAnyOrderElementsOf(
                named(MAIN.resolve("console/HealthChecks.java"), "\"(venice-[a-z]+)\""));
        assertThat(table(OPERATORS, "metric").stream().flatMap(row -> codes(row.get(0)).stream()).map(name -> name.replaceFirst("_total$", "")))
                .containsExactlyInAnyOrderElementsOf(Stream.of("Metrics", "AnswerCounts")
                        .flatMap(name -> named(MAIN.resolve("console/" + name + ".java"), "\"(venice\\.[a-z.]+)\"").stream())
                        .filter(name -> SettingsTable.find(name).isEmpty()).map(name -> name.replace('.', '_')).toList());
    }

    private static List<String> named(Path file, String pattern) {
        return Pattern.compile(pattern).matcher(text(file)).results().map(match -> match.group(1)).distinct().toList();
    }

    @Test
    void theReadmeIsRead() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void everyTestThatAFaultIsSaidToBeShownByIsThere() throws IOException {
        List<String> named = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`").matcher(Files.readString(DEVELOPERS) + Files.readString(Path.of("SECURITY.md"))).results()
                .map(match -> match.group(1)).distinct().toList();
        List<String> there;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            there = files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", "")).toList();
        }

        assertThat(named).isNotEmpty().isSubsetOf(there);
    }

    @Test
    void theStatesAreTheLedgers() throws IOException {
        assertThat(firstCodes(DEVELOPERS, "state"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(JobState.values()).map(JobState::toString).toList());
    }

    @Test
    void theReasonsAreThoseInTheCode() throws IOException {
        List<List<String>> rows = table(DESIGNERS, "reason");

        assertThat(rows.stream().map(row -> codes(row.get(0)).get(0)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values()).map(Reason::toString).toList());
        assertThat(rows).allSatisfy(row -> JobState.of(row.get(1)));
        assertThat(rows.stream().flatMap(row -> Stream.of(row.get(3).split(", "))).filter(answer -> !answer.isEmpty()).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ParkedAnswer.values()).map(ParkedAnswer::toString).toList());
    }

    /** A call's column says what becomes of each outcome that it has, and of no other. */
    @Test
    void everyOutcomeOfEveryCallIsSaid() throws Exception {
        List<Class<?>> calls = List.of(QueueOutcome.class, QuoteOutcome.class, RetrieveOutcome.class,
                Class.forName("io.github.venicevideo.poll.Fetch"), CompleteOutcome.class);
        List<List<String>> rows = table(DEVELOPERS, "outcome");
        for (int i = 0; i < calls.size(); i++) {
            int column = i + 1;
            assertThat(rows.stream().filter(row -> !row.get(column).isEmpty()).map(row -> codes(row.get(0)).get(0)))
                    .as(calls.get(i).getSimpleName()).containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(calls.get(i).getPermittedSubclasses()).map(Outcome::keyOf).toList());
        }
    }

    @Test
    void everyRouteFileAndPackageIsNamed() throws IOException {
        List<List<String>> stages = table(DEVELOPERS, "route file");
        List<String> packages = new ArrayList<>(firstCodes(DEVELOPERS, "shared package"));
        stages.forEach(row -> packages.addAll(codes(row.get(1))));

        assertThat(stages.stream().map(row -> codes(row.get(0)).get(0)))
                .containsExactlyInAnyOrderElementsOf(RouteFiles.ALL.stream().map(file -> "routes/" + file).toList())
                .allSatisfy(file -> assertThat(Path.of(file)).isRegularFile());
        assertThat(packages).containsExactlyInAnyOrderElementsOf(folders(MAIN));
    }

    @Test
    void everyDependencyHasItsReason() throws Exception {
        List<List<String>> rows = table(DEVELOPERS, "artifact");

        assertThat(rows.stream().flatMap(row -> codes(row.get(0)).stream())).containsExactlyInAnyOrderElementsOf(dependencies());
        assertThat(rows).allSatisfy(row -> assertThat(row.get(1)).matches("[A-Z].{10,}\\."));
    }

    @Test
    void everyClassThatIsNamedIsThere() throws IOException {
        for (Path page : DocPages.ALL) {
            assertThat(codes(Files.readString(page)).stream().filter(code -> code.endsWith(".java"))).as(page.toString())
                    .allSatisfy(name -> assertThat(Files.exists(MAIN.resolve(name)) || Files.exists(TESTS.resolve(name)))
                            .as(name).isTrue());
            assertThat(codes(prose(page)).stream().filter(code -> code.matches("io\\.github\\.venicevideo\\.[\\w.]+"))).as(page.toString())
                    .allSatisfy(name -> assertThatCode(() -> Class.forName(name)).as(name).doesNotThrowAnyException());
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : DocPages.ALL) {
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

    private static List<String> anchors(Path page) throws IOException {
        return prose(page).lines().filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT)
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
