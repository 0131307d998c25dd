package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What tests of consent do and look at, over and over. */
final class ConsentStation {

    private final Station station;

    ConsentStation(Station station) {
        this.station = station;
    }

    /** Drops a picture with a prompt, for a model that asks for consent. */
    void drop(String bundle, String prompt, Map<String, byte[]> media) throws IOException {
        Map<String, Object> files = new java.util.LinkedHashMap<>(media);
        files.put("prompt.txt", prompt);
        station.dropReady(bundle, files);
    }

    /** A parked bundle's form with everything that a person has to fill in. */
    ObjectNode filled(String bundle, String by) throws IOException {
        ObjectNode form = (ObjectNode) Json.mapper().readTree(station.text("parked/" + bundle + "/answer-form.json"));
        form.put("answer", "approve").put("by", by);
        ConsentFlow.SEEDANCE.statements().forEach(statement -> form.put(statement, true));
        return form;
    }

    /** A person fills the form in and renames it. */
    void approve(String bundle, String by) throws IOException {
        answer(bundle, filled(bundle, by));
    }

    void answer(String bundle, ObjectNode form) throws IOException {
        Path file = station.home().resolve("parked").resolve(bundle).resolve("answer.part");
        Files.write(file, Json.pretty(form));
        Files.move(file, file.resolveSibling("answer.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Hands an answer in that is not taken, and gives back why. */
    String refused(String bundle, ObjectNode form) throws IOException {
        Path folder = station.home().resolve("parked").resolve(bundle);
        Files.deleteIfExists(folder.resolve("answer-error.txt"));
        answer(bundle, form);
        await().atMost(Station.PATIENCE).until(() -> Files.exists(folder.resolve("answer-error.txt"))
                && Files.notExists(folder.resolve("answer.json")));
        return Files.readString(folder.resolve("answer-error.txt"));
    }

    String refused(String bundle, Consumer<ObjectNode> spoil) throws IOException {
        ObjectNode form = filled(bundle, "Ada Lovelace");
        spoil.accept(form);
        return refused(bundle, form);
    }

    /** The requests with this prompt: how many, and with which consents. */
    void assertPosted(String prompt, boolean... withConsents) {
        List<LoggedRequest> posts = station.posted(prompt);
        assertThat(posts).as("requests of " + prompt).hasSize(withConsents.length);
        for (int i = 0; i < withConsents.length; i++) {
            JsonNode consents = posts.get(i).json().path("consents");
            assertThat(consents.isMissingNode()).as("request %d of %s has no consents", i, prompt).isEqualTo(!withConsents[i]);
            if (withConsents[i]) {
                assertThat(consents.toString()).isEqualTo("{\"seedance\":{\"confirmed_terms_and_privacy\":true,"
                        + "\"confirmed_legal_right\":true,\"confirmed_screening_acknowledged\":true}}");
            }
        }
    }

    /** No request ever went out with consents, whatever it was about. */
    void assertNothingWasConsentedTo() {
        assertThat(station.sandbox().requests(Call.QUEUE)).isNotEmpty().allMatch(post -> !post.json().has("consents"));
    }
}
