package io.github.venicevideo.cli;

import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What would become of one bundle.
 *
 * @param path as it was written
 * @param status in a word
 * @param problems all that is wrong with it
 * @param warnings what was assumed, and what looks odd, as sentences
 * @param bundle what it asks for, where it can be read
 * @param deliverTo names of the destinations that its videos would go to
 * @param price of one job, in micro-dollars; empty when it was not asked for, or not told
 * @param message why it is not right, though nothing is wrong with the bundle itself
 */
record Verdict(String path, Status status, List<Problem> problems, List<String> warnings, Optional<Bundle> bundle,
        List<String> deliverTo, Optional<Long> price, Optional<String> message) {

    static Verdict valid(String path, Bundle bundle, List<String> warnings, List<String> deliverTo) {
        return new Verdict(path, Status.VALID, List.of(), warnings, Optional.of(bundle), deliverTo, Optional.empty(),
                Optional.empty());
    }

    static Verdict invalid(String path, List<Problem> problems, List<String> warnings) {
        return new Verdict(path, Status.INVALID, problems, warnings, Optional.empty(), List.of(), Optional.empty(),
                Optional.empty());
    }

    static Verdict unchecked(String path, String why) {
        return new Verdict(path, Status.UNCHECKED, List.of(), List.of(), Optional.empty(), List.of(), Optional.empty(),
                Optional.of(why));
    }

    Verdict priced(long microUsd) {
        return new Verdict(path, status, problems, warnings, bundle, deliverTo, Optional.of(microUsd), message);
    }

    Verdict overBudget(String why) {
        return with(Status.OVER_BUDGET, why);
    }

    /** The API would not even price it. */
    Verdict refused(String why) {
        return with(Status.INVALID, why);
    }

    Verdict unpriced(String why) {
        return with(Status.UNCHECKED, why);
    }

    private Verdict with(Status other, String why) {
        return new Verdict(path, other, problems, warnings, bundle, deliverTo, price, Optional.of(why));
    }

    /** In a word, with the exit status of a command that comes to nothing worse. */
    enum Status {
        VALID("valid", 0),
        OVER_BUDGET("over budget", 3),
        INVALID("not valid", 3),
        UNCHECKED("not checked", 1);

        private final String word;
        private final int exitStatus;

        Status(String word, int exitStatus) {
            this.word = word;
            this.exitStatus = exitStatus;
        }

        String word() {
            return word;
        }

        int exitStatus() {
            return exitStatus;
        }
    }
}
