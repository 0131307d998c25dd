package io.github.venicevideo.intake.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Consent written into a manifest is a person's legal statement: it is passed on exactly as the API takes it, or
 * refused. Nothing is mended or filled in.
 */
final class Consents {

    private static final String FLOW = ConsentFlow.SEEDANCE.key();
    private static final List<String> FLAGS = ConsentFlow.SEEDANCE.statements();
    private static final String ALLOWED = "{\"" + FLOW + "\": {\"" + String.join("\": true, \"", FLAGS) + "\": true}}";

    private Consents() {
    }

    static void check(JsonNode consents, String file, Findings findings) {
        if (!isExact(consents)) {
            findings.add(ProblemCode.CONSENTS, file, "consents", "", ALLOWED,
                    "Only the person who is responsible for the media can say this; leave it out to be asked.");
        }
    }

    private static boolean isExact(JsonNode consents) {
        JsonNode flags = consents.path(FLOW);
        return consents.isObject() && consents.size() == 1 && flags.isObject()
                && names(flags).equals(Set.copyOf(FLAGS))
                && FLAGS.stream().allMatch(flag -> flags.get(flag).isBoolean() && flags.get(flag).booleanValue());
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
