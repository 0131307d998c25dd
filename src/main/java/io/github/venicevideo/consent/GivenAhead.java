package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Takes consent that a person gives for media, whether a bundle waits for it or not. They must hold in hand the text that
 * they agree to, and it must be one that the provider has asked about: nobody can agree to what they have not read.
 */
final class GivenAhead {

    private static final int ID_LENGTH = 32;

    private final Ledger ledger;
    private final ConsentStore store;
    private final Clock clock;
    private final ConsentGiving giving;

    GivenAhead(Ledger ledger, ConsentStore store, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.store = store;
        this.clock = clock;
        this.giving = new ConsentGiving(ledger, store, clock, settings);
    }

    /**
     * Records a statement. The same one again, as after a crash, is recorded once.
     *
     * @param file what to call it in a message
     * @param text the policy text, where it came beside the statement and not in it
     * @param files digests of the files that came with it, by their names
     * @return the attestation
     * @throws IllegalArgumentException with a sentence that says which field, and what to do
     */
    Attestation take(JsonNode form, String file, Optional<String> text, Map<String, String> files, Attestation.Way way) {
        ConsentFlow flow = ConsentFlow.of(form.path("flow").asText(ConsentFlow.SEEDANCE.key()))
                .orElseThrow(() -> new IllegalArgumentException(file + ": flow is \"" + form.path("flow").asText()
                        + "\". Allowed: " + ConsentFlow.SEEDANCE.key() + "."));
        Policy policy = policy(form, file, flow, text);
        Confirmation said = giving.read(form, file, flow);
        List<AttestedMedium> media = media(form, file, files);
        String id = Policy.hashOf(String.join("\n", file, form.toString(), policy.hash(), media.toString()))
                .substring(0, ID_LENGTH);
        Attestation attestation = new Attestation(id, Attestation.Kind.GIVEN, said.by(), clock.instant(), policy.flow(),
                Optional.of(policy.hash()), said.confirmed(), media, Optional.empty(), Optional.empty(), way, said.note(),
                said.validUntil());
        store.record(attestation);
        if (store.inForce(List.of(id), clock.instant()).isEmpty()) {
            throw new IllegalArgumentException(file + ": exactly this was given before, and was taken back or has run out."
                    + " To give it anew, say in note what has changed.");
        }
        ledger.parkedJobs().reconsider();
        return attestation;
    }

    private Policy policy(JsonNode form, String file, ConsentFlow flow, Optional<String> beside) {
        String text = beside.orElse(form.path("policy_text").asText(""));
        if (text.isBlank()) {
            throw new IllegalArgumentException(file + ": policy_text is missing. Read the policy, and put the whole text that"
                    + " you agree to here, as ACTION.md of a parked bundle, or the folder consents/policies, has it.");
        }
        return ledger.consentPolicies().find(flow.key(), Policy.hashOf(text))
                .or(() -> ledger.consentPolicies().find(flow.key(), Policy.hashOf(text.stripTrailing())))
                .orElseThrow(() -> new IllegalArgumentException(file + ": policy_text is none that Venice has asked about"
                        + " here. Take it word for word from the folder consents/policies, or let a first bundle be parked,"
                        + " whose job.json has it as policy_text."));
    }

    private static List<AttestedMedium> media(JsonNode form, String file, Map<String, String> files) {
        List<AttestedMedium> media = new ArrayList<>();
        if (!form.has("media")) {
            files.forEach((name, hash) -> media.add(new AttestedMedium(Optional.of(hash), Names.cut(name))));
        }
        for (JsonNode medium : form.path("media")) {
            String said = medium.isTextual() ? medium.asText() : medium.path("sha256").asText("");
            String name = medium.path("name").asText(said);
            media.add(new AttestedMedium(Optional.of(hash(said, file, files)), Names.cut(name)));
        }
        if (media.isEmpty()) {
            throw new IllegalArgumentException(file + ": media is empty. List the SHA-256 of each medium, or lay the files"
                    + " beside it in a folder.");
        }
        return media;
    }

    /** A digest, or that of a file which came along. */
    static String hash(String said, String file, Map<String, String> files) {
        if (files.containsKey(said)) {
            return files.get(said);
        }
        String hash = said.toLowerCase(Locale.ROOT);
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(file + ": \"" + (said.length() <= 80 ? said : said.substring(0, 80))
                    + "\" is neither a SHA-256 in hex nor the name of a file that came with it"
                    + (files.isEmpty() ? "." : ": " + files.keySet() + "."));
        }
        return hash;
    }
}
