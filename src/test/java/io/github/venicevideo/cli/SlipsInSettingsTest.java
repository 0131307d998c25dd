package io.github.venicevideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.sandbox.Sandbox;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The program with a slip in its settings: a sentence that names the key, no start, and no money. */
@Timeout(180)
class SlipsInSettingsTest {

    private static Sandbox sandbox;
    @TempDir
    private static Path common;
    @TempDir
    private Path folder;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("venice-video");

    @BeforeAll
    static void startSandbox() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.forTests(common));
    }

    @AfterAll
    static void stopSandbox() throws Exception {
        sandbox.close();
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(log);
        assertThat(sandbox.requests()).extracting(request -> request.call()).as("no money").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "venice.buget.per-day=5                         | venice.buget.per-day       | venice.budget.per-day is one",
            "venice.budget.per-day=five                     | venice.budget.per-day=five | an amount in USD",
            "venice.budget.per-job=-1                       | venice.budget.per-job=-1   | an amount in USD",
            "venice.drops.draft.budget.per-dy=5             | venice.drops.draft.budget.per-dy | venice.drops.draft.budget.per-day is one",
            "venice.drops.darft.budget.per-day=5            | venice.drops.darft.budget.per-day | does not name darft",
            "venice.drop.settle=2 sec                       | venice.drop.settle=2 sec   | a duration from 0ms to 1d",
            "venice.ledger.lease=10ms                       | venice.ledger.lease=10ms   | a duration from 30s to 7d",
            "venice.defaults.duration=5                     | venice.defaults.duration=5 | such as 5s",
            "venice.drops.draft.defaults.resoluton=720p     | venice.drops.draft.defaults.resoluton | venice.drops.draft.defaults.resolution is one",
            "venice.defaults.upscale-factor=3               | venice.defaults.upscale-factor=3 | one of 1, 2, 4",
            "venice.submit.workers=0                        | venice.submit.workers=0    | a whole number from 1 to 1000",
            "venice.submit.retry-500=maybe                  | venice.submit.retry-500=maybe | true or false",
            "venice.zone=Paris                              | venice.zone=Paris          | a time zone",
            "venice.console.port=eighty                     | venice.console.port=eighty | a port from 1 to 65535",
            "venice.console.token=secretive                 | venice.console.token       | at least 16 characters",
            "venice.console.host=0.0.0.0                    | venice.console.token       | lets other machines in",
            "venice.api.url=http://example.org              | venice.api.url=http://example.org | https",
            "venice.staging.uri=file:secretive              | venice.staging.uri         | a bucket",
            "venice.delivery.to=archve                      | venice.delivery.to=archve  | names out of [archive, videos]",
            "venice.delivery.name={nme}                     | venice.delivery.name={nme} | placeholders out of",
            "venice.destinations.archive=fiel:x             | venice.destinations.archive | file is one",
            "venice.destinations.archive=file:x?autoCraete=secretive | venice.destinations.archive | autoCreate is one",
            "venice.destinations.archive.requird=true       | venice.destinations.archive.requird | venice.destinations.archive.required is one",
            "venice.drops.draft.deliver-to=archve           | venice.drops.draft.deliver-to=archve | names out of",
            "venice.destinations.archive.name={nme}         | venice.destinations.archive.name={nme} | placeholders out of",
            "venice.drop.sources=inbox                      | venice.drop.sources.inbox  | the URI of a bucket",
            "venice.drop.sources.inbox=file:secretive       | venice.drop.sources.inbox  | begins with aws2-s3:",
            "venice.consent.standing.ada.person=Ada Lovelace | venice.consent.standing.ada.policy-hash | is missing",
            "venice.consent.standing.ada.until=tomorrow     | venice.consent.standing.ada.until=tomorrow | a day such as",
            "venice.routes.dir=/nowhere/at/all              | venice.routes.dir=/nowhere/at/all | is not there",
            "venice.home={{nobody.knows}}                   | venice.home                | placeholder {{nobody.knows}}"})
    void isSaidByTheKeysNameAndNothingIsBegun(String line, String key, String why) throws Exception {
        assertThat(start(line)).as(log.list.toString()).isEqualTo(1);

        assertThat(sentence()).contains(key).contains(why).contains("Setting ")
                .doesNotContain("secretive").doesNotContain("Exception");
        assertThat(log.list).allSatisfy(event -> assertThat(event.getThrowableProxy()).as("no stack trace").isNull());
        assertThat(command(1, write(line), "--settings")).as("without a start").contains(key).contains(why).doesNotContain("secretive");
    }

    /** A home that is misspelt would have a command look into another. */
    @Test
    void isSaidByEveryCommand() throws Exception {
        Path slips = write("venice.hom=elsewhere", "venice.zone=Paris");

        for (String command : List.of("--status", "--jobs", "--why x", "--spend", "--models --offline", "--consents", "--validate --offline x",
                "--backup " + folder.resolve("copy"), "--forget-job x")) {
            assertThat(command(1, slips, command.split(" "))).as(command).contains("Setting venice.hom is read by nobody")
                    .contains("venice.home is one").contains("Setting venice.zone=Paris cannot be used");
        }
        assertThat(folder).isDirectoryContaining(path -> path.equals(slips)).isDirectoryNotContaining(path -> !path.equals(slips));
    }

    @Test
    void whatIsSetSaysWhereItIsSet() throws Exception {
        start("venice.zone=Paris");

        assertThat(sentence()).contains("in the file " + folder.resolve("settings.properties"));
    }

    /** Whoever tries it out without a key finds out before there is one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"venice.destinations.archive=file:x?autoCraete=true|autoCreate is one",
            "venice.drop.sources=inbox|the URI of a bucket", "venice.staging.uri=aws2-s3://b?regoin=x|region is one",
            "venice.delivery.to=archve|names out of"})
    void theSandboxLooksAtWhereVideosWouldGo(String line, String why) throws Exception {
        assertThat(start("venice.api.key=", line)).isEqualTo(1);
        assertThat(sentence()).contains(line.substring(0, line.indexOf('='))).contains(why);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(start("venice.console.port=" + taken.getLocalPort())).isEqualTo(1);
            assertThat(sentence()).contains("venice.console.port=" + taken.getLocalPort()).contains("nobody else listens");
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("home"));

        assertThat(start("venice.home=" + inTheWay)).isEqualTo(1);
        assertThat(sentence()).contains("The folder " + inTheWay).contains("in its way").contains("venice.home").doesNotContain("Exception");
        assertThat(settings(1, "venice.home=" + inTheWay)).contains("The folder " + inTheWay).contains("in its way");
        assertThat(settings(1, "venice.ledger.dir=" + inTheWay)).contains("WRONG: The folder " + inTheWay).contains("venice.ledger.dir");
        assertThat(start("venice.home=" + folder.resolve("other"), "venice.ledger.dir=" + inTheWay)).isEqualTo(1);
        assertThat(log.list.get(log.list.size() - 1).getFormattedMessage()).contains("The ledger folder " + inTheWay)
                .contains("venice.ledger.dir").doesNotContain("Exception");
    }

    @Test
    void aLedgerInUseIsNamed() throws Exception {
        Path ledger = folder.resolve("ledger");
        try (Ledger other = new Ledger(ledger, Clock.systemUTC())) {
            other.start();
            assertThat(start("venice.ledger.dir=" + ledger)).isEqualTo(1);
        }
        assertThat(sentence()).contains("Another program is using the ledger in " + ledger);
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        assertThat(new Program(System.out, System.err).run(CommandLine.parse(new String[] {"--config", folder.resolve("none").toString()}))).isEqualTo(1);
        assertThat(sentence()).contains("There is no file " + folder.resolve("none"));
    }

    @Test
    void allThatHoldsIsPrintedAndCheckedWithoutAStart() throws Exception {
        String right = settings(0, "venice.zone=Europe/Berlin", "venice.api.key=secretive-key", "venice.console.token=secretive-token-1",
                "venice.drops.draft.budget.per-day=7", "venice.events.uri=direct:secretive", "venice.delivery.name={name}-secretive-key");

        assertThat(right.lines()).anyMatch(line -> line.startsWith("venice.zone=Europe/Berlin") && line.contains("settings.properties"))
                .anyMatch(line -> line.startsWith("venice.poll.workers=8") && line.contains("by default"))
                .anyMatch(line -> line.startsWith("venice.drops.draft.budget.per-day=7"))
                .anyMatch(line -> line.startsWith("venice.api.key=(not shown)")).anyMatch(line -> line.startsWith("venice.events.uri=direct:…"))
                .last().isEqualTo("The program can start with these settings.");
        assertThat(right).doesNotContain("secretive");
        assertThat(settings(1, "venice.zone=Paris", "venice.buget.per-day=1")).contains("WRONG: Setting venice.zone=Paris")
                .contains("WRONG: Setting venice.buget.per-day").contains("does not start");
        assertThat(settings(1, "venice.api.key=", "venice.delivery.to=archve")).contains("by the sandbox").contains("WRONG: Setting venice.delivery.to=archve");
        assertThat(folder).isDirectoryNotContaining(path -> !path.getFileName().toString().equals("settings.properties"));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        Path file = Files.write(folder.resolve("latin.properties"), new byte[] {'a', '=', (byte) 0xe4});

        assertThat(run(file, System.out)).isEqualTo(1);
        assertThat(sentence()).contains("The settings file " + file + " cannot be read").contains("UTF-8");
        assertThat(command(1, file, "--status")).contains("The settings file " + file);
    }

    private String settings(int status, String... lines) throws Exception {
        return command(status, write(lines), "--settings");
    }

    private static String command(int status, Path file, String... command) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(run(file, new PrintStream(out, true, StandardCharsets.UTF_8), command)).isEqualTo(status);
        return out.toString(StandardCharsets.UTF_8);
    }

    private int start(String... lines) throws Exception {
        return run(write(lines), System.out);
    }

    private Path write(String... lines) throws Exception {
        Path file = folder.resolve("settings.properties");
        Files.write(file, List.of("venice.home=" + folder.resolve("none"), "venice.api.key=a-key", "venice.api.url=" + sandbox.apiUrl(),
                "venice.console.port=0", "venice.drops=draft", "venice.drop.sources=" + (String.join("", lines).contains(".inbox=") ? "inbox" : ""), "venice.destinations.archive=file:" + folder.resolve("archive")));
        Files.write(file, List.of(lines), StandardOpenOption.APPEND);
        return file;
    }

    private static int run(Path file, PrintStream out, String... more) throws Exception {
        return new Program(out, out).run(CommandLine.parse(Stream.concat(Stream.of("--config", file.toString()),
                Stream.of(more)).toArray(String[]::new)));
    }

    private String sentence() {
        return log.list.stream().filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage).reduce((first, second) -> first + "\n" + second).orElse("");
    }
}
