package io.github.venicevideo.cli;

import java.util.List;

/**
 * The answer of {@code --validate}.
 *
 * @param apiUrl whose rules and prices they are
 * @param sandbox whether that is make-believe
 * @param offline whether nobody was asked
 * @param catalogue whether there was a catalogue of models to check against
 * @param each one for each bundle, in the order in which they were named
 */
record Validation(String apiUrl, boolean sandbox, boolean offline, boolean catalogue, List<Verdict> each) {

    /** What could not be checked says more than what is wrong: a script must not take the rest for all there is. */
    int exitStatus() {
        List<Integer> all = each.stream().map(verdict -> verdict.status().exitStatus()).toList();
        return all.contains(1) ? 1 : all.contains(3) ? 3 : 0;
    }
}
