package io.github.venicevideo.intake.problem;

import java.util.List;
import java.util.stream.Collectors;

/** A bundle that cannot be submitted, with everything that is wrong with it. Trying again changes nothing. */
public final class InvalidBundleException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient List<String> warnings;

    /**
     * @param problems at least one
     * @param warnings what looks odd besides
     */
    public InvalidBundleException(List<Problem> problems, List<String> warnings) {
        super(problems.stream().map(Problem::sentence).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.warnings = List.copyOf(warnings);
    }

    /** All problems found, in the order they were found. */
    public List<Problem> problems() {
        return problems;
    }

    /** What looks odd besides, as sentences. */
    public List<String> warnings() {
        return warnings;
    }
}
