package io.github.venicevideo.cli;

import io.github.venicevideo.ledger.consent.ConsentFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What followed {@code --consents}. */
record ConsentsOptions(Map<String, String> given) {

    static final String VERIFY = "--verify";
    static final String HEAD = "--head";

    private static final String EXPECT = "--expect-head";
    private static final String PERSON = "--person";
    private static final String MEDIUM = "--medium";
    private static final String JOB = "--job";
    private static final String JSON = "--json";
    private static final String CSV = "--csv";

    private static final Set<String> WITH_VALUE = Set.of(EXPECT, PERSON, MEDIUM, JOB);
    private static final Set<String> ALL = Set.of(VERIFY, HEAD, EXPECT, PERSON, MEDIUM, JOB, JSON, CSV);

    /** @throws UsageException when it cannot be understood */
    static ConsentsOptions of(List<String> operands) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < operands.size(); i++) {
            String option = operands.get(i);
            if (!ALL.contains(option)) {
                throw new UsageException("--consents does not know " + option);
            }
            boolean value = WITH_VALUE.contains(option);
            if (value && (i + 1 == operands.size() || operands.get(i + 1).isBlank())) {
                throw new UsageException(option + " needs a value");
            }
            if (given.put(option, value ? operands.get(++i) : "") != null) {
                throw new UsageException(option + " is given twice");
            }
        }
        Set<String> allowed = given.containsKey(VERIFY) ? Set.of(VERIFY, EXPECT, JSON)
                : given.containsKey(HEAD) ? Set.of(HEAD, JSON) : Set.of(PERSON, MEDIUM, JOB, JSON, CSV);
        given.keySet().stream().filter(option -> !allowed.contains(option)).sorted().findFirst().ifPresent(option -> {
            throw new UsageException(option + (option.equals(EXPECT) ? " goes with --verify"
                    : " does not go with the others"));
        });
        if (given.containsKey(JSON) && given.containsKey(CSV)) {
            throw new UsageException("--json or --csv, not both");
        }
        return new ConsentsOptions(Map.copyOf(given));
    }

    boolean does(String what) {
        return given.containsKey(what);
    }

    boolean json() {
        return does(JSON);
    }

    boolean csv() {
        return does(CSV);
    }

    Optional<String> expectedHead() {
        return Optional.ofNullable(given.get(EXPECT)).map(hash -> hash.strip().toLowerCase(Locale.ROOT));
    }

    /** @throws UsageException when the medium is no SHA-256 */
    ConsentFilter filter() {
        try {
            return new ConsentFilter(Optional.ofNullable(given.get(PERSON)), Optional.ofNullable(given.get(MEDIUM)),
                    Optional.ofNullable(given.get(JOB)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }
}
