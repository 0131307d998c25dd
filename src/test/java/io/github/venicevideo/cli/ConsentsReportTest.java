package io.github.venicevideo.cli;

import static io.github.venicevideo.ledger.consent.Consents.NOW;
import static io.github.venicevideo.ledger.consent.Consents.given;
import static io.github.venicevideo.ledger.consent.Consents.sha;
import static io.github.venicevideo.ledger.consent.Consents.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Station;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which videos rest on which attestation, asked on the command line and over HTTP while the program works. */
@Timeout(300)
class ConsentsReportTest {

    private static final String FORMULA = "=HYPERLINK(\"http://evil.example\",\"Ada, \"\"the\"\" first\")";

    @TempDir
    private static Path folder;
    private static Station station;
    private static String job;
    private static String video;

    @BeforeAll
    static void start() throws Exception {
        station = Station.quick(folder).with("venice.console.port", "0").start();
        station.dropReady("made", Map.of("prompt.txt", "Made"));
        JsonNode done = station.awaitDone("made");
        job = done.path("job_id").asText();
        video = done.at("/video/sha256").asText();
        station.ledger().consentStore().record(given("1", "Ada Lovelace", "a"));
        station.ledger().consentStore().record(given("2", FORMULA, "b"));
        station.ledger().consentUses().granted(job, List.of(use(job, "1", NOW, "a")));
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
    }

    @Test
    void peopleReadIt() throws Exception {
        assertThat(run(0, "--consents")).contains("Ada Lovelace, 2026-11-24T12:00:00Z").contains("Release 4711")
                .contains(job).contains("made").contains("delivered").contains(station.video("made").toString())
                .contains("a.png").contains("Head of the chain: " + station.ledger().consentReport().head().hash());
    }

    @Test
    void programsReadIt() throws Exception {
        JsonNode report = Json.mapper().readTree(run(0, "--consents", "--json", "--job", job));

        assertThat(report.path("consents")).hasSize(1);
        JsonNode row = report.at("/consents/0");
        assertThat(row.path("by").asText()).isEqualTo("Ada Lovelace");
        assertThat(row.path("way").asText()).isEqualTo("file");
        assertThat(row.at("/media/0/sha256").asText()).isEqualTo(sha("a"));
        assertThat(row.at("/job/job_id").asText()).isEqualTo(job);
        assertThat(row.at("/job/video_sha256").asText()).isEqualTo(video);
        assertThat(row.at("/job/delivered_to/0").asText()).isEqualTo(station.video("made").toString());
        assertThat(report.at("/head/entries").asInt()).isEqualTo(3);
        assertThat(get("/api/consents?job=" + job).body()).isEqualTo(new String(Json.pretty(report), StandardCharsets.UTF_8));
        assertThat(Json.mapper().readTree(get("/api/consents/head").body())).isEqualTo(report.path("head"));
        assertThat(run(0, "--consents", "--head").strip()).isEqualTo(report.at("/head/hash").asText());
    }

    @Test
    void spreadsheetsReadItAndRunNothing() throws Exception {
        HttpResponse<String> answer = get("/api/consents?format=csv&person=" + URLEncoder.encode(FORMULA, StandardCharsets.UTF_8));

        assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("text/csv");
        assertThat(answer.body()).contains("\r\n");
        List<CSVRecord> records = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get()
                .parse(new StringReader(answer.body())).getRecords();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).get("by")).isEqualTo("'" + FORMULA);
        assertThat(records.get(0).get("media_sha256")).isEqualTo(sha("b"));
        assertThat(get("/api/consents", "Accept", "text/csv").body()).isEqualTo(run(0, "--consents", "--csv"))
                .startsWith("attestation,kind,by,").contains(video);
    }

    @Test
    void theChainIsChecked() throws Exception {
        String head = station.ledger().consentReport().head().hash();

        assertThat(run(0, "--consents", "--verify")).contains("whole").contains("2 attestations, 1 uses").contains(head);
        assertThat(run(0, "--consents", "--verify", "--expect-head", head)).contains("whole");
        assertThat(run(3, "--consents", "--verify", "--expect-head", sha("f"))).contains("BROKEN").contains("Entry 4");
        JsonNode json = Json.mapper().readTree(run(3, "--consents", "--verify", "--json", "--expect-head", sha("f")));
        assertThat(json.path("whole").asBoolean(true)).isFalse();
        assertThat(json.path("broken").asText()).contains(sha("f"));
    }

    @Test
    void whatCannotBeUnderstoodIsSaidSo() throws Exception {
        for (String[] wrong : new String[][] {{"--xml"}, {"--person"}, {"--medium", "abc"}, {"--verify", "--csv"},
                {"--expect-head", "x"}, {"--json", "--csv"}, {"--json", "--json"}}) {
            String[] line = new String[wrong.length + 1];
            line[0] = "--consents";
            System.arraycopy(wrong, 0, line, 1, wrong.length);
            assertThatThrownBy(() -> run(0, line)).as(wrong[0]).isInstanceOf(UsageException.class)
                    .hasMessageContaining(wrong[0].replace("--medium", "SHA-256").replace("--verify",
                            "--csv"));
        }
        assertThat(get("/api/consents?medium=abc").statusCode()).isEqualTo(400);
        assertThat(get("/api/consents?format=xml").statusCode()).isEqualTo(400);
    }

    private static String run(int status, String... arguments) throws Exception {
        CommandLine line = CommandLine.parse(arguments);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(line.command().orElseThrow().run(CommandSettings.of(Settings.packaged().with(station.settings()),
                new Properties()), line.operands(), new PrintStream(out, true, StandardCharsets.UTF_8))).isEqualTo(status);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(station.console(path)).timeout(Duration.ofSeconds(20));
        return HttpClient.newHttpClient().send((headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
