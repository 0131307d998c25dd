package io.github.venicevideo;

import static io.github.venicevideo.SampleMedia.dataUrl;
import static io.github.venicevideo.SampleMedia.face;
import static io.github.venicevideo.SampleMedia.png;
import static io.github.venicevideo.SampleMedia.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.api.Revocation;
import io.github.venicevideo.ledger.consent.ConsentEntry;
import io.github.venicevideo.ledger.consent.ConsentUse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asked once, given by a person, and not asked again for the same bytes under the same text. */
@Order(1)
@Timeout(300)
class ConsentIsGivenTest {

    private static final String POLICY = "I may use this person's image.";

    @TempDir
    private Path folder;
    private Station station;
    private ConsentStation people;
    private ShiftedClock clock;

    @BeforeEach
    void start() throws Exception {
        clock = new ShiftedClock();
        DefaultCamelContext prepared = new DefaultCamelContext();
        prepared.getRegistry().bind("veniceClock", Clock.class, clock);
        station = Station.quick(folder).startImpatient(prepared);
        station.sandbox().policy("v9", POLICY);
        people = new ConsentStation(station);
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(station.ledger().consentUses().chain()).allMatch(ConsentEntry::isWhole);
        station.close();
    }

    @Test
    void aFilledInFormLetsTheSameRequestGoOutAgainWithExactlyThat() throws Exception {
        people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));
        String jobId = station.awaitParked("portrait").path("job_id").asText();

        ObjectNode form = people.filled("portrait", "Ada Lovelace").put("note", "Release 4711");
        people.answer("portrait", form);
        JsonNode job = station.awaitDone("portrait");

        people.assertPosted("A portrait", false, true);
        assertThat(without(station.posted("A portrait").get(1).json())).isEqualTo(station.posted("A portrait").get(0).json());
        assertThat(station.accepted(job).media("/image_url")).isEqualTo(face("Anna"));
        List<ConsentUse> uses = station.ledger().consentUses().of(jobId);
        assertThat(uses).hasSize(1);
        assertThat(uses.get(0).by()).contains("Ada Lovelace");
        assertThat(uses.get(0).policyHash()).contains(Policy.hashOf(POLICY));
        assertThat(uses.get(0).media().get(0).sha256()).contains(sha256(face("Anna")));
        Attestation given = attested(face("Anna")).orElseThrow();
        assertThat(given.by()).isEqualTo("Ada Lovelace");
        assertThat(given.note()).contains("Release 4711");
        assertThat(given.bundle()).contains("portrait");
        assertThat(given.way()).isEqualTo(Attestation.Way.FILE);
        assertThat(given.validUntil()).isEmpty();
        assertThat(station.ledger().jobs().history(jobId).toString()).doesNotContain("Ada");
    }

    @Test
    void theSamePictureWithAnotherPromptIsNeitherAskedAboutNorUploadedTwice() throws Exception {
        given("portrait", face("Anna"));

        people.drop("again", "Another prompt", Map.of("image.png", face("Anna")));
        String dataUrl = "{\"model\": \"seedance-2-0-reference-to-video\", \"prompt\": \"As data\","
                + " \"reference_image_urls\": [\"" + dataUrl("image/png", face("Anna")) + "\"]}";
        station.dropFile("data.json", dataUrl.getBytes(StandardCharsets.UTF_8));
        station.awaitDone("again");
        station.awaitDone("data");

        people.assertPosted("Another prompt", false);
        people.assertPosted("As data", false);
        assertThat(station.ledger().consentUses().ofMedia(List.of(sha256(face("Anna"))))).hasSize(3);
    }

    @Test
    void whatTheProviderDoesNotKnowYetGoesOutWithConsentAtOnce() throws Exception {
        given("portrait", face("Anna"));
        Attestation anna = attested(face("Anna")).orElseThrow();
        store().record(new Attestation("berta", anna.kind(), anna.by(), anna.at(), anna.flow(), anna.policyHash(),
                anna.confirmed(), List.of(new AttestedMedium(Optional.of(sha256(face("Berta"))), "berta.png")),
                Optional.empty(), Optional.empty(), anna.way(), Optional.empty(), Optional.empty()));

        people.drop("ahead", "Ahead", Map.of("image.png", face("Berta"), "end_image.png", face("Anna")));
        station.awaitDone("ahead");

        people.assertPosted("Ahead", true);
    }

    @Test
    void whenTheProviderForgetsItIsToldOnce() throws Exception {
        given("portrait", face("Anna"));
        station.sandbox().revokeConsent();

        people.drop("again", "Another prompt", Map.of("image.png", face("Anna")));
        station.awaitDone("again");

        people.assertPosted("Another prompt", false, true);
    }

    @Test
    void oneNewFaceBesideAKnownOneIsAskedAbout() throws Exception {
        given("portrait", face("Anna"));

        people.drop("two", "Two faces", Map.of("image.png", face("Anna"), "end_image.png", face("Berta")));
        JsonNode job = station.awaitParked("two");

        people.assertPosted("Two faces", false);
        assertThat(job.path("media")).hasSize(2);
        assertThat(job.path("face_media_roles")).hasSize(2);
        assertThat(station.text("parked/two/ACTION.md")).contains(sha256(face("Berta"))).contains("end_image.png");
    }

    @Test
    void aPictureWithoutAFaceBesideAKnownFaceIsNotConsentedToAheadButWhenAsked() throws Exception {
        given("portrait", face("Anna"));
        station.sandbox().revokeConsent();

        people.drop("beside", "Beside", Map.of("image.png", face("Anna"), "end_image.png", png("a tree")));
        station.awaitDone("beside");

        people.assertPosted("Beside", false, true);
    }

    @Test
    void anotherPolicyTextIsAskedAboutAndItsAnswerHolds() throws Exception {
        given("portrait", face("Anna"));
        station.sandbox().policy("v10", "Everything is different now.");

        people.drop("later", "Later", Map.of("image.png", face("Anna")));
        JsonNode job = station.awaitParked("later");

        assertThat(job.path("policy_text").asText()).isEqualTo("Everything is different now.");
        people.approve("later", "Ada Lovelace");
        station.awaitDone("later");
        people.drop("latest", "Latest", Map.of("image.png", face("Anna")));
        station.awaitDone("latest");
        people.assertPosted("Latest", false);
    }

    @Test
    void anAnswerToATextThatWasSeenLongAgoGoesOutOnlyWhenTheProviderStillAsksForThatText() throws Exception {
        people.drop("same", "Same", Map.of("image.png", face("Anna")));
        people.drop("other", "Other", Map.of("image.png", face("Berta")));
        station.awaitParked("same");
        station.awaitParked("other");
        clock.advance(Duration.ofDays(60));

        people.approve("same", "Ada Lovelace");
        station.awaitDone("same");
        people.assertPosted("Same", false, false, true);

        clock.advance(Duration.ofDays(60));
        station.sandbox().policy("v10", "Everything is different now.");
        people.approve("other", "Ada Lovelace");
        await().atMost(Station.PATIENCE).until(() -> station.awaitParked("other"),
                job -> job.path("policy_text").asText().equals("Everything is different now."));
        people.assertPosted("Other", false, false);
    }

    @Test
    void whatWasTakenBackIsAskedAboutThoughTheProviderRemembersIt() throws Exception {
        given("portrait", face("Anna"));
        store().revoke(new Revocation("r1", station.clock().instant(), "Anna", Revocation.Scope.MEDIUM, sha256(face("Anna")),
                Optional.empty()));

        people.drop("later", "Later", Map.of("image.png", face("Anna")));
        JsonNode job = station.awaitParked("later");

        assertThat(job.path("asked_because").asText()).isEqualTo("revoked");
        assertThat(job.path("policy_text").asText()).isEqualTo(POLICY);
        assertThat(station.posted("Later")).isEmpty();
        people.approve("later", "Ada Lovelace");
        station.awaitDone("later");
        people.assertPosted("Later", true);
    }

    @Test
    void whatHasRunOutIsAskedAbout() throws Exception {
        given("portrait", face("Anna"));
        Attestation lasting = attested(face("Anna")).orElseThrow();
        store().revoke(new Revocation("r1", station.clock().instant(), "Anna", Revocation.Scope.ATTESTATION, lasting.id(), Optional.empty()));
        store().record(new Attestation("short", lasting.kind(), lasting.by(), lasting.at(), lasting.flow(), lasting.policyHash(),
                lasting.confirmed(), lasting.media(), Optional.empty(), Optional.empty(), lasting.way(), Optional.empty(),
                Optional.of(lasting.at().plusMillis(1))));

        people.drop("later", "Later", Map.of("image.png", face("Anna")));

        assertThat(station.awaitParked("later").path("asked_because").asText()).isEqualTo("expired");
        assertThat(station.posted("Later")).isEmpty();
    }

    @Test
    void tenThatWaitForTheSameGoOnAfterOneAnswer() throws Exception {
        for (int i = 0; i < 10; i++) {
            people.drop("portrait" + i, "Portrait " + i, Map.of("image.png", face("Anna")));
        }
        people.drop("other", "Somebody else", Map.of("image.png", face("Berta")));
        for (int i = 0; i < 10; i++) {
            station.awaitParked("portrait" + i);
        }
        station.awaitParked("other");

        people.approve("portrait3", "Ada Lovelace");

        for (int i = 0; i < 10; i++) {
            station.awaitDone("portrait" + i);
            people.assertPosted("Portrait " + i, false, true);
        }
        station.awaitParked("other");
        assertThat(store().lookUp("seedance", Policy.hashOf(POLICY), Set.of(sha256(face("Berta"))),
                station.clock().instant()).attested()).isEmpty();
    }

    @Test
    void anApprovalOfAUrlServesThatJobAlone() throws Exception {
        String json = "{\"model\": \"seedance-2-0-reference-to-video\", \"prompt\": \"%s\","
                + " \"reference_image_urls\": [\"https://example.com/venice-sandbox-face.png?sig=secret\"]}";
        station.dropFile("one.json", json.formatted("One").getBytes(StandardCharsets.UTF_8));
        station.awaitParked("one");
        assertThat(station.text("parked/one/ACTION.md")).contains("example.com").doesNotContain("sig=secret");
        people.approve("one", "Ada Lovelace");
        station.awaitDone("one");

        station.dropFile("two.json", json.formatted("Two").getBytes(StandardCharsets.UTF_8));
        station.awaitParked("two");

        people.assertPosted("One", false, true);
        people.assertPosted("Two", false);
    }

    @Test
    void takesThatWaitForOneFaceAreOneQuestion() throws Exception {
        people.drop("portrait", "Three takes", Map.of("image.png", face("Anna"), "request.json",
                "{\"bundle\": {\"takes\": 3}}".getBytes(StandardCharsets.UTF_8)));
        List<String> waiting = awaitWaiting(3);
        assertThat(station.text("parked/" + waiting.get(1) + "/ACTION.md")).contains("The 3 takes of this bundle are one question");

        people.approve(waiting.get(1), "Ada Lovelace");

        awaitEnd();
        for (int take = 1; take <= 3; take++) {
            assertThat(station.video("portrait-take" + take)).isNotEmptyFile();
        }
        people.assertPosted("Three takes", false, false, false, true, true, true);
    }

    @Test
    void takesWithAUrlAreOneQuestionToo() throws Exception {
        String json = "{\"model\": \"seedance-2-0-reference-to-video\", \"prompt\": \"%s\", \"bundle\": {\"takes\": 2},"
                + " \"reference_image_urls\": [\"https://example.com/venice-sandbox-face.png\"]}";
        station.dropFile("sent.json", json.formatted("Sent").getBytes(StandardCharsets.UTF_8));
        people.approve(awaitWaiting(2).get(1), "Ada Lovelace");
        awaitEnd();
        people.assertPosted("Sent", false, false, true, true);

        station.dropFile("ended.json", json.formatted("Ended").getBytes(StandardCharsets.UTF_8));
        String bundle = awaitWaiting(2).get(0);
        people.answer(bundle, people.filled(bundle, "Ada Lovelace").put("answer", "reject"));
        awaitEnd();
        people.assertPosted("Ended", false, false);
        assertThat(station.home().resolve("parked")).isEmptyDirectory();
    }

    private void awaitEnd() {
        await().atMost(Station.PATIENCE).until(() -> station.ledger().jobs().all().stream()
                .allMatch(job -> job.filed() && job.state().isFinal()));
    }

    /** The folders of those that wait for an answer, once there are as many. */
    private List<String> awaitWaiting(int jobs) {
        return await().atMost(Station.PATIENCE).until(() -> {
            try (java.util.stream.Stream<Path> folders = java.nio.file.Files.list(station.home().resolve("parked"))) {
                return folders.filter(bundle -> java.nio.file.Files.exists(bundle.resolve("answer-form.json")))
                        .map(bundle -> bundle.getFileName().toString()).sorted().toList();
            }
        }, bundles -> bundles.size() == jobs);
    }

    @Test
    void aManifestsConsentServesItsOwnRequestAlone() throws Exception {
        String consents = "{\"consents\": {\"seedance\": {\"confirmed_terms_and_privacy\": true,"
                + " \"confirmed_legal_right\": true, \"confirmed_screening_acknowledged\": true}}}";
        station.dropReady("written", Map.of("prompt.txt", "Written", "image.png", face("Anna"), "request.json", consents));
        String jobId = station.awaitDone("written").path("job_id").asText();

        people.assertPosted("Written", true);
        assertThat(station.ledger().consentUses().of(jobId)).extracting(ConsentUse::by)
                .containsExactly(Optional.of(Attestation.UNNAMED));
        assertThat(attested(face("Anna"))).isEmpty();

        station.sandbox().revokeConsent();
        people.drop("unwritten", "Unwritten", Map.of("image.png", face("Anna")));
        station.awaitParked("unwritten");
        people.assertPosted("Unwritten", false);
    }

    @Test
    void rejectEndsIt() throws Exception {
        people.drop("portrait", "A portrait", Map.of("image.png", face("Anna")));
        station.awaitParked("portrait");

        people.answer("portrait", people.filled("portrait", "Ada Lovelace").put("answer", "reject"));

        assertThat(station.awaitFailed("portrait").path("reason").asText()).isEqualTo("rejected");
        people.assertNothingWasConsentedTo();
        assertThat(attested(face("Anna"))).isEmpty();
    }

    private void given(String bundle, byte[] picture) throws Exception {
        people.drop(bundle, "The first of " + bundle, Map.of("image.png", picture));
        station.awaitParked(bundle);
        people.approve(bundle, "Ada Lovelace");
        station.awaitDone(bundle);
    }

    private ConsentStore store() {
        return station.context().getRegistry().lookupByNameAndType(ConsentStore.BEAN, ConsentStore.class);
    }

    private Optional<Attestation> attested(byte[] picture) {
        return Optional.ofNullable(store().lookUp("seedance", Policy.hashOf(POLICY), Set.of(sha256(picture)),
                station.clock().instant()).attested().get(sha256(picture)));
    }

    private static JsonNode without(JsonNode request) {
        ObjectNode copy = request.deepCopy();
        copy.remove("consents");
        return copy;
    }
}
