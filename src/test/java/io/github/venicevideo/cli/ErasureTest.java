package io.github.venicevideo.cli;

import static io.github.venicevideo.SampleMedia.face;
import static io.github.venicevideo.SampleMedia.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Station;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.api.Revocation;
import io.github.venicevideo.ledger.consent.ConsentCheck;
import io.github.venicevideo.ledger.consent.ConsentFilter;
import io.github.venicevideo.ledger.consent.Consents;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is forgotten is nowhere in the home any more, in no byte of any file; what was paid, and the chain, stay. */
@Timeout(300)
class ErasureTest {

    private static final String ADA = "Ada Lovelace";
    private static final String PROMPT = "The countess dances at dawn";

    @TempDir
    private Path folder;
    private Station station;
    private JsonNode parked;
    private JsonNode done;

    @BeforeEach
    void work() throws Exception {
        station = Station.quick(folder).with("venice.console.port", "0").start();
        station.dropReady("portrait", Map.of("prompt.txt", PROMPT, "image.png", face("Anna")));
        station.dropReady("dance", Map.of("prompt.txt", PROMPT + " twice"));
        station.dropReady("landscape", Map.of("prompt.txt", "A landscape"));
        station.dropReady("useless", Map.of("prompt.txt", "Who is Ada\nLovelace? " + ADA, "nonsense.bin", "x"));
        station.awaitFailed("useless");
        parked = station.awaitParked("portrait");
        done = station.awaitDone("dance");
        station.awaitDone("landscape");
        Files.writeString(station.home().resolve(".ledger/ledger-before-V8.db"), "An old copy that names " + ADA);
        Files.writeString(station.home().resolve("parked/portrait/answer-refused.json"), "{\"by\": \"" + ADA + "\"}");
        Files.createDirectories(station.home().resolve("consents/taken/one"));
        Files.writeString(station.home().resolve("consents/taken/one/answer.json"), "{\"by\": \"" + ADA + "\", \"media\": [\"" + hash()
                + "\"]}");
        Files.createDirectories(station.home().resolve("consents/refused"));
        Files.writeString(station.home().resolve("consents/refused/two.json"), "{\"by\": \"Bob\"}");
        station.ledger().consentStore().record(new Attestation("1", Attestation.Kind.GIVEN, ADA, Consents.NOW, "seedance",
                Optional.of(Policy.hashOf("text")), List.of("confirmed_legal_right"),
                List.of(new AttestedMedium(Optional.of(hash()), "portrait-of-ada.png")), Optional.of(id(parked)),
                Optional.of("portrait"), Attestation.Way.FILE, Optional.of("Release of the countess"), Optional.empty()));
        station.ledger().consentStore().record(Consents.given("2", "Bob", "b"));
        station.ledger().consentUses().granted(id(done), List.of(Consents.use(id(done), "1", Consents.NOW)));
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void aPersonIsForgottenByAProgramThatRuns() throws Exception {
        long spent = spent();
        HttpResponse<String> asked = forget("{\"person\": \"ada  lovelace\"}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        assertThat(Json.mapper().readTree(asked.body()).path("forgotten").asBoolean(true)).isFalse();
        assertThat(found(ADA)).isNotEmpty();

        JsonNode answer = Json.mapper().readTree(forget("{\"person\": \"ada  lovelace\", \"confirm\": true}").body());

        assertThat(answer.path("forgotten").asBoolean()).as(answer.toString()).isTrue();
        assertThat(answer.path("jobs")).extracting(JsonNode::asText).contains(id(parked), id(done)).hasSize(3);
        assertThat(answer.path("out_of_reach").toString()).contains(station.video("dance").toString())
                .contains(done.path("queue_id").asText()).contains("--backup");
        assertGone(ADA, "ada lovelace", PROMPT, "portrait-of-ada", "Release of the countess", "answer-refused");
        assertNoFace();
        assertChainIsWhole();
        assertThat(spent()).isEqualTo(spent);
        Job left = station.ledger().jobs().find(id(done)).orElseThrow();
        assertThat(left.state()).isEqualTo(JobState.DELIVERED);
        assertThat(left.price()).isPresent();
        assertThat(station.ledger().jobs().find(id(parked)).orElseThrow().state()).isEqualTo(JobState.FAILED);
        assertThat(station.home().resolve("done/landscape/job.json")).isRegularFile();
        assertThat(found("A landscape")).isNotEmpty();
        assertThat(station.home().resolve("consents/refused/two.json")).isRegularFile();
        assertThat(station.ledger().consentStore().inForce(Set.of("1", "2"), Consents.NOW)).containsExactly("2");

        JsonNode again = Json.mapper().readTree(forget("{\"person\": \"ada  lovelace\", \"confirm\": true}").body());
        assertThat(again.path("jobs")).isEmpty();
        assertThat(again.path("out_of_reach")).isEmpty();
        station.dropReady("afterwards", Map.of("prompt.txt", "Afterwards"));
        station.awaitDone("afterwards");
    }

    @Test
    void aMediumIsForgottenWithTheJobsThatItWasPartOf() throws Exception {
        station.stop();

        assertThat(run(0, "--forget-medium", hash())).contains("To be forgotten: 1 jobs").contains("Nothing was changed");
        assertThat(run(0, "--forget-medium", hash(), "--yes")).contains("Forgotten: 1 jobs").contains(id(parked))
                .contains("parked/portrait").contains("ledger-before-V8.db");

        assertNoFace();
        assertGone(hash(), "portrait-of-ada");
        station.start();
        assertChainIsWhole();
        assertThat(station.ledger().consentStore().lookUp("seedance", Policy.hashOf("text"), Set.of(hash()), Consents.NOW)
                .attested()).isEmpty();
        assertThat(station.home().resolve("done/dance/job.json")).isRegularFile();
    }

    /** Of a job that is gone long since, or of none at all. */
    @Test
    void whatCouldNotBeTakenOrRemovedIsSearchedTooAndNamedWhereThatCannotBe() throws Exception {
        Path left = station.home().resolve(".left");
        Files.writeString(Files.createDirectories(left.resolve("long-gone/claimed/x")).resolve("notes.txt"), "For " + ADA);
        Files.writeString(Files.createDirectories(left.resolve("other/claimed/x")).resolve("notes.txt"), "For Bob");
        Files.createDirectories(left.resolve("deep/" + "a/".repeat(600)));

        assertThat(outOfReach("{\"person\": \"" + ADA + "\"}")).contains(left.resolve("deep") + " cannot be read through");
        String answer = forget("{\"person\": \"" + ADA + "\", \"confirm\": true}").body();

        assertThat(answer).contains(left.resolve("long-gone").toString()).contains(left.resolve("deep") + " cannot be read through");
        assertThat(left.resolve("long-gone")).doesNotExist();
        assertThat(left.resolve("other")).exists();
        assertGone(ADA);
    }

    @Test
    void aJobIsForgotten() throws Exception {
        station.stop();

        assertThat(run(0, "--forget-job", id(done), "--yes")).contains("Forgotten: 1 jobs");

        assertGone(PROMPT + " twice");
        assertThat(station.home().resolve("done/dance")).doesNotExist();
        station.start();
        assertChainIsWhole();
        assertThat(station.ledger().consentReport().rows(ConsentFilter.all()))
                .anySatisfy(row -> assertThat(row.use()).get().satisfies(use -> assertThat(use.bundle()).isEmpty()));
    }

    @Test
    void whatSomebodyTookBackStaysSoWhenTheyAreForgotten() throws Exception {
        Instant later = Consents.NOW.plusSeconds(1);
        ConsentStore store = station.ledger().consentStore();
        store.record(Consents.given("3", "Charles Babbage", "c"));
        store.revoke(new Revocation("r", later, "Mary Somerville", Revocation.Scope.PERSON, "Charles Babbage",
                Optional.of("Somerville was asked to")));
        assertThat(store.inForce(Set.of("2", "3"), later)).containsExactly("2");

        assertThat(forget("{\"person\": \"mary somerville\", \"confirm\": true}").body()).contains("\"consents\" : 2");

        assertGone("Somerville");
        assertThat(store.inForce(Set.of("2", "3"), later)).containsExactly("2");
        assertThat(store.isRevoked("charles babbage")).isTrue();
        assertThat(store.lookUp("seedance", Policy.hashOf("text"), Set.of(Consents.sha("c")), later).attested()).isEmpty();
        assertChainIsWhole();

        assertThat(forget("{\"person\": \"Charles Babbage\", \"confirm\": true}").statusCode()).isEqualTo(200);

        assertGone("Babbage", "babbage");
        assertThat(store.inForce(Set.of("2", "3"), later)).containsExactly("2");
        assertChainIsWhole();
    }

    @Test
    void whatIsLeftOfAJobWhoseWordsWereForgottenIsForgotten() throws Exception {
        forgetWords(3);

        JsonNode answer = Json.mapper().readTree(forget("{\"person\": \"Ada Lovelace\", \"confirm\": true}").body());

        assertThat(answer.path("jobs")).extracting(JsonNode::asText).contains(id(parked), id(done)).hasSize(3);
        assertThat(answer.path("out_of_reach").toString()).contains(station.video("dance").toString());
        assertThat(station.home().resolve("done/dance")).doesNotExist();
        assertGone(ADA, PROMPT);
        assertThat(station.ledger().jobs().find(id(done)).orElseThrow().bundle()).isEmpty();
        assertThat(Json.mapper().readTree(forget("{\"person\": \"Ada Lovelace\"}").body()).path("jobs")).isEmpty();
    }

    @Test
    void aMediumThatWasGivenAsDataIsForgotten() throws Exception {
        byte[] picture = png("A canal");
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
        assertThat(data.length()).isLessThan(8192);
        for (String name : List.of("canal", "lagoon")) {
            station.dropReady(name, Map.of("request.json", "{\"prompt\": \"A " + name + "\", \"image_url\": \"" + data + "\"}"));
            station.awaitDone(name);
            if (name.equals("canal")) {
                forgetWords(4);
            }
        }
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture));

        JsonNode answer = Json.mapper().readTree(forget("{\"medium\": \"" + digest + "\", \"confirm\": true}").body());

        assertThat(answer.path("jobs")).as(answer.toString()).hasSize(2);
        assertGone(data, "A lagoon", "A canal");
    }

    @Test
    void whatStillLiesInBucketsAndFoldersThatAreNotOursIsListed() throws Exception {
        station.ledger().deliveries().reserve(id(done), "archive", "2026/dance");
        station.ledger().deliveries().begun(id(done), "archive", "2026/dance");
        station.ledger().deliveries().givenUp(id(done), "archive");
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + station.home().resolve(".ledger/ledger.db"));
                PreparedStatement update = ledger.prepareStatement("UPDATE job SET reference = ? WHERE id = ?")) {
            update.setString(1, "source:inbox:my-inbox/dance/request.json#v1");
            update.setString(2, id(done));
            update.execute();
        }
        station.ledger().stagedMedia().intend(id(done), "my-staging", Consents.sha("d"), "venice-staging/first.png");
        station.ledger().stagedMedia().intend(id(parked), "old-staging", hash(), "venice-staging/second.png");
        station.ledger().stagedMedia().intend(id(parked), "old-staging", Consents.sha("e"), "venice-staging/removed.png");
        station.ledger().stagedMedia().removed("venice-staging/removed.png");

        assertThat(outOfReach("{\"job\": \"" + id(done) + "\"}")).contains("my-staging", "venice-staging/first.png",
                station.video("dance") + " (videos)", "whatever was written under 2026/dance at archive", "own media",
                "source:inbox:my-inbox/dance/request.json#v1").doesNotContain("second.png");
        assertThat(outOfReach("{\"medium\": \"" + hash() + "\", \"confirm\": true}")).contains("old-staging",
                "venice-staging/second.png").doesNotContain("first.png", "removed.png");
        assertThat(outOfReach("{\"medium\": \"" + hash() + "\", \"confirm\": true}")).contains("venice-staging/second.png");
        station.ledger().stagedMedia().removed("venice-staging/second.png");
        assertThat(outOfReach("{\"medium\": \"" + hash() + "\", \"confirm\": true}")).isEqualTo("[]");
    }

    @Test
    void whatIsInTheWayIsSaid() throws Exception {
        assertThatThrownBy(() -> run(0, "--forget-job", id(done), "--yes")).hasMessageContaining("Another program")
                .hasMessageContaining("/api/forget");
        assertThat(forget("{\"job\": \"unknown\", \"confirm\": true}").statusCode()).isEqualTo(400);
        assertThat(forget("{\"person\": \"A\"}").statusCode()).isEqualTo(400);
        assertThat(forget("{\"medium\": \"A\"}").statusCode()).isEqualTo(400);
        assertThat(forget("{\"job\": \"a\", \"person\": \"Ada\"}").statusCode()).isEqualTo(400);
        assertThat(forget("{\"jbo\": \"a\"}").statusCode()).isEqualTo(400);
        assertThat(forget("nonsense").statusCode()).isEqualTo(400);
        assertThat(forget("").statusCode()).isEqualTo(400);
        station.stop();
        station.with("venice.consent.standing.a.person", "ada LOVELACE");
        assertThat(run(3, "--forget-person", ADA, "--yes")).contains("venice.consent.standing.a.person");
        assertThat(found(ADA)).isNotEmpty();
    }

    /** Once nobody has the jobs in hand. */
    private void forgetWords(int jobs) {
        AtomicInteger forgotten = new AtomicInteger();
        await().atMost(Station.PATIENCE).until(() -> forgotten.addAndGet(station.ledger().retention()
                .forgetWords(station.clock().instant().plus(Duration.ofDays(1)))) == jobs);
    }

    private String outOfReach(String body) throws Exception {
        return Json.mapper().readTree(forget(body).body()).path("out_of_reach").toString();
    }

    private static String hash() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(face("Anna")));
    }

    private void assertChainIsWhole() {
        ConsentCheck check = station.ledger().consentReport().check(Optional.empty());
        assertThat(check.broken()).isEmpty();
        assertThat(check.erased()).isPositive();
    }

    private long spent() {
        return station.ledger().jobs().all().stream().mapToLong(job -> job.price().orElse(0L)).sum();
    }

    private void assertGone(String... words) throws IOException {
        for (String word : words) {
            assertThat(found(word)).as(word).isEmpty();
        }
    }

    private void assertNoFace() throws IOException {
        byte[] face = face("Anna");
        assertThat(found(Arrays.copyOfRange(face, face.length / 2, face.length / 2 + 64))).isEmpty();
    }

    private List<Path> found(String word) throws IOException {
        return found(word.getBytes(StandardCharsets.UTF_8));
    }

    /** The files of the home that hold these bytes, or bear them in their names; what was delivered is out of reach. */
    private List<Path> found(byte[] bytes) throws IOException {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(station.home())) {
            for (Path file : (Iterable<Path>) files.filter(path -> !path.startsWith(station.home().resolve("videos")))::iterator) {
                if (Files.isRegularFile(file) && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(wanted)
                        || file.getFileName().toString().contains(wanted)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** Once no job is still being cleaned up. */
    private HttpResponse<String> forget(String body) {
        HttpRequest request = HttpRequest.newBuilder(station.console("/api/forget"))
                .timeout(Duration.ofSeconds(20)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return await().atMost(Station.PATIENCE).until(() -> HttpClient.newHttpClient().send(request,
                HttpResponse.BodyHandlers.ofString()), answer -> answer.statusCode() != 409);
    }

    private String run(int status, String... arguments) throws Exception {
        CommandLine line = CommandLine.parse(arguments);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(line.command().orElseThrow().run(CommandSettings.of(Settings.packaged().with(station.settings()),
                new Properties()), line.operands(), new PrintStream(out, true, StandardCharsets.UTF_8))).isEqualTo(status);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String id(JsonNode job) {
        return job.path("job_id").asText();
    }
}
