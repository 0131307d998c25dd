package io.github.venicevideo.intake.problem;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what one reading finds, so that a person hears of all mistakes at once. Lives for one reading. */
public final class Findings {

    /** Nobody mends more than this in one go, and a hostile bundle could hold millions. */
    private static final int MOST = 100;

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    public void add(ProblemCode code, String file, String field, String value, String allowed, String hint) {
        if (problems.size() < MOST) {
            problems.add(Problem.of(code, file, field, value, allowed, hint));
        }
    }

    public void warn(String sentence) {
        if (warnings.size() < MOST) {
            warnings.add(sentence);
        }
    }

    /** A warning that stays with the job. */
    public void note(String sentence) {
        warn(sentence);
        notes.add(sentence);
    }

    /** For what makes further reading pointless: an exception with this problem and all before it. */
    public InvalidBundleException fatal(ProblemCode code, String file, String field, String value, String allowed,
            String hint) {
        add(code, file, field, value, allowed, hint);
        return invalid();
    }

    public void throwIfAny() throws InvalidBundleException {
        if (!problems.isEmpty()) {
            throw invalid();
        }
    }

    private InvalidBundleException invalid() {
        return new InvalidBundleException(new ArrayList<>(problems), warnings());
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
