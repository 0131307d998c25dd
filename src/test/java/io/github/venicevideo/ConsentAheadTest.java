package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.face;
import static io.github.venicevideo.SampleMedia.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.ledger.consent.ConsentEntry;
import io.github.venicevideo.ledger.consent.ConsentUse;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Hold;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Consent that comes by another way than beside a parked bundle: ahead, by call, standing; and how it is taken back. */
@Timeout(300)
class ConsentAheadTest {

    private static final String POLICY = "I may use this person's image.\nAll of it.";

    @TempDir
    private Path folder;
    private Station station;
    private ConsentStation people;

    @Test
    void oneNameThatCannotBeSpelledHoldsUpNoOther() throws Exception {
        Path consents = station.home().resolve("consents");
        await().atMost(Station.PATIENCE).until(() -> Files.isDirectory(consents));
        assertThat(new ProcessBuilder("sh", "-c", "echo '{}' > \"$(printf 'a\\377.json')\"").directory(consents.toFile()).start().waitFor())
                .isZero();
        Files.writeString(consents.resolve("of no use.json"), "{}");

        await().atMost(Station.PATIENCE).until(() -> Files.exists(consents.resolve("refused/of no use/error.txt")));
        assertThat(Stays.read(Home.at(station.home()))).anySatisfy(sentence -> assertThat(sentence)
                .contains("stays in consents: it has a name that this program cannot spell"));
    }

    @BeforeEach
    void start() throws Exception {
        station = Station.quick(folder).with("venice.console.port", "0")
                .with("venice.drops", "drop,studio")
                .with("venice.consent.standing.ada.person", "Ada Lovelace")
                .with("venice.consent.standing.ada.policy-hash", Policy.hashOf(POLICY))
                .with("venice.consent.standing.ada.drop", "studio")
                .with("venice.consent.standing.ada.confirms", String.join(",", ConsentFlow.SEEDANCE.statements()))
                .with("venice.consent.standing.ada.until", "2999-12-31")
                .startImpatient();
        station.sandbox().policy("v9", POLICY);
        people = new ConsentStation(station);
        people.drop("first", "The first", Map.of("image.png", face("Anna")));
        station.awaitParked("first");
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(station.ledger().consentUses().chain()).allMatch(ConsentEntry::isWhole);
        station.close();
    }

    @Test
    void aFolderOfPicturesIsAttestedAheadWithTheTextInHandAndItsBundlesAreUploadedOnce() throws Exception {
        Path form = formBeside(POLICY);
        ObjectNode filled = fill((ObjectNode) Json.mapper().readTree(Files.readAllBytes(form)));
        filled.remove("media");

        JsonNode result = put("berta", Map.of("berta.png", face("Berta"), "attestation.json", Json.pretty(filled)), "taken",
                "result.json");

        assertThat(result.at("/media/0/sha256").asText()).isEqualTo(sha256(face("Berta")));
        people.drop("berta", "Berta", Map.of("image.png", face("Berta")));
        station.awaitDone("berta");
        people.assertPosted("Berta", true);
        station.awaitParked("first");
    }

    @Test
    void whatAProgramLeftThatDiedWithTheResultReadyIsHandedOutOnce() throws Exception {
        ObjectNode statement = fill(Json.mapper().createObjectNode()).put("policy_text", POLICY);
        put("berta", Map.of("berta.png", face("Berta"), "attestation.json", Json.pretty(statement)), "taken", "result.json");
        Path out = station.home().resolve("consents/taken/berta");
        Path desk = Files.createDirectories(folder.resolve("desk"));
        DurableFiles.copyTree(out, Files.createDirectories(desk.resolve("dropped")).resolve("berta"));
        Files.delete(desk.resolve("dropped/berta/result.json"));
        Files.move(out, Files.createDirectories(desk.resolve("taken")).resolve("berta"));

        Files.move(desk, station.home().resolve(".consents/20260101-000000-left"));

        await().atMost(Station.PATIENCE).until(() -> Files.exists(out.resolve("result.json")));
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(station.home().resolve(".consents")).isEmptyDirectory());
        assertThat(station.home().resolve("consents/taken").toFile().list()).containsExactly("berta");
        assertThat(station.home().resolve("consents/refused")).doesNotExist();
        assertThat(station.ledger().consentUses().chain()).hasSize(1);
    }

    @Test
    void whatIsAttestedAheadLetsWaitingBundlesGoOn() throws Exception {
        ObjectNode statement = fill(Json.mapper().createObjectNode()).put("policy_text", POLICY);
        statement.putArray("media").add(sha256(face("Anna")));
        drop("anna.json", Json.pretty(statement));

        station.awaitDone("first");

        people.assertPosted("The first", false, true);
    }

    @Test
    void withoutTheTextNothingIsTaken() throws Exception {
        ObjectNode statement = fill(Json.mapper().createObjectNode());
        statement.putArray("media").add(sha256(face("Anna")));
        assertThat(refusal("none", statement)).contains("policy_text is missing");
        assertThat(refusal("other", statement.put("policy_text", "Something that I made up."))).contains("word for word");
        assertThat(refusal("nobody", statement.put("policy_text", POLICY).put("by", "your name"))).contains("names nobody");
        assertThat(refusal("unsaid", fill(statement).put("confirmed_legal_right", "true"))).contains("is \"true\"");
        fill(statement).putArray("media").add("somewhere.png");
        assertThat(refusal("elsewhere", statement)).contains("neither a SHA-256");
        assertThat(refusal("id", Json.mapper().createObjectNode().put("revoke", "attestation").put("target", "x".repeat(65))
                .put("by", "Anna Model"))).contains("no attestation's id has more than 64");
        assertThat(refusal("scope", Json.mapper().createObjectNode().put("revoke", "everything"))).contains("Allowed: medium");

        assertThat(station.ledger().consentUses().chain()).isEmpty();
        people.assertPosted("The first", false);
    }

    @Test
    void aRevocationTellsWhatRestsOnItAndWhatWaitsIsParked() throws Exception {
        people.approve("first", "Ada Lovelace");
        station.awaitDone("first");

        JsonNode report = put("back", Map.of("anna.png", face("Anna"), "revocation.json", Json.pretty(Json.mapper()
                .createObjectNode().put("revoke", "medium").put("target", "anna.png").put("by", "Anna Model"))), "taken",
                "result.json");

        assertThat(report.path("attestations")).hasSize(1);
        assertThat(report.at("/jobs/0/bundle").asText()).isEqualTo("first");
        assertThat(report.at("/jobs/0/state").asText()).isEqualTo("delivered");
        assertThat(report.at("/jobs/0/to_do").asText()).contains("Delete the video");
        assertThat(report.at("/jobs/0/delivered_to/0").asText()).endsWith("first.mp4");
        people.drop("later", "Later", Map.of("image.png", face("Anna")));
        station.awaitParked("later");
        assertThat(station.posted("Later")).isEmpty();
    }

    @Test
    void whatIsTakenBackWhileAJobIsOnItsWayIsParkedInsteadOfSent() throws Exception {
        people.approve("first", "Ada Lovelace");
        station.awaitDone("first");
        Hold quote = station.sandbox().faults().hold(Call.QUOTE, Hold.Point.BEFORE_ANSWER);
        people.drop("later", "Later", Map.of("image.png", face("Anna")));
        assertThat(quote.awaitHeld(Station.PATIENCE)).isTrue();

        JsonNode report = call("/api/revocations", Json.mapper().createObjectNode().put("revoke", "medium")
                .put("target", sha256(face("Anna"))).put("by", "Anna Model"), 200);
        quote.release();

        assertThat(report.path("jobs")).filteredOn(job -> job.path("bundle").asText().equals("later")).singleElement()
                .satisfies(job -> assertThat(job.path("to_do").asText()).contains("look again in a minute"));
        assertThat(station.awaitParked("later").path("asked_because").asText()).isEqualTo("revoked");
        assertThat(station.posted("Later")).isEmpty();
    }

    @Test
    void aStandingConsentServesItsDropFolderAloneAndIsRecordedForEachUse() throws Exception {
        dropInto("studio", "shot", "A shot", face("Clara"));
        String jobId = station.awaitDone("shot").path("job_id").asText();
        people.drop("elsewhere", "Elsewhere", Map.of("image.png", face("Dora")));
        station.awaitParked("elsewhere");

        people.assertPosted("A shot", false, true);
        assertThat(station.ledger().consentUses().of(jobId)).extracting(ConsentUse::by)
                .containsExactly(Optional.of("Ada Lovelace"));

        station.sandbox().policy("v10", "Another text.");
        dropInto("studio", "later", "Later", face("Clara"));
        JsonNode parked = station.awaitParked("later");
        assertThat(parked.path("message").asText()).contains("venice.consent.standing.ada is pinned to another policy text");
        people.assertPosted("Later", false);
    }

    @Test
    void aStandingConsentDoesNotServeAgainForMediaThatItsUseWasTakenBackFor() throws Exception {
        dropInto("studio", "shot", "A shot", face("Clara"));
        String jobId = station.awaitDone("shot").path("job_id").asText();
        String used = station.ledger().consentUses().of(jobId).get(0).attestationId();
        call("/api/revocations", Json.mapper().createObjectNode().put("revoke", "attestation").put("target", used)
                .put("by", "Clara Model"), 200);

        dropInto("studio", "again", "Again", face("Clara"));

        assertThat(station.awaitParked("again").path("asked_because").asText()).isEqualTo("revoked");
        assertThat(station.posted("Again")).isEmpty();
        people.approve("again", "Ada Lovelace");
        station.awaitDone("again");
        people.assertPosted("Again", true);
    }

    @Test
    void aStandingConsentDoesNotTakeThePlaceOfOneThatHasRunOut() throws Exception {
        Instant now = station.clock().instant();
        station.context().getRegistry().lookupByNameAndType(ConsentStore.BEAN, ConsentStore.class).record(new Attestation(
                "short", Attestation.Kind.GIVEN, "Dora Model", now, ConsentFlow.SEEDANCE.key(),
                Optional.of(Policy.hashOf(POLICY)), ConsentFlow.SEEDANCE.statements(),
                List.of(new AttestedMedium(Optional.of(sha256(face("Dora"))), "dora.png")), Optional.empty(),
                Optional.empty(), Attestation.Way.FILE, Optional.empty(), Optional.of(now.plusMillis(1))));
        dropInto("studio", "dora", "Dora", face("Dora"));
        String jobId = station.awaitParked("dora").path("job_id").asText();

        station.ledger().parkedJobs().reconsider();
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().find(jobId).orElseThrow(),
                job -> job.state() != JobState.PARKED
                        || job.leaseOwner().isEmpty() && job.dueAt().isAfter(station.clock().instant()));

        assertThat(station.awaitParked("dora").path("asked_because").asText()).isEqualTo("expired");
        assertThat(station.ledger().jobs().find(jobId).orElseThrow().state()).isEqualTo(JobState.PARKED);
        assertThat(station.posted("Dora")).isEmpty();
    }

    @Test
    void aPersonWhoTookAllBackStandsForNothingAnyMore() throws Exception {
        call("/api/revocations", Json.mapper().createObjectNode().put("revoke", "person").put("target", "ada lovelace")
                .put("by", "Ada Lovelace"), 200);

        dropInto("studio", "shot", "A shot", face("Clara"));

        station.awaitParked("shot");
        people.assertPosted("A shot", false);
    }

    @Test
    void answersAndConsentsComeByCallAsStrictlyReadAsInFiles() throws Exception {
        String jobId = station.awaitParked("first").path("job_id").asText();
        ObjectNode form = people.filled("first", "Ada Lovelace");

        assertThat(call("/api/jobs/" + jobId + "/answer", form.deepCopy().put("confirmed_legal_right", false), 400)
                .path("error").asText()).contains("confirmed_legal_right is false");
        assertThat(call("/api/jobs/unknown/answer", form, 400).path("error").asText()).contains("No job waits");
        ObjectNode statement = fill(Json.mapper().createObjectNode());
        statement.putArray("media").add(sha256(face("Berta")));
        assertThat(call("/api/consents", statement, 400).path("error").asText()).contains("policy_text is missing");
        assertThat(call("/api/consents", statement.put("policy_text", POLICY), 200).path("attestation").asText()).isNotEmpty();
        people.assertPosted("The first", false);

        call("/api/jobs/" + jobId + "/answer", form, 200);

        station.awaitDone("first");
        people.assertPosted("The first", false, true);
        people.drop("berta", "Berta", Map.of("image.png", face("Berta")));
        station.awaitDone("berta");
        people.assertPosted("Berta", true);
    }

    private JsonNode call(String path, ObjectNode body, int status) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(station.console(path))
                .timeout(Station.PATIENCE).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.mapper().readTree(answer.body());
    }

    private static ObjectNode fill(ObjectNode form) {
        form.put("by", "Ada Lovelace");
        ConsentFlow.SEEDANCE.statements().forEach(statement -> form.put(statement, true));
        return form;
    }

    private Path formBeside(String policy) throws IOException {
        Path policies = station.home().resolve("consents/policies");
        String name = "seedance-" + Policy.hashOf(policy).substring(0, 12);
        assertThat(policies.resolve(name + ".txt")).hasContent(policy);
        return policies.resolve(name + "-form.json");
    }

    private void drop(String name, byte[] json) throws IOException {
        Path file = Files.write(folder.resolve(name), json);
        Files.move(file, station.home().resolve("consents").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private String refusal(String name, ObjectNode json) throws IOException {
        drop(name + ".json", Json.pretty(json));
        Path error = station.home().resolve("consents/refused").resolve(name).resolve("error.txt");
        await().atMost(Station.PATIENCE).until(() -> Files.exists(error));
        return Files.readString(error);
    }

    private JsonNode put(String name, Map<String, byte[]> files, String where, String document) throws IOException {
        Path made = Files.createDirectory(folder.resolve("made-" + name));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(made.resolve(file.getKey()), file.getValue());
        }
        Files.move(made, station.home().resolve("consents").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Path result = station.home().resolve("consents").resolve(where).resolve(name).resolve(document);
        await().atMost(Station.PATIENCE).until(() -> Files.exists(result));
        return Json.mapper().readTree(Files.readAllBytes(result));
    }

    private void dropInto(String drop, String bundle, String prompt, byte[] picture) throws IOException {
        Path made = Files.createDirectory(folder.resolve("made-" + bundle));
        for (Map.Entry<String, byte[]> file : Map.of("image.png", picture, "prompt.txt", SampleMedia.utf8(prompt), ".ready",
                new byte[0]).entrySet()) {
            Files.write(made.resolve(file.getKey()), file.getValue());
        }
        Files.move(made, station.home().resolve(drop).resolve(bundle), StandardCopyOption.ATOMIC_MOVE);
    }
}
