package io.github.venicevideo.venice.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The procedures of consent that we know how to answer (contract, "Consent: 409"). */
public enum ConsentFlow {
    SEEDANCE("seedance", List.of("confirmed_terms_and_privacy", "confirmed_legal_right",
            "confirmed_screening_acknowledged"));

    private final String key;
    private final List<String> statements;

    ConsentFlow(String key, List<String> statements) {
        this.key = key;
        this.statements = statements;
    }

    /** The flow that the provider calls so. */
    public static Optional<ConsentFlow> of(String name) {
        for (ConsentFlow flow : values()) {
            if (flow.key.equals(name)) {
                return Optional.of(flow);
            }
        }
        return Optional.empty();
    }

    /** As the provider calls it. */
    public String key() {
        return key;
    }

    /** What a person has to confirm, statement by statement, as the provider calls them. */
    public List<String> statements() {
        return statements;
    }

    /**
     * The value of the request's field {@code consents}: exactly the statements that a person made.
     *
     * @param confirmed the statements on record
     * @return empty unless they are all that the flow asks for
     */
    public Optional<ObjectNode> consents(Collection<String> confirmed) {
        if (!Set.copyOf(confirmed).equals(Set.copyOf(statements))) {
            return Optional.empty();
        }
        ObjectNode consents = Json.mapper().createObjectNode();
        ObjectNode made = consents.putObject(key);
        statements.forEach(statement -> made.put(statement, confirmed.contains(statement)));
        return Optional.of(consents);
    }
}
