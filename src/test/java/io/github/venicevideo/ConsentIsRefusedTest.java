package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.face;
import static io.github.venicevideo.SampleMedia.forbidden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is only nearly consent is none, and what nobody can consent to is not tried. */
@Order(1)
@Timeout(300)
class ConsentIsRefusedTest {

    private static final String NEEDS_CONSENT = "{\"error\": {\"code\": \"needs_consent\", \"message\": \"A face\"},"
            + " \"consent_flow\": \"%s\", \"face_media_roles\": [%s],"
            + " \"consent\": {\"consent_version\": \"v1\", \"policy_text\": \"%s\"}, \"docs_url\": \"https://example.org/how\"}";

    @TempDir
    private Path folder;
    private Station station;
    private ConsentStation people;

    @BeforeEach
    void start() throws Exception {
        station = Station.quick(folder).startImpatient();
        people = new ConsentStation(station);
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    @Test
    void aFormThatIsNotWhollyFilledInIsRefusedWithTheReasonAndTheBundleStaysParked() throws Exception {
        people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));
        station.awaitParked("portrait");

        assertThat(people.refused("portrait", form -> form.put("by", " "))).contains("by is empty");
        for (String nobody : List.of("your name", "<Your Name>", "N/A", "Someone", "-", "X", "manifest, unnamed",
                "\uff59\uff4f\uff55\uff52 \uff4e\uff41\uff4d\uff45", "your\u00a0name")) {
            assertThat(people.refused("portrait", form -> form.put("by", nobody))).contains("names nobody");
        }
        for (String unseen : List.of("\u3164\u3164", "\u115f\u1160", "yo\u200bur name", "Ada\u200b Lovelace", "\u2800\u2800Ada",
                "Ada \u202eecalevoL", "Ada\ufe0f Lovelace")) {
            assertThat(people.refused("portrait", form -> form.put("by", unseen))).contains("cannot be seen");
        }
        for (String statement : ConsentFlow.SEEDANCE.statements()) {
            assertThat(people.refused("portrait", form -> form.put(statement, false))).contains(statement + " is false");
            assertThat(people.refused("portrait", form -> form.put(statement, "true"))).contains(statement + " is \"true\"");
            assertThat(people.refused("portrait", form -> form.put(statement, 1))).contains(statement + " is 1");
            assertThat(people.refused("portrait", form -> form.remove(statement))).contains(statement + " is missing");
        }
        assertThat(people.refused("portrait", form -> form.put("confirmed_everything", true))).contains("confirmed_everything");
        assertThat(people.refused("portrait", form -> form.put("policy_hash", "0".repeat(64)))).contains("policy_hash is \"000");
        assertThat(people.refused("portrait", form -> form.remove("policy_hash"))).contains("policy_hash is \"\"");
        assertThat(people.refused("portrait", form -> form.putArray("media"))).contains("media are not those");
        assertThat(people.refused("portrait", form -> form.put("valid_until", "2001-01-01"))).contains("which is over");
        assertThat(people.refused("portrait", form -> form.put("valid_until", "soon"))).contains("Write a day");
        assertThat(people.refused("portrait", form -> form.put("note", "x".repeat(501)))).contains("at most 500");
        assertThat(people.refused("portrait", form -> form.put("answer", "yes"))).contains("Allowed: [approve, reject]");

        assertThat(station.awaitParked("portrait").path("state").asText()).isEqualTo("parked");
        assertThat(station.ledger().consentUses().chain()).isEmpty();
        people.assertPosted("A portrait", false);
    }

    @Test
    void whatSaysTwoThingsOrIsNoPlainFileOrTooLargeIsNoAnswer() throws Exception {
        people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));
        station.awaitParked("portrait");
        Path bundle = station.home().resolve("parked/portrait");
        String whole = people.filled("portrait", "Ada Lovelace").toString();
        Path elsewhere = Files.writeString(folder.resolve("elsewhere.json"), whole);
        Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        Path twice = Files.writeString(folder.resolve("twice"),
                whole.replaceFirst("[{]", "{\"confirmed_legal_right\": false,"));
        Path large = Files.writeString(folder.resolve("large"), whole + " ".repeat(1_000_000));

        assertThat(refused(bundle, twice)).contains("confirmed_legal_right");
        assertThat(refused(bundle, link)).contains("no plain file");
        assertThat(refused(bundle, large)).contains("1000000");

        assertThat(elsewhere).hasContent(whole);
        assertThat(station.ledger().consentUses().chain()).isEmpty();
        people.assertPosted("A portrait", false);
    }

    private static String refused(Path bundle, Path answer) throws IOException {
        Files.deleteIfExists(bundle.resolve("answer-error.txt"));
        Files.move(answer, bundle.resolve("answer.json"), StandardCopyOption.ATOMIC_MOVE);
        await().atMost(Station.PATIENCE).until(() -> Files.exists(bundle.resolve("answer-error.txt"))
                && !Files.exists(bundle.resolve("answer.json"), LinkOption.NOFOLLOW_LINKS));
        return Files.readString(bundle.resolve("answer-error.txt"));
    }

    @Test
    void theFormAsItLiesThereConsentsToNothing() throws Exception {
        people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));
        station.awaitParked("portrait");

        ObjectNode form = people.filled("portrait", "");
        JsonNode untouched = io.github.venicevideo.venice.Json.mapper()
                .readTree(station.text("parked/portrait/answer-form.json"));
        ConsentFlow.SEEDANCE.statements().forEach(statement ->
                assertThat(untouched.path(statement)).isEqualTo(form.booleanNode(false)));
        assertThat(people.refused("portrait", (ObjectNode) untouched)).contains("answer is \"\"");
    }

    @Test
    void aSecondQuestionAfterConsentParksAndNeverLoops() throws Exception {
        always("A portrait", 409, NEEDS_CONSENT.formatted("seedance", "\"image\"", "Agree!"));
        people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));
        station.awaitParked("portrait");

        people.approve("portrait", "Ada Lovelace");
        JsonNode job = awaitAskedAgain();

        people.assertPosted("A portrait", false, true);
        assertThat(station.text("parked/portrait/ACTION.md")).contains("asks for it all the same");
        people.approve("portrait", "Ada Lovelace");
        org.awaitility.Awaitility.await().atMost(Station.PATIENCE).until(() -> station.posted("A portrait").size() == 3);
        station.awaitParked("portrait");
        people.assertPosted("A portrait", false, true, true);
        assertThat(job.path("asked_because").asText()).isEqualTo("again");
    }

    @Test
    void aFlowThatNobodyHereKnowsIsParkedWithItsTextAndCanOnlyBeRejected() throws Exception {
        always("A portrait", 409, NEEDS_CONSENT.formatted("retina-scan", "\"image\"", "Look into the camera."));
        people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));

        JsonNode job = station.awaitParked("portrait");

        assertThat(job.path("reason").asText()).isEqualTo("consent-unknown");
        assertThat(job.path("policy_text").asText()).isEqualTo("Look into the camera.");
        assertThat(station.text("parked/portrait/ACTION.md")).contains("Look into the camera.").contains("retina-scan")
                .contains("https://example.org/how");
        assertThat(people.refused("portrait", form -> { })).contains("Allowed: [reject]");
        people.assertPosted("A portrait", false);
    }

    @Test
    void aQuestionWithoutATextCannotBeAgreedTo() throws Exception {
        always("A portrait", 409, NEEDS_CONSENT.formatted("seedance", "\"image\"", ""));
        people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));

        assertThat(station.awaitParked("portrait").path("reason").asText()).isEqualTo("consent-unknown");
    }

    @Test
    void aRoleThatNobodyHereKnowsIsAskedAboutThoughAllThatIsKnownIsAttested() throws Exception {
        people.drop("known", "Known", Map.of("image.png", face("Anna")));
        station.awaitParked("known");
        people.approve("known", "Ada Lovelace");
        station.awaitDone("known");
        String policy = station.ledger().consentPolicies().all().get(0).text();
        always("A portrait", 409, NEEDS_CONSENT.formatted("seedance", "\"hologram\"", policy));

        people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));

        assertThat(station.awaitParked("portrait").path("asked_because").asText()).isEqualTo("unclear");
        people.assertPosted("A portrait", false);
    }

    @Test
    void whatWasRefusedForGoodIsNotUploadedASecondTime() throws Exception {
        people.drop("first", "The first", Map.of("image.png", forbidden("Minor")));
        assertThat(station.awaitFailed("first").path("reason").asText()).isEqualTo("refused");

        people.drop("second", "The second", Map.of("image.png", forbidden("Minor")));

        assertThat(station.awaitFailed("second").path("reason").asText()).isEqualTo("refused-before");
        assertThat(station.text("failed/second/ERROR.txt")).contains("Use other media").doesNotContain("venice.consent.");
        assertThat(station.posted("The second")).isEmpty();

        station.stop();
        station.with("venice.consent.remember-refusals", "false").startImpatient();
        people.drop("third", "The third", Map.of("image.png", forbidden("Minor")));
        assertThat(station.awaitFailed("third").path("reason").asText()).isEqualTo("refused");
        people.assertPosted("The third", false);
    }

    private JsonNode awaitAskedAgain() {
        return org.awaitility.Awaitility.await().atMost(Station.PATIENCE).until(() -> station.awaitParked("portrait"),
                job -> job.path("asked_because").asText().equals("again"));
    }

    private void always(String prompt, int status, String body) {
        station.sandbox().faults().when(Call.QUEUE, request -> request.json().path("prompt").asText().equals(prompt),
                Fault.answer(status, "application/json", body));
    }
}
