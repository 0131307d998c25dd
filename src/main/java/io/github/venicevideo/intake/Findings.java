package io.github.venicevideo.intake;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what one reading finds, so that a person hears of all mistakes at once. Lives for one reading. */
final class Findings {

    /** Nobody mends more than this in one go, and a hostile bundle could hold millions. */
    private static final int MOST = 100;

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    void add(ProblemCode code, String file, String field, String value, String allowed, String hint) {
        if (problems.size() < MOST) {
            problems.add(Problem.of(code, file, field, value, allowed, hint));
        }
    }

    void warn(String sentence) {
        if (warnings.size() < MOST) {
            warnings.add(sentence);
        }
    }

    /** A warning that stays with the job. */
    void note(String sentence) {
        warn(sentence);
        notes.add(sentence);
    }

    /** For what makes further reading pointless: an exception with this problem and all before it. */
    InvalidBundleException fatal(ProblemCode code, String file, String field, String value, String allowed,
            String hint) {
        add(code, file, field, value, allowed, hint);
        return invalid();
    }

    void throwIfAny() throws InvalidBundleException {
        if (!problems.isEmpty()) {
            throw invalid();
        }
    }

    private InvalidBundleException invalid() {
        return new InvalidBundleException(new ArrayList<>(problems), warnings());
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
