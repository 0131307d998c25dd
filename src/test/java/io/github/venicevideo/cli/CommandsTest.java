package io.github.venicevideo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Station;
import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import io.github.venicevideo.venice.answer.AccountTrouble;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked on the command line while the program works. */
@Timeout(300)
class CommandsTest {

    @TempDir
    private static Path folder;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).with("venice.budget.per-day", "50").start();
        station.sandbox().faults().next(1, Call.QUEUE, Fault.error(500));
        station.dropReady("doubted", Map.of("prompt.txt", "In doubt"));
        station.awaitParked("doubted");
        station.dropReady("made", Map.of("prompt.txt", "Made"));
        station.awaitDone("made");
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @Test
    void theStatusIsPrintedWhileTheProgramRuns() throws Exception {
        assertThat(run("--status")).contains(station.home().toString()).contains("1 delivered").contains("1 parked, the oldest for")
                .contains("1 in-doubt").contains("Gate: open").contains("USD of 50");

        JsonNode json = Json.mapper().readTree(run("--status", "--json"));
        assertThat(json.at("/jobs/delivered").asInt()).isEqualTo(1);
        assertThat(json.at("/jobs/received").asInt(-1)).isZero();
        assertThat(json.at("/parked/in-doubt").asInt()).isEqualTo(1);
        assertThat(json.at("/oldest_seconds/parked").asInt(-1)).isNotNegative();
        assertThat(json.path("gate").asText()).isEqualTo("open");
        assertThat(json.path("spent_today_usd").decimalValue()).isPositive();
    }

    @Test
    void theGateIsTheOneOfTheKeyThatIsUsed() throws Exception {
        KeyId former = KeyId.of(Api.at(station.sandbox().apiUrl()).name(), Optional.of("former"));
        new Limits(station.ledger(), former, station.clock(), Settings.packaged()).gate()
                .trouble(new AccountTrouble("UNAUTHORIZED", "No such key"), false);

        assertThat(run("--status")).contains("Gate: open").doesNotContain("No such key");
        assertThat(run(Map.of("venice.api.key", "former"), "--status")).contains("Gate: closed").contains("No such key");
    }

    @Test
    void theLedgerIsCopiedWhileTheProgramRuns() throws Exception {
        Path copy = folder.resolve("copy.db");

        assertThat(run("--backup", copy.toString())).contains("2 jobs").contains("checked");
        assertThat(copy).isNotEmptyFile();
        assertThat(Files.getPosixFilePermissions(copy)).as("it holds download_urls")
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThatThrownBy(() -> run("--backup", copy.toString())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("copy.db").hasMessageContaining("not replaced");
        assertThatThrownBy(() -> run("--backup")).hasMessageContaining("the name of one file");
    }

    @Test
    void theJobsArePrintedOfAllStatesOrOfOne() throws Exception {
        assertThat(run("--jobs").lines()).hasSize(2).anySatisfy(line -> assertThat(line).contains("parked", "in-doubt", "drop/doubted"))
                .anySatisfy(line -> assertThat(line).contains("delivered", "drop/made"));
        assertThat(run("--jobs", "--state", "delivered").lines()).hasSize(1);
        JsonNode jobs = Json.mapper().readTree(run("--jobs", "--state", "parked", "--json")).path("jobs");
        assertThat(jobs).hasSize(1);
        assertThat(jobs.get(0).path("reason").asText()).isEqualTo("in-doubt");
        assertThatThrownBy(() -> run("--jobs", "--state", "lost")).isInstanceOf(UsageException.class).hasMessageContaining("delivered");
    }

    @Test
    void whyAJobWaitsIsTold() throws Exception {
        assertThat(run("--why", "doubted")).contains("parked (in-doubt)", "A person may answer resubmit or adopt or reject: the form is in ")
                .contains("parked/doubted", "History:", "submitting");
        String id = Json.mapper().readTree(run("--jobs", "--state", "delivered", "--json")).at("/jobs/0/job_id").asText();
        assertThat(run("--why", id)).contains("The video is at videos: ", "made.mp4", "done/made").isEqualTo(run("--why", "made"));
    }

    @Test
    void whatLiesInADropFolderIsTold() throws Exception {
        Files.createDirectories(station.drop().resolve("lying").resolve("empty"));

        assertThat(run("--why", "lying")).contains("lies in the drop folder and is not taken yet");
        assertThat(run(1, Map.of(), "--why", "../drop")).contains("No job has the id").contains("--jobs");
    }

    @Test
    void whatAMonthHasCostIsPrinted() throws Exception {
        String day = LocalDate.ofInstant(station.clock().instant(), ZoneOffset.UTC).toString();
        JsonNode made = station.awaitDone("made");
        String price = MicroUsd.text(MicroUsd.of(made.path("price_usd").decimalValue()));
        String model = made.path("model").asText();

        assertThat(run("--spend", "--csv").lines()).first().isEqualTo("day,drop,model,jobs,reserved_usd,settled_usd,refunded_usd,in_doubt_usd");
        assertThat(run("--spend", "--csv", "--month", day.substring(0, 7)).lines().skip(1)).containsExactly(
                String.join(",", day, "drop", model, "2", "0.00", price, "0.00", price));
        assertThat(run("--spend").lines().filter(line -> line.contains("  all  "))).singleElement().asString().contains(price);
        assertThat(run("--spend", "--month", "2001-01")).contains("Nothing was spent in 2001-01");
        assertThatThrownBy(() -> run("--spend", "--month", "November")).hasMessageContaining("2026-11");
    }

    @Test
    void whatCannotBeUnderstoodIsSaidSo() {
        assertThatThrownBy(() -> run("--status", "--xml")).hasMessageContaining("--xml");
        assertThatThrownBy(() -> CommandLine.parse(new String[] {"--statsu"})).hasMessageContaining("--statsu");
        assertThatThrownBy(() -> CommandLine.parse(new String[] {"--config"})).hasMessageContaining("--config");
        CommandLine line = CommandLine.parse(new String[] {"--status", "--config", "a.properties", "--json"});
        assertThat(line.config()).contains(Path.of("a.properties"));
        assertThat(line.operands()).containsExactly("--json");
        assertThat(CommandLine.usage()).contains("--status [--json]").contains("--backup FILE");
    }

    @Test
    void withoutAKeyTheHomeIsTheSandboxs() {
        CommandSettings start = CommandSettings.of(Settings.packaged(), new Properties());

        assertThat(start.home()).isEqualTo(Path.of("venice-sandbox").toAbsolutePath());
        assertThat(start.ledger()).isEqualTo(start.home().resolve(".ledger"));
    }

    private static String run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private static String run(Map<String, String> settings, String... arguments) throws Exception {
        return run(0, settings, arguments);
    }

    private static String run(int expected, Map<String, String> settings, String... arguments) throws Exception {
        CommandLine line = CommandLine.parse(arguments);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = line.command().orElseThrow().run(CommandSettings.of(Settings.packaged().with(station.settings()).with(settings),
                        new Properties()),
                line.operands(), new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(status).isEqualTo(expected);
        return out.toString(StandardCharsets.UTF_8);
    }
}
