package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One model of the catalogue, with what the sandbox knows beyond it.
 *
 * @param answersAs the model that the queue answers, and retrieve wants to be asked with
 * @param needs groups of fields; of each group, one must be there
 * @param takes fields beyond those that all models take
 * @param asksForConsent whether faces in its media need consent
 * @param references how many and how long its reference media may be
 * @param deprecation when it ends, where that is announced
 * @param strict whether it is one of today's world, where a request leaves nothing open
 */
record Model(String id, String answersAs, boolean isPrivate, Family family, Set<String> aspectRatios,
             Set<String> resolutions, Set<String> durations, boolean audioConfigurable, int promptLimit,
             long perSecondMicros, long medianMillis, List<Set<String>> needs, Set<String> takes,
             boolean asksForConsent, References references, Optional<Deprecation> deprecation, boolean strict) {

    /** Groups of models with rules of their own, which the catalogue does not tell. */
    enum Family { SEEDANCE, UPSCALE, OTHER }

    static Model of(JsonNode listed, JsonNode rules, SandboxOptions.World world) {
        JsonNode spec = listed.path("model_spec");
        JsonNode constraints = spec.path("constraints");
        String id = listed.path("id").asText();
        List<Set<String>> needs = new ArrayList<>();
        rules.path("needs").forEach(group -> needs.add(strings(group)));
        return new Model(id, rules.path("answers_as").asText(id), spec.path("privacy").asText().equals("private"),
                Family.valueOf(rules.path("family").asText().toUpperCase(Locale.ROOT)),
                strings(constraints.path("aspect_ratios")), strings(constraints.path("resolutions")),
                strings(constraints.path("durations")), constraints.path("audio_configurable").asBoolean(),
                constraints.path("prompt_character_limit").asInt(2500),
                Account.micros(spec.at("/pricing/per_second/usd").isNumber()
                        ? spec.at("/pricing/per_second/usd").decimalValue() : rules.path("usd_per_second").decimalValue()),
                rules.path("median_ms").asLong(), needs, strings(rules.path("takes")),
                rules.path("face_consent").asBoolean(), References.of(rules.path("references")), Deprecation.of(spec),
                world == SandboxOptions.World.TODAY);
    }

    /** Whether media that show persons are refused, whatever anybody agrees to. */
    boolean refusesPersons() {
        return strict && id.endsWith("-basic");
    }

    private static Set<String> strings(JsonNode list) {
        Set<String> strings = new HashSet<>();
        list.forEach(item -> strings.add(item.asText()));
        return Set.copyOf(strings);
    }
}
